"""What rooms above may ask of schools and codes."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from balaqorgau.places import codes
from balaqorgau.places.models import School, SchoolCode


@dataclass(frozen=True, slots=True)
class CodedSchool:
    """A school with the code that its posters carry now."""

    number: str
    region: str
    district: str
    names: dict[str, str]
    code: str
    example: bool


def coded_schools(*, region: str = "", district: str = "", number: str = "") -> list[CodedSchool]:
    """Schools with their current codes: of a region, of a district, one, or all."""
    wanted = Q(until=None)
    for field, value in (("region", region), ("district", district), ("number", number)):
        if value:
            wanted &= Q(**{f"school__{field}": value})
    found = SchoolCode.objects.select_related("school").filter(wanted)
    return [coded(code) for code in found.order_by("school__region", "school__district", "school__number")]


def coded(code: SchoolCode) -> CodedSchool:
    """A code's school."""
    school = code.school
    return CodedSchool(school.number, school.region, school.district, school.names, code.code, school.example)


def school_names(region: str, language: str) -> dict[str, str]:
    """The name of every school of a region by its code, retired codes included."""
    found = SchoolCode.objects.select_related("school").filter(school__region=region)
    return {code.code: name(code.school, language) for code in found}


def name(school: School, language: str) -> str:
    """What a language calls a school, or else what another does."""
    return str(school.names.get(language) or next(iter(school.names.values()), school.number))


def retired_code_marks(region: str) -> list[str]:
    """Marks of the region's codes that are out of date, sorted."""
    retired = SchoolCode.objects.filter(school__region=region).exclude(until=None)
    return sorted(codes.mark(code) for code in retired.values_list("code", flat=True))


def school(pk: UUID) -> School | None:
    """A school by its id."""
    return School.objects.filter(pk=pk).first()


def has_schools() -> bool:
    """Whether any school is known."""
    return School.objects.exists()
