"""An archive gives back what was put into it, or says what is wrong with it."""

import io
import json
import tarfile
import tracemalloc
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from balaqorgau.operations import archive
from balaqorgau.operations.archive import About, BadBackup
from balaqorgau.operations.seal import Sealer
from balaqorgau.sealed import age

SEED = bytes(range(32))
RECIPIENT = age.recipient(SEED)
ABOUT = About("0.1.0", "sqlite", "id", 1_700_000_000)
NAME = "files/ab/" + "ab" * 16


def made(contents: dict[str, bytes], about: About = ABOUT) -> bytes:
    """A backup of these files."""
    out = io.BytesIO()
    with archive.writing(out, recipient=RECIPIENT, about=about) as into:
        for name, data in contents.items():
            into.add_bytes(name, data)
    return out.getvalue()


def forged(entries: list[tuple[tarfile.TarInfo, bytes]]) -> bytes:
    """Any tar, sealed: what somebody could make who knows the recipient."""
    out = io.BytesIO()
    sealer = Sealer(out, [RECIPIENT])
    with tarfile.open(mode="w|", fileobj=sealer) as tar:
        for entry, data in entries:
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    sealer.finish()
    return out.getvalue()


def entry(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    """A tar entry."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


def unpacked(data: bytes, folder: Path) -> About:
    """Unpack into a new folder."""
    folder.mkdir()
    return archive.unpack(io.BytesIO(data), seed=SEED, into=folder)


def test_everything_comes_back(tmp_path: Path) -> None:
    about = unpacked(made({"database.sqlite3": b"rows", NAME: b"sealed"}), tmp_path / "x")
    assert about == ABOUT
    assert {
        p.relative_to(tmp_path / "x").as_posix(): p.read_bytes() for p in (tmp_path / "x").rglob("*") if p.is_file()
    } == {
        "database.sqlite3": b"rows",
        NAME: b"sealed",
    }


def test_only_the_owner_can_read_what_comes_back(tmp_path: Path) -> None:
    unpacked(made({"database.sqlite3": b"rows", NAME: b"sealed"}), tmp_path / "x")
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "x").rglob("*") if path.is_file()} == {0}


@pytest.mark.parametrize(
    "name", ["../evil", "/etc/passwd", "files/../../evil", "files/ab/..", "files/AB/abcdefgh", "other"]
)
def test_a_name_that_has_no_place_is_neither_written_nor_read(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no place"):
        made({name: b"x"})
    with pytest.raises(BadBackup, match="no place"):
        unpacked(forged([(entry(name), b"x")]), tmp_path / "x")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE])
def test_nothing_but_files_is_taken(kind: bytes, tmp_path: Path) -> None:
    with pytest.raises(BadBackup, match="no place"):
        unpacked(forged([(entry(NAME, kind, "/etc/passwd"), b"")]), tmp_path / "x")


def test_the_same_name_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadBackup, match="no place"):
        unpacked(forged([(entry(NAME), b"1"), (entry(NAME), b"2")]), tmp_path / "x")


LISTED = {"about.json": ABOUT.as_json(), "database.sqlite3": b"rows"}


def with_list(listed: Callable[[dict[str, str]], dict[str, str]]) -> bytes:
    """A backup whose list somebody changed."""
    right = {name: sha256(data).hexdigest() for name, data in LISTED.items()}
    files = {**LISTED, "list.json": json.dumps(listed(right)).encode()}
    return forged([(entry(name), data) for name, data in files.items()])


@pytest.mark.parametrize(
    "change",
    [
        lambda right: right | {"database.sqlite3": "0" * 64},
        lambda right: right | {NAME: "0" * 64},
        lambda right: {"about.json": right["about.json"]},
    ],
    ids=["another sum", "a file missing", "a file too many"],
)
def test_what_differs_from_the_list_is_named(
    change: Callable[[dict[str, str]], dict[str, str]], tmp_path: Path
) -> None:
    unpacked(with_list(lambda right: right), tmp_path / "right")
    with pytest.raises(BadBackup, match=r"1 files of the backup are not what its list says"):
        unpacked(with_list(change), tmp_path / "x")


def test_an_archive_without_a_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadBackup, match="no list"):
        unpacked(forged([(entry(name), data) for name, data in LISTED.items()]), tmp_path / "x")


def test_another_format_is_refused(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive, "FORMAT", 2)
        data = made({"database.sqlite3": b""})
    with pytest.raises(BadBackup, match="another version"):
        unpacked(data, tmp_path / "x")


def test_a_backup_without_its_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadBackup, match="no database"):
        unpacked(made({"database.pgdump": b"of another kind"}), tmp_path / "x")


def test_an_age_file_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadBackup, match="no archive inside"):
        unpacked(age.encrypt(b"a letter " * 200, [RECIPIENT]), tmp_path / "x")


def test_memory_does_not_grow_with_the_backup(tmp_path: Path) -> None:
    big = tmp_path / "big"
    with big.open("wb") as out:
        out.truncate(64 * 1024 * 1024)
    tracemalloc.start()
    try:
        with (tmp_path / "backup").open("wb") as out, archive.writing(out, recipient=RECIPIENT, about=ABOUT) as into:
            into.add_file("database.sqlite3", big)
        (tmp_path / "x").mkdir()
        with (tmp_path / "backup").open("rb") as source:
            archive.unpack(source, seed=SEED, into=tmp_path / "x")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 16 * 1024 * 1024
    assert (tmp_path / "x/database.sqlite3").stat().st_size == 64 * 1024 * 1024


@pytest.mark.parametrize("spoil", [lambda data: data[:-1] + bytes([data[-1] ^ 1]), lambda data: data[:-1]])
def test_damage_behind_the_end_of_the_archive_is_found(
    spoil: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tar file goes on with empty blocks after its end, which may be a sealed chunk of its own."""
    monkeypatch.setattr(tarfile, "RECORDSIZE", 300 * 1024)
    whole = made({"database.sqlite3": b"rows", NAME: b"sealed"})
    assert len(whole) > 300 * 1024
    assert unpacked(whole, tmp_path / "whole") == ABOUT
    with pytest.raises(age.AgeError):
        unpacked(spoil(whole), tmp_path / "spoilt")
