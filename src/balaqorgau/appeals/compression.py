"""Compressed forms of published files. Those of the directory files have one length, because theirs would tell the region."""

import gzip
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import brotli

COMPRESSED: Final = {".html", ".json", ".txt", ".svg"}
GZIP_LEVEL: Final = 9
QUALITY: Final = 11
# RFC 7932, 9.2: an empty block of metadata fills a byte of a stream, an empty last block ends it.
FILLER: Final = b"\x06"
END: Final = b"\x03"


def compressed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The compressed siblings of all files that have some, by name."""
    directories = {name: data for name, data in files.items() if is_directory(data)}
    alone = {name: data for name, data in files.items() if name not in directories and Path(name).suffix in COMPRESSED}
    found = dict(pair for name, data in alone.items() for pair in siblings(name, data))
    return {**found, **{f"{name}.br": data for name, data in of_one_length(directories).items()}}


def is_directory(data: bytes) -> bool:
    """Whether a file is one of those that are padded."""
    return b'"pad":"' in data[-200_000:]


def siblings(name: str, data: bytes) -> Sequence[tuple[str, bytes]]:
    """Both compressed forms of a file."""
    return [
        (f"{name}.br", brotli.compress(data, quality=QUALITY)),
        (f"{name}.gz", gzip.compress(data, GZIP_LEVEL, mtime=0)),
    ]


def of_one_length(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Brotli of every file, filled up to the longest of them."""
    streams = {name: unended(data) for name, data in files.items()}
    longest = max(map(len, streams.values()), default=0)
    return {name: stream.ljust(longest, FILLER) + END for name, stream in streams.items()}


def unended(data: bytes) -> bytes:
    """A brotli stream that stops between two bytes and has no end yet."""
    compressor = brotli.Compressor(quality=QUALITY)
    stream: bytes = compressor.process(data) + compressor.flush()
    return stream
