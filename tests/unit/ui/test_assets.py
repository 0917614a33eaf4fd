"""Addresses of built files."""

import json
import os
from pathlib import Path

import pytest
from django.conf import settings

from balaqorgau.ui import assets


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty build folder."""
    monkeypatch.setattr(settings, "BUILD", tmp_path)
    return tmp_path


def write(build: Path, names: dict[str, str], *, at: int) -> None:
    """A manifest of a moment."""
    (build / "manifest.json").write_text(json.dumps(names))
    os.utime(build / "manifest.json", (at, at))


def test_a_logical_name_becomes_the_hashed_address(build: Path) -> None:
    write(build, {"a.js": "a.HASH.js"}, at=1)
    assert assets.url("a.js") == "/static/a.HASH.js"


def test_a_new_build_is_seen_at_once(build: Path) -> None:
    for at, name in enumerate(("a.OLD.js", "a.NEW.js"), 1):
        write(build, {"a.js": name}, at=at)
        assert assets.path("a.js") == name


def test_what_is_not_built_says_what_to_do(build: Path) -> None:
    with pytest.raises(assets.AssetMissing, match=r"a\.js is not built. Run: \./dev run"):
        assets.url("a.js")
