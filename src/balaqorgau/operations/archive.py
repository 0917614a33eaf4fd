"""What a backup holds and how it is laid out: a tar with every file's SHA-256 listed at its end."""

import io
import json
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, cast

from balaqorgau.operations.seal import Opener, Sealer

FORMAT: Final = 1
ABOUT: Final = "about.json"
LIST: Final = "list.json"
SETTINGS: Final = "settings.env"
DATABASES: Final = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
FILES: Final = "files/"
NAME: Final = re.compile(
    r"about\.json|list\.json|settings\.env|database\.(?:sqlite3|pgdump)|files/[0-9a-f]{2}/[0-9A-Za-z_]{8,80}"
)
PIECE: Final = 1024 * 1024
SMALL: Final = 64 * 1024 * 1024
"""The most that a list may take; it is read as a whole."""


class BadBackup(Exception):
    """Not a whole backup of ours; the sentence says what is wrong with it."""


@dataclass(frozen=True)
class About:
    """What a backup is of: which program made it when (unix seconds), of which installation and which database."""

    program: str
    database: str
    deployment: str
    made: int

    def as_json(self) -> bytes:
        """As the archive writes it."""
        return json.dumps({"format": FORMAT, **self.__dict__}, sort_keys=True).encode()


@dataclass
class Archive:
    """A backup being written."""

    tar: tarfile.TarFile
    listed: dict[str, str] = field(default_factory=dict)

    def add_bytes(self, name: str, data: bytes) -> None:
        """Put something small into it."""
        self.add(name, io.BytesIO(data), len(data))

    def add_file(self, name: str, path: Path) -> None:
        """Put a file of the disk into it, a piece at a time."""
        with path.open("rb") as source:
            self.add(name, source, path.stat().st_size)

    def add(self, name: str, source: IO[bytes], length: int) -> None:
        """Put `length` bytes into it and remember what they were."""
        if not NAME.fullmatch(name):
            raise ValueError(f"{name} has no place in a backup")
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = length, 0o600
        reading = Reading(source)
        self.tar.addfile(entry, cast(IO[bytes], reading))
        cast(Any, self.tar).members.clear()
        self.listed[name] = reading.digest.hexdigest()


class Reading:
    """A source that is hashed while it is read."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.digest = source, sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self.source.read(size)
        self.digest.update(data)
        return data


@contextmanager
def writing(out: BinaryIO, *, recipient: bytes, about: About) -> Iterator[Archive]:
    """A backup for one recipient, streamed into `out`; when the block fails it stays cut and cannot be restored."""
    sealer = Sealer(out, [recipient])
    with tarfile.open(mode="w|", fileobj=cast(IO[bytes], sealer), format=tarfile.PAX_FORMAT, bufsize=PIECE) as tar:
        archive = Archive(tar)
        archive.add_bytes(ABOUT, about.as_json())
        yield archive
        archive.add_bytes(LIST, json.dumps(archive.listed, sort_keys=True).encode())
    sealer.finish()


def unpack(source: BinaryIO, *, seed: bytes, into: Path) -> About:
    """Write everything a backup holds into an empty folder and check it; BadBackup, or an AgeError of the seal.

    When it returns, every file is there, listed, and as it was when the backup was made.
    """
    found: dict[str, str] = {}
    opened = Opener(source, seed)
    try:
        with tarfile.open(mode="r|", fileobj=cast(IO[bytes], opened), bufsize=PIECE) as tar:
            while entry := tar.next():
                found[entry.name] = write(tar, entry, into)
                cast(Any, tar).members.clear()
        while opened.read(PIECE):
            pass  # An archive ends before its file does: damage and a cut behind its end are found too.
    except tarfile.TarError as error:
        raise BadBackup("This is no backup of ours: there is no archive inside.") from error
    check_list(found, into)
    return about_of(into)


def write(tar: tarfile.TarFile, entry: tarfile.TarInfo, into: Path) -> str:
    """Write one file, mode 600; the SHA-256 of what was written. A name that is none of ours is refused."""
    content = tar.extractfile(entry) if entry.isreg() and NAME.fullmatch(entry.name) else None
    path = into / entry.name
    if content is None or path.exists():
        raise BadBackup(f"The backup holds {entry.name!r}, which has no place in it.")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = sha256()
    with path.open("xb") as out:
        path.chmod(0o600)
        while piece := content.read(PIECE):
            digest.update(piece)
            out.write(piece)
    return digest.hexdigest()


def check_list(found: dict[str, str], into: Path) -> None:
    """Compare what was found with the list at the archive's end, which is removed then."""
    path = into / LIST
    if found.pop(LIST, None) is None or path.stat().st_size > SMALL:
        raise BadBackup("The backup has no list of its files.")
    listed = json.loads(path.read_bytes())
    path.unlink()
    wrong = sorted(name for name in {*listed, *found} if listed.get(name) != found.get(name))
    if wrong:
        raise BadBackup(f"{len(wrong)} files of the backup are not what its list says, for example {wrong[0]}.")


def about_of(into: Path) -> About:
    """What the unpacked backup is of; BadBackup when a newer program made it or its database is not there."""
    path = into / ABOUT
    values: dict[str, Any] = json.loads(path.read_bytes()) if path.is_file() else {}
    if values.pop("format", None) != FORMAT:
        raise BadBackup("The backup was made by another version of this program, which is needed to restore it.")
    path.unlink()
    about = About(**values)
    if not (into / DATABASES.get(about.database, "?")).is_file():
        raise BadBackup("The backup holds no database.")
    return about
