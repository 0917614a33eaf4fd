"""The QR symbol as one vector path (ISO/IEC 18004)."""

import re
from collections.abc import Iterator
from functools import partial

import segno

QUIET = 4
MASK = 2  # Trying all eight masks would take most of the time and gain nothing that a camera notices.
make = partial(segno.make, error="q", boost_error=True, mask=MASK, micro=False)


def symbol(url: str) -> str:
    """An SVG of a URL's symbol, error correction Q or better, its quiet zone of four modules included."""
    matrix = make(url).matrix
    side = len(matrix) + 2 * QUIET
    path = "".join(bar for y, row in enumerate(matrix, QUIET) for bar in bars(bytes(row), y))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{path}"/></svg>'


def bars(row: bytes, y: int) -> Iterator[str]:
    """A row's dark runs, each a rectangle one module high."""
    for run in re.finditer(b"\x01+", row):
        length = run.end() - run.start()
        yield f"M{run.start() + QUIET} {y}h{length}v1h-{length}z"
