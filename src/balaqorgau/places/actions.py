"""Everything that changes schools and codes; each writes its audit row in the same transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from balaqorgau.audit.actions import record
from balaqorgau.kernel import clock
from balaqorgau.kernel.signer import Signer
from balaqorgau.pack import Pack
from balaqorgau.places import codes
from balaqorgau.places.models import School, SchoolCode
from balaqorgau.places.schoollist import SchoolRow

BATCH = 500
EXAMPLES_PER_REGION = 3


@dataclass(frozen=True, slots=True)
class Imported:
    """How many schools are new, changed and the same as before."""

    added: int
    changed: int
    same: int


@transaction.atomic
def import_schools(rows: Sequence[SchoolRow], *, by: Signer, example: bool = False, dry_run: bool = False) -> Imported:
    """Take a list: new schools get a code, known ones their new names; schools that it does not name stay."""
    known = {school.number: school for school in School.objects.all()}
    fresh = [row for row in rows if row.number not in known]
    changed = [(known[row.number], row) for row in rows if row.number in known and differs(known[row.number], row)]
    if not dry_run:
        add(fresh, example=example)
        update(changed)
        if fresh or changed:
            record("schools-imported", subject="schools", by=by, detail=f"added {len(fresh)}, changed {len(changed)}")
    return Imported(len(fresh), len(changed), len(rows) - len(fresh) - len(changed))


def differs(school: School, row: SchoolRow) -> bool:
    """Whether a list says something new about a school."""
    return (school.region, school.district, school.names) != (row.region, row.district, dict(row.names))


def add(rows: Iterable[SchoolRow], *, example: bool) -> None:
    """New schools, each with its first code."""
    now = clock.now()
    schools = [
        School(
            number=row.number,
            region=row.region,
            district=row.district,
            names=dict(row.names),
            example=example,
            added_at=now,
        )
        for row in rows
    ]
    School.objects.bulk_create(schools, batch_size=BATCH)
    SchoolCode.objects.bulk_create(
        [
            SchoolCode(school=school, code=code, since=now)
            for school, code in zip(schools, unused_codes(len(schools)), strict=True)
        ],
        batch_size=BATCH,
    )


def unused_codes(number: int) -> list[str]:
    """So many codes that no poster ever carried."""
    taken = set(SchoolCode.objects.values_list("code", flat=True))
    found: list[str] = []
    while len(found) < number:
        code = codes.new_code()
        if code not in taken:
            taken.add(code)
            found.append(code)
    return found


def update(changed: Iterable[tuple[School, SchoolRow]]) -> None:
    """Schools' new names and places; their codes stay, for their posters hang."""
    schools = []
    for school, row in changed:
        school.region, school.district, school.names = row.region, row.district, dict(row.names)
        schools.append(school)
    School.objects.bulk_update(schools, ["region", "district", "names"], batch_size=BATCH)


@transaction.atomic
def rotate_codes(*, by: Signer, region: str = "", number: str = "", why: str = "") -> int:
    """New codes for one school, a region's or all; the old ones still deliver. Returns how many. `why` is a code."""
    now = clock.now()
    old = SchoolCode.objects.select_for_update().filter(until=None)
    if region:
        old = old.filter(school__region=region)
    if number:
        old = old.filter(school__number=number)
    schools = list(old.values_list("school_id", flat=True))
    old.update(until=now)
    SchoolCode.objects.bulk_create(
        [
            SchoolCode(school_id=school, code=code, since=now)
            for school, code in zip(schools, unused_codes(len(schools)), strict=True)
        ],
        batch_size=BATCH,
    )
    if schools:
        record(
            "codes-rotated",
            subject=f"school:{number}" if number else f"region:{region or 'all'}",
            by=by,
            detail=f"{len(schools)} {why}".strip(),
        )
    return len(schools)


def create_example_schools(pack: Pack, *, by: Signer) -> Imported:
    """A few schools in every region that do not exist and say so in every language; the second time nothing changes."""
    rows = [
        example_school(pack, region, number)
        for region in pack.region_codes
        for number in range(1, EXAMPLES_PER_REGION + 1)
    ]
    return import_schools(rows, by=by, example=True)


def example_school(pack: Pack, region: str, number: int) -> SchoolRow:
    """One of them."""
    districts = pack.districts(region)
    district = districts[(number - 1) % len(districts)] if districts else None
    places = district.names if district else {code: pack.region_name(region, code) for code in pack.languages}
    names = {code: pack.text(code, "places.example_school", n=number, place=places[code]) for code in pack.languages}
    return SchoolRow(f"EXAMPLE-{region}-{number}", region, district.id if district else "", names)
