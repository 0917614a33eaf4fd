"""`balaqorgau schools import|rotate|list`: the schools whose posters hang."""

import argparse
import csv
import sys
from pathlib import Path
from typing import Any

from balaqorgau.cli import with_django


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """The command's arguments."""
    command = commands.add_parser("schools", help="import schools, give new codes, list codes")
    acts = command.add_subparsers(dest="act", required=True, metavar="import|rotate|list")
    importing = acts.add_parser("import", help="take a list of schools (CSV or XLSX): all of it or nothing")
    importing.add_argument("file", type=Path)
    importing.add_argument("--dry-run", action="store_true", help="only say what would happen")
    importing.add_argument("--language", help="the language of what is said (default: the pack's first)")
    rotating = acts.add_parser("rotate", help="give new codes; the old ones still deliver")
    which = rotating.add_mutually_exclusive_group(required=True)
    which.add_argument("--school", default="", metavar="NUMBER")
    which.add_argument("--region", default="", metavar="ID")
    which.add_argument("--all", action="store_true")
    listing = acts.add_parser("list", help="print schools with their codes as CSV")
    listing.add_argument("--region", default="", metavar="ID")
    for one, act in ((importing, take), (rotating, rotate), (listing, show)):
        one.set_defaults(handle=act)


def take(chosen: argparse.Namespace) -> int:
    """Import a list, or say of every bad row what is wrong and change nothing."""
    with_django()
    from balaqorgau import pack
    from balaqorgau.kernel.signer import OPERATOR
    from balaqorgau.places import actions, schoollist

    country = pack.current()
    language = country.best_language(chosen.language or "")
    try:
        rows = schoollist.read(chosen.file, country)
    except schoollist.BadSchoolList as error:
        for fault in error.faults:
            print(fault.words(country, language), file=sys.stderr)
        print(country.text(language, "places.refused", n=len(error.faults)), file=sys.stderr)
        return 1
    done = actions.import_schools(rows, by=OPERATOR, dry_run=chosen.dry_run)
    key = "places.dry_run" if chosen.dry_run else "places.done"
    print(country.text(language, key, added=done.added, changed=done.changed, same=done.same))
    return 0


def rotate(chosen: argparse.Namespace) -> int:
    """New codes; the site is published again, so that pages know the old ones."""
    with_django()
    from balaqorgau import pack
    from balaqorgau.kernel.signer import OPERATOR
    from balaqorgau.places import actions
    from balaqorgau.publishing import publish_site

    number = actions.rotate_codes(by=OPERATOR, region=chosen.region, number=chosen.school)
    publish_site()
    country = pack.current()
    print(country.text(country.languages[0], "places.rotated", n=number))
    return 0 if number else 1


def show(chosen: argparse.Namespace) -> int:
    """Schools as CSV."""
    with_django()
    from balaqorgau import pack
    from balaqorgau.places.queries import coded_schools

    languages = pack.current().languages
    out = csv.writer(sys.stdout)
    out.writerow(["number", "region", "district", *(f"name_{language}" for language in languages), "code"])
    for school in coded_schools(region=chosen.region):
        names = [school.names.get(language, "") for language in languages]
        out.writerow([school.number, school.region, school.district, *names, school.code])
    return 0
