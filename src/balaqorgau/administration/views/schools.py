"""Schools: finding them, their codes, their posters, and links for their contacts."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from balaqorgau import pack
from balaqorgau.accounts.models import Officer
from balaqorgau.administration import actions, printing
from balaqorgau.administration.doors import administrator, field, number, page
from balaqorgau.appeals.refusals import Refused
from balaqorgau.desk import shell
from balaqorgau.kernel import clock
from balaqorgau.places import links
from balaqorgau.places import queries as places
from balaqorgau.places import search as finding
from balaqorgau.places.models import PosterLink, School
from balaqorgau.places.posters import SHEETS, PosterError
from balaqorgau.places.printing import file_name

UNPRINTABLE = "unprintable"


@administrator("GET")
def search(request: HttpRequest, *, by: Officer) -> HttpResponse:
    """The list, as it is searched."""
    return listed(request, by)


def listed(request: HttpRequest, by: Officer, *, error: str = "", status: int = 200) -> HttpResponse:
    """A page of what was found, with what went wrong with printing it."""
    language = shell.language_of(by.language)
    asked = {name: field(request, name, most=120) for name in ("q", "region", "district")}
    found = finding.find(
        asked["q"], language, region=asked["region"], district=asked["district"], page=number(request, "page")
    )
    context = {
        "asked": asked,
        "found": found,
        "schools": [row(school, language) for school in found.schools],
        "regions": in_order(
            {code: pack.current().region_names(language)[code] for code in pack.current().region_codes}, language
        ),
        "districts": in_order({one.id: one.names[language] for one in districts(asked["region"])}, language),
        "any": places.has_schools(),
        "sheets": list(SHEETS),
        "most": printing.MOST,
        "error": error,
    }
    return page(request, "schools.html", by, context, status=status)


def districts(region: str) -> Any:
    """The districts of a chosen region."""
    return pack.current().districts(region) if region else ()


def in_order(names: dict[str, str], language: str) -> list[tuple[str, str]]:
    """Codes with names, as the language sorts names."""
    order = pack.current().collation(language)
    return sorted(names.items(), key=lambda item: order.key(item[1]))


def row(school: School, language: str) -> dict[str, Any]:
    """A school in a list."""
    return {
        "id": school.pk,
        "number": school.number,
        "name": places.name(school, language),
        "place": place(school, language),
    }


def place(school: School, language: str) -> str:
    """Where a school is."""
    country = pack.current()
    district = next((one.names[language] for one in country.districts(school.region) if one.id == school.district), "")
    return ", ".join(filter(None, (country.region_name(school.region, language), district)))


def school_of(pk: UUID) -> School:
    """A school; 404."""
    found = places.school(pk)
    if found is None:
        raise Http404
    return found


@administrator("GET")
def school(request: HttpRequest, pk: UUID, *, by: Officer) -> HttpResponse:
    """One school."""
    return shown(request, school_of(pk), by)


def shown(
    request: HttpRequest, found: School, by: Officer, *, error: str = "", link: str = "", status: int = 200
) -> HttpResponse:
    """A school's page: with what went wrong, or with the link that was just made and is not shown again."""
    language, country = shell.language_of(by.language), pack.current()
    context = {
        "school": found,
        "title": places.name(found, language),
        "names": [
            (code, country.language_name(code), found.names[code]) for code in country.languages if code in found.names
        ],
        "place": place(found, language),
        "code": places.coded_schools(number=found.number)[0].code,
        "sheets": list(SHEETS),
        "reasons": actions.REASONS,
        "why": field(request, "why") if request.method == "POST" else "",
        "links": [link_row(one, language) for one in links.links_of(found)],
        "days": country.limits.poster_link_days,
        "link": link,
        "error": error,
    }
    return page(request, "school.html", by, context, status=status)


def link_row(link: PosterLink, language: str) -> dict[str, Any]:
    """A link that was made: when, until when, what became of it."""
    country, state = pack.current(), links.state(link, now=clock.now())
    return {
        "id": link.pk,
        "made": country.format_moment(language, link.made_at),
        "until": country.format_moment(language, link.until),
        "state": state,
        "is_open": state == links.OPEN,
    }


@administrator("POST")
def print_one(request: HttpRequest, pk: UUID, *, by: Officer) -> HttpResponse:
    """The school's poster, plaque or stickers."""
    found = school_of(pk)
    try:
        data = printing.print_school(found.number, field(request, "sheet", most=20))
    except (PosterError, Refused) as error:
        return shown(request, found, by, error=why(error), status=422)
    actions.note_print(f"school:{found.number}", 1, by=by)
    return pdf(data, found.number)


@administrator("POST")
def print_region(request: HttpRequest, *, by: Officer) -> HttpResponse:
    """All posters of a region or district, if they are few enough."""
    region, district = field(request, "region", most=20), field(request, "district", most=20)
    found = places.coded_schools(region=region, district=district) if region else []
    try:
        data = printing.print_schools(found, field(request, "sheet", most=20))
    except (PosterError, Refused) as error:
        return listed(request, by, error=why(error), status=422)
    actions.note_print(f"region:{region}", len(found), by=by)
    return pdf(data, district or region)


def why(error: PosterError | Refused) -> str:
    """What went wrong, as a key of the texts."""
    return error.code if isinstance(error, Refused) else UNPRINTABLE


def pdf(data: bytes, name: str) -> HttpResponse:
    """A PDF to be saved."""
    headers = {"Content-Disposition": f'attachment; filename="{file_name(name)}.pdf"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)


@administrator("POST")
def rotate(request: HttpRequest, pk: UUID, *, by: Officer) -> HttpResponse:
    """A new code for the school."""
    found = school_of(pk)
    try:
        actions.rotate(found, why=field(request, "why"), sure=field(request, "sure") == "1", by=by)
    except Refused as error:
        return shown(request, found, by, error=error.code, status=error.status)
    return back(found, "rotated")


@administrator("POST")
def make_link(request: HttpRequest, pk: UUID, *, by: Officer) -> HttpResponse:
    """A link for the school's contact, shown this once."""
    found = school_of(pk)
    _, secret = actions.make_link(found, by=by)
    path = reverse("contact:poster", args=[pack.current().languages[0], secret])
    return shown(request, found, by, link=f"{settings.ORIGIN}{path}")


@administrator("POST")
def withdraw_link(request: HttpRequest, pk: UUID, link: UUID, *, by: Officer) -> HttpResponse:
    """Take a link back."""
    found = school_of(pk)
    try:
        actions.withdraw_link(links.links_of(found).filter(pk=link).first(), by=by)
    except Refused as error:
        return shown(request, found, by, error=error.code, status=error.status)
    return back(found, "withdrawn")


def back(found: School, said: str) -> HttpResponse:
    """To the school's page, with a word on what was done."""
    return HttpResponseRedirect(f"{reverse('administration:school', args=[found.pk])}?said={said}", status=303)
