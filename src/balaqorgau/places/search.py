"""Finding schools by number or name, however somebody types it, in the order of the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from balaqorgau import pack
from balaqorgau.places.models import School
from balaqorgau.places.queries import name
from balaqorgau.sealed.words import fold

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found; `total` counts all of it."""

    schools: tuple[School, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are; one when nothing was found."""
        return max(1, -(-self.total // PAGE))


def find(typed: str, language: str, *, region: str = "", district: str = "", page: int = 1) -> Found:
    """Schools with every typed word in their number or in a name, sorted as the language sorts names."""
    wanted = [folded(word) for word in typed.split()]
    within = {name: value for name, value in (("region", region), ("district", district)) if value}
    matching = [school for school in School.objects.filter(**within).iterator() if matches(school, wanted)]
    order = pack.current().collation(language)
    matching.sort(key=lambda school: (order.key(name(school, language)), school.number))
    last = max(1, -(-len(matching) // PAGE))
    at = min(max(1, page), last)
    return Found(tuple(matching[(at - 1) * PAGE : at * PAGE]), len(matching), at)


def matches(school: School, wanted: Sequence[str]) -> bool:
    """Whether every word is somewhere in the number or a name."""
    if not wanted:
        return True
    text = " ".join(folded(word) for said in texts_of(school) for word in said.split())
    return all(word in text for word in wanted)


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """A word as it is compared; schools' names are made of few words."""
    return fold(word)


def texts_of(school: School) -> list[str]:
    """What a school can be found by."""
    names: dict[str, Any] = school.names
    return [school.number, *map(str, names.values())]
