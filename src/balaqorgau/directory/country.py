"""What the country's pack says about desks: which there are, what they are called, and who may not read what."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain, combinations

from balaqorgau import pack
from balaqorgau.directory.models import REGION
from balaqorgau.places import queries as places

Table = Mapping[str, Sequence[str]]


def regions() -> tuple[str, ...]:
    """The code of every region of today, in the pack's order."""
    return tuple(pack.current().region_codes)


def conflicts() -> Table:
    """The pack's table: whom an appeal is about ("" for nobody of a desk) → the roles that may read it."""
    return pack.current().conflicts


def route(region: str) -> dict[str, list[str]]:
    """Whom an appeal is about ("", one code, or several as "a+b") → the desks it is sealed to."""
    if region not in regions():
        raise LookupError(region)
    return {about: [desk_of(role, region) for role in roles] for about, roles in roles_by_about(conflicts()).items()}


def desk_of(role: str, region: str) -> str:
    """The desk of a role, seen from a region."""
    return region if role == REGION else role


def roles_by_about(table: Table) -> dict[str, list[str]]:
    """The table with a row for several codes at once: only roles that every code leaves, or those none of them names."""
    codes = sorted(code for code in table if code)
    several = chain.from_iterable(combinations(codes, size) for size in range(2, len(codes) + 1))
    return {about: list(roles) for about, roles in table.items()} | {
        "+".join(chosen): left_by(table, chosen) for chosen in several
    }


def left_by(table: Table, codes: Sequence[str]) -> list[str]:
    """Who may read what is about several: those of every row, else all roles that no code names; nobody when all are named."""
    everybody = list(dict.fromkeys(chain.from_iterable(table.values())))
    in_every_row = [role for role in everybody if all(role in table[code] for code in codes)]
    return in_every_row or [role for role in everybody if role not in codes]


def desks_for(region: str, about: Sequence[str]) -> list[str]:
    """The desks that may read what is about these codes in a region; empty when it is about all of them."""
    routes = route(region)
    return routes["+".join(sorted(code for code in set(about) if code in routes))]


@lru_cache(maxsize=64)
def desk_names(role: str, territory: str) -> dict[str, str]:
    """What a desk is called in every language; it begins with a capital, whatever its region's name begins with."""
    country = pack.current()
    return {language: capital(desk_name(country, role, territory, language)) for language in country.languages}


def desk_name(country: pack.Pack, role: str, territory: str, language: str) -> str:
    """What a desk is called in a language."""
    region = country.region_name(territory, language) if territory else ""
    return country.text(language, f"console.desk_name.{role}", region=region)


def capital(text: str) -> str:
    """The text with its first letter as a capital and the others as they are."""
    return text[:1].upper() + text[1:]


def retired_codes(region: str) -> list[str]:
    """Marks of school codes of a region that are out of date (first 4 bytes of a hash, base64url)."""
    return places.retired_code_marks(region)
