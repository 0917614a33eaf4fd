"""The address of a built asset by its logical name, as the build's manifest knows it."""

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings


class AssetMissing(LookupError):
    """A name the build did not make; the message says what to do."""


def url(name: str) -> str:
    """`console/desk.js` → `/static/console/desk.HASH.js`; raises AssetMissing."""
    return f"/static/{path(name)}"


def path(name: str) -> str:
    """The built file's path inside the build folder; raises AssetMissing."""
    known = _manifest()
    if name not in known:
        raise AssetMissing(f"{name} is not built. Run: ./dev run (or: npm run build)")
    return known[name]


def _manifest() -> dict[str, str]:
    """The manifest as it is on disk now: read again only when the file changed."""
    file = Path(settings.BUILD) / "manifest.json"
    try:
        changed = file.stat().st_mtime_ns
    except FileNotFoundError:
        return {}
    return _read(file, changed)


@lru_cache(maxsize=2)
def _read(file: Path, _changed: int) -> dict[str, str]:
    manifest: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return manifest
