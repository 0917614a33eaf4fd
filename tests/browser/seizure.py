"""What somebody finds who takes the server: every file it keeps, opened where it is compressed, and its memory."""

import base64
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

WINDOW = 1 << 24
MOST_INFLATED = 1 << 26
FIRST = 1 << 12


def spellings(marker: str) -> dict[str, bytes]:
    """Every way a marker could be lying around readable, by name."""
    utf8 = marker.encode()
    found = {"utf-8": utf8, "utf-16-le": marker.encode("utf-16-le"), "utf-16-be": marker.encode("utf-16-be")}
    found["json"] = "".join(f"\\u{ord(char):04x}" if ord(char) > 127 else char for char in marker).encode()
    found["percent"] = quote(marker, safe="").encode()
    found["hex"] = utf8.hex().encode()
    for shift in range(3):
        found[f"base64+{shift}"] = inner_base64(utf8, shift)
    return found


def inner_base64(data: bytes, shift: int) -> bytes:
    """The part of a base64 text that does not depend on what stands around, for one of three alignments."""
    encoded = base64.b64encode(b"\0" * shift + data)
    return encoded[-(-shift * 8 // 6) : (shift + len(data)) * 8 // 6]


def traces(data: bytes, markers: Sequence[str]) -> list[str]:
    """Which markers stand in these bytes, in which spelling; compressed streams inside are opened too."""
    layers = [("", data), *(("inflated ", inflated) for inflated in (*streams(data), *wrapped_streams(data)))]
    urlsafe = bytes.maketrans(b"-_", b"+/")
    found = []
    for prefix, layer in layers:
        plain = layer.translate(urlsafe)
        for marker in markers:
            found += [f"{marker} as {prefix}{name}" for name in spelt_in(marker, layer, plain)]
    return found


def spelt_in(marker: str, layer: bytes, plain: bytes) -> Iterator[str]:
    """The spellings of a marker in some bytes and in the same with one alphabet of base64; equal spellings count once."""
    once = {spelling: name for name, spelling in reversed(spellings(marker).items())}
    yield from (name for what, name in once.items() if what in (plain if name.startswith("base64") else layer))


def wrapped_streams(data: bytes) -> Iterator[bytes]:
    """Every zlib or gzip stream that somebody wrote as base64, as signed cookies and sessions are."""
    for found in re.finditer(rb"(?:eJ|eN|eA|eF|H4sI)[A-Za-z0-9+/_-]{22,}", data):
        text = found[0].translate(bytes.maketrans(b"-_", b"+/"))
        yield from streams(base64.b64decode(text[: len(text) // 4 * 4]))


def streams(data: bytes) -> Iterator[bytes]:
    """Every zlib or gzip stream that begins somewhere in these bytes; most that look like one end within a few bytes."""
    view = memoryview(data)
    for found in re.finditer(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]", data):
        window = 31 if found[0][0] == 0x1F else 15
        try:
            if len(zlib.decompressobj(window).decompress(view[found.start() : found.start() + FIRST], FIRST)) > 8:
                yield zlib.decompressobj(window).decompress(view[found.start() : found.start() + WINDOW], MOST_INFLATED)
        except zlib.error:
            continue


def files_under(*folders: Path) -> Iterator[Path]:
    """Every readable file."""
    for folder in folders:
        yield from (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def memory_of(*pids: int) -> Iterator[bytes]:
    """The memory of processes, region by region, as core dumps would hold it; what they share is read once."""
    shared: set[str] = set()
    for pid in pids:
        for span, access, name in maps_of(pid):
            if access.endswith("s"):
                if name in shared:
                    continue
                shared.add(name)
            with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
                yield from region(memory, *(int(part, 16) for part in span.split("-")))


def maps_of(pid: int) -> Iterator[tuple[str, str, str]]:
    """Span, access and identity of every region that a process can write."""
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        span, access, offset, device, inode, *_ = line.split()
        if access.startswith("rw") and "[vvar" not in line:
            yield span, access, f"{device}:{inode}:{offset}"


def region(memory: io.FileIO, start: int, end: int) -> Iterator[bytes]:
    """One region in pieces that overlap, so that nothing hides on a border."""
    place = start
    while place < end:
        try:
            memory.seek(place)
            yield memory.read(min(WINDOW + 4096, end - place))
        except (OSError, ValueError, OverflowError):
            return
        place += WINDOW
