"""The QR symbol as one vector path (ISO/IEC 18004)."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

import segno

QUIET = 4
MASK = 2  # Trying all eight masks takes most of the time and gains nothing a camera notices.
make = partial(segno.make, error="q", boost_error=True, mask=MASK, micro=False)


def symbol(url: str) -> str:
    """An SVG of a URL's symbol, error correction Q or better, its quiet zone of four modules included."""
    matrix = make(url).matrix
    side = len(matrix) + 2 * QUIET
    path = "".join(bar for y, row in enumerate(matrix, QUIET) for bar in bars(row, y))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{path}"/></svg>'


def bars(row: Sequence[int], y: int) -> Iterator[str]:
    """A row's dark runs, each a rectangle one module high."""
    x = QUIET
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            yield f"M{x} {y}h{length}v1h-{length}z"
        x += length
