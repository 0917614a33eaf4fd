"""What an installation says about itself: read once, from the environment or one settings file, and explained when wrong."""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from balaqorgau import mailserver
from balaqorgau.kernel.ids import unb64
from balaqorgau.kernel.mail import MailServer

SETTINGS_FILE = "BALAQORGAU_SETTINGS"
PACKAGE = Path(__file__).resolve().parent
BUILT_IN_PACKS = (PACKAGE / "packs", PACKAGE.parent.parent / "packs")
SECRET_LENGTH = 43
DATABASES = ("sqlite", "postgres", "postgresql")
STORAGES = ("file", "s3")
URL_FORMS = {
    "DATABASE_URL": "postgresql://user:password@host/name",
    "STORAGE_URL": "s3://KEY:SECRET@host/bucket or file:///folder",
}
NOT_IN_HOSTS = frozenset("/ \t@?#\\")


class ConfigError(Exception):
    """The installation cannot start; `problems` says why, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Config:
    """A checked configuration. Secrets are bytes or text; paths are absolute."""

    host: str
    secret_key: str
    deployment: bytes
    promise_key: bytes
    var: Path
    pack: Path
    database_url: str
    storage_url: str
    mail: MailServer | None
    example: bool
    secure: bool

    @property
    def origin(self) -> str:
        """Where people reach it: scheme and host."""
        return f"{'https' if self.secure else 'http'}://{self.host}"


def read_file(path: Path) -> dict[str, str]:
    """KEY=value lines, as systemd's EnvironmentFile reads them; `#` begins a comment line. Raises ConfigError."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ConfigError([f"The settings file {path} is not UTF-8 text."]) from None
    lines = (line.strip() for line in text.splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {key.strip(): value.strip().strip('"') for key, _, value in pairs}


def file_problems(path: Path) -> list[str]:
    """Why this settings file may not be used."""
    if not path.is_file():
        return [f"The settings file {path} does not exist. Make one with: balaqorgau init"]
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return [f"Others can read {path}. Run: chmod 600 {path}"]
    return []


def values(environ: Mapping[str, str]) -> dict[str, str]:
    """The settings file's values with the environment's on top; raises ConfigError."""
    named = environ.get(SETTINGS_FILE)
    if not named:
        return dict(environ)
    problems = file_problems(Path(named))
    if problems:
        raise ConfigError(problems)
    return {**read_file(Path(named)), **environ}


def find_pack(name: str) -> Path:
    """A pack by folder, or by the name of one that comes with the program."""
    candidates = [Path(name), *(root / name for root in BUILT_IN_PACKS)]
    return next((path.resolve() for path in candidates if (path / "pack.yaml").is_file()), Path(name))


def load(environ: Mapping[str, str]) -> Config:
    """The configuration in these values; raises ConfigError with every problem found."""
    found = values(environ)
    problems = explain(found)
    if problems:
        raise ConfigError(problems)
    var = Path(found["BALAQORGAU_VAR"]).resolve()
    return Config(
        host=found["BALAQORGAU_HOST"],
        secret_key=found["BALAQORGAU_SECRET_KEY"],
        deployment=unb64(found["BALAQORGAU_DEPLOYMENT"]),
        promise_key=unb64(found["BALAQORGAU_PROMISE_KEY"]),
        var=var,
        pack=find_pack(found.get("BALAQORGAU_PACK", "kz")),
        database_url=found.get("DATABASE_URL") or f"sqlite:///{var / 'balaqorgau.sqlite3'}",
        storage_url=found.get("STORAGE_URL") or f"file://{var / 'files'}",
        mail=mailserver.read(found),
        example=found.get("BALAQORGAU_EXAMPLE") == "1",
        secure=found.get("BALAQORGAU_HTTPS", "1") == "1",
    )


def explain(found: Mapping[str, str]) -> list[str]:
    """Every problem of these values, in sentences that say what to do."""
    return [
        *missing(found),
        *weak_secrets(found),
        *bad_urls(found),
        *mailserver.problems(found),
        *bad_pack(found),
        *bad_host(found),
        *bad_switches(found),
    ]


REQUIRED = {
    "BALAQORGAU_HOST": "the address people reach, for example balaqorgau.example",
    "BALAQORGAU_SECRET_KEY": "a random text of 43 characters or more",
    "BALAQORGAU_DEPLOYMENT": "the permanent id of this installation, 16 bytes as base64url",
    "BALAQORGAU_PROMISE_KEY": "the seed of the key that signs promises, 32 bytes as base64url",
    "BALAQORGAU_VAR": "the folder for everything that is kept",
}


def bad_switches(found: Mapping[str, str]) -> list[str]:
    """Switches that are neither on nor off: guessing what was meant could leave people unprotected."""
    switches = ("BALAQORGAU_HTTPS", "BALAQORGAU_EXAMPLE")
    return [f"{key} must be 0 or 1." for key in switches if found.get(key, "0") not in ("0", "1")]


def missing(found: Mapping[str, str]) -> list[str]:
    """Settings that are not there."""
    return [
        f"{key} is missing: {what}. `balaqorgau init` writes it."
        for key, what in REQUIRED.items()
        if not found.get(key)
    ]


def weak_secrets(found: Mapping[str, str]) -> list[str]:
    """Secrets that are too short, too regular or not what they should be."""
    problems = []
    secret = found.get("BALAQORGAU_SECRET_KEY", "")
    if secret and (len(secret) < SECRET_LENGTH or len(set(secret)) < 16):
        problems.append("BALAQORGAU_SECRET_KEY is too easy to guess: let `balaqorgau init` make one.")
    for key, length in (("BALAQORGAU_DEPLOYMENT", 16), ("BALAQORGAU_PROMISE_KEY", 32)):
        if found.get(key) and not is_bytes(found[key], length):
            problems.append(f"{key} must be {length} random bytes as base64url: let `balaqorgau init` make it.")
    return problems


def is_bytes(text: str, length: int) -> bool:
    """Whether a text is base64url for that many bytes which are not one byte repeated."""
    try:
        data = unb64(text)
    except ValueError:
        return False
    return len(data) == length and len(set(data)) > length // 4


def bad_urls(found: Mapping[str, str]) -> list[str]:
    """Addresses of a database or a storage that nothing here can use; they are not repeated, for they hold passwords."""
    problems = [bad_url(key, found[key]) for key in URL_FORMS if found.get(key)]
    return [problem for problem in problems if problem]


def bad_url(key: str, url: str) -> str:
    """What is wrong with one of them; nothing when it can be used."""
    allowed = DATABASES if key == "DATABASE_URL" else STORAGES
    parts = split(url)
    if parts is None:
        return f"{key} cannot be read: write it as {URL_FORMS[key]}."
    if parts.scheme not in allowed:
        return f"{key} begins with {parts.scheme or 'nothing'}://, but must begin with one of: {', '.join(allowed)}."
    lacks = storage_lacks(parts) if key == "STORAGE_URL" else ""
    return f"{key} lacks {lacks}: write it as {URL_FORMS[key]}." if lacks else ""


def split(url: str) -> SplitResult | None:
    """The parts of an address; None for what is none."""
    try:
        parts = urlsplit(url)
        return parts if parts.port != 0 else None
    except ValueError:
        return None


def storage_lacks(parts: SplitResult) -> str:
    """What the address of a storage does not say; keys may come from the machine's own role, but never half of them."""
    if parts.scheme == "file":
        return "" if parts.path and not parts.netloc else "an absolute folder"
    if not parts.hostname:
        return "the host"
    if bool(parts.username) != bool(parts.password):
        return "the key and its secret"
    return "" if parts.path.strip("/") else "the bucket"


def bad_pack(found: Mapping[str, str]) -> list[str]:
    """A country pack that is not there."""
    name = found.get("BALAQORGAU_PACK", "kz")
    return (
        []
        if (find_pack(name) / "pack.yaml").is_file()
        else [f"BALAQORGAU_PACK names {name}, but there is no pack.yaml."]
    )


def bad_host(found: Mapping[str, str]) -> list[str]:
    """A host that is no host."""
    host = found.get("BALAQORGAU_HOST", "")
    parts = split(f"//{host}")
    if host and (parts is None or not parts.hostname or set(host) & NOT_IN_HOSTS):
        return [f"BALAQORGAU_HOST is {host}, but must be a bare host name, without https:// and without a path."]
    return []


def from_environment() -> Config:
    """The configuration of this process."""
    return load(os.environ)
