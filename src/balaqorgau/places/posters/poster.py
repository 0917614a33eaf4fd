"""One school's poster: what is written on it that is written on no other."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from balaqorgau.places.posters.errors import PosterError

GROUP = 4
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{8}")  # Crockford's base32: no I, L, O or U to misread.
REGION = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)?")
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Poster:
    """A school's names by language, its region's id, its current code and the origin that children reach.

    Raises PosterError for what a phone or a child could not follow: paper cannot be corrected.
    """

    names: Mapping[str, str]
    region: str
    code: str
    origin: str
    example: bool = False

    def __post_init__(self) -> None:
        for pattern, value, what in (
            (CODE, self.code, "eight characters of Crockford's base32"),
            (REGION, self.region, "a region's id such as AA-10"),
            (ORIGIN, self.origin, "an address such as https://host.example"),
        ):
            if not pattern.fullmatch(value):
                raise PosterError(f"{value!r} cannot be printed: it must be {what}.")

    @property
    def url(self) -> str:
        """What the QR symbol holds; the fragment never reaches a server."""
        return f"{self.origin}/#{self.region}.{self.code}"

    @property
    def host(self) -> str:
        """The short address that a child types."""
        return self.origin.partition("://")[2]

    @property
    def typed(self) -> str:
        """The code as a child copies it by hand: `AA-10 · ABCD-EFGH`."""
        return f"{self.region} · {self.code[:GROUP]}-{self.code[GROUP:]}"

    def name(self, language: str) -> str:
        """The school's name in a language, or in the first one it has."""
        return self.names.get(language) or next(iter(self.names.values()), "")
