"""A country as data: reads and checks a pack's folder and answers what the program may know about a country.

`use(folder)` is called once by the settings; `current()` reads the pack at its first use and keeps it.
"""

from functools import lru_cache
from pathlib import Path
from threading import Lock

from balaqorgau.pack.country import Pack
from balaqorgau.pack.model import (
    Deadlines,
    Helpline,
    Language,
    LegalBasis,
    Limits,
    Names,
    Operator,
    Reason,
    Term,
    Territory,
)
from balaqorgau.pack.problems import MissingText, PackError, Problem
from balaqorgau.pack.reading import load

__all__ = [
    "Deadlines",
    "Helpline",
    "Language",
    "LegalBasis",
    "Limits",
    "MissingText",
    "Names",
    "Operator",
    "Pack",
    "PackError",
    "Problem",
    "Reason",
    "Term",
    "Territory",
    "current",
    "load",
    "use",
]

_chosen: list[Path] = []
_loaded = lru_cache(maxsize=8)(load)
_reading = Lock()


def use(folder: Path) -> None:
    """Make the pack in this folder the one of this process; it is read when it is first needed."""
    _chosen[:] = [folder]


def current() -> Pack:
    """This process's pack; raises PackError when it has faults, RuntimeError when none was chosen."""
    if not _chosen:
        raise RuntimeError("no country pack was chosen: call balaqorgau.pack.use(folder) first")
    with _reading:
        return _loaded(_chosen[0])
