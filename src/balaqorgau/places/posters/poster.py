"""One school's poster: what is written on it that is written on no other."""

from collections.abc import Mapping
from dataclasses import dataclass

GROUP = 4


@dataclass(frozen=True, slots=True)
class Poster:
    """A school's names by language, its region's ISO 3166-2 id, its current code and the host that children reach."""

    names: Mapping[str, str]
    region: str
    code: str
    host: str
    example: bool = False

    @property
    def url(self) -> str:
        """What the QR symbol holds; the fragment never reaches a server."""
        return f"https://{self.host}/#{self.region}.{self.code}"

    @property
    def typed(self) -> str:
        """The code as a child copies it by hand: `KZ-10 · ABCD-EFGH`."""
        groups = (self.code[start : start + GROUP] for start in range(0, len(self.code), GROUP))
        return f"{self.region} · {'-'.join(groups)}"

    def name(self, language: str) -> str:
        """The school's name in a language, or in the first one it has."""
        return self.names.get(language) or next(iter(self.names.values()), "")
