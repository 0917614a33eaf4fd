"""`balaqorgau posters`: print-ready PDF of the posters that carry the schools' codes."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from balaqorgau.cli import with_django

if TYPE_CHECKING:
    from balaqorgau.pack import Pack
    from balaqorgau.places.posters import Poster, Press


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """The command's arguments."""
    command = commands.add_parser("posters", help="print posters, plaques or stickers as PDF")
    command.add_argument(
        "--sheet",
        choices=["poster", "plaque", "stickers"],
        default="poster",
        help="A4 poster, A6 plaque, stickers on A4",
    )
    command.add_argument("--languages", help="two languages, the first one large (default: the pack's first two)")
    command.add_argument("--school", default="", metavar="NUMBER", help="one school")
    command.add_argument("--district", default="", metavar="ID", help="a district's schools")
    command.add_argument("--region", default="", metavar="ID", help="a region's schools (default: all)")
    command.add_argument("--bleed", type=float, default=0, metavar="MM", help="bleed with cutting marks")
    command.add_argument("--each", action="store_true", help="one file for each school; OUT is a folder")
    command.add_argument("out", type=Path, metavar="OUT", help="the PDF, or a folder with --each")
    command.set_defaults(handle=handle)


def handle(chosen: argparse.Namespace) -> int:
    """Print them, or say why that cannot be done."""
    with_django()
    from django.conf import settings

    from balaqorgau import pack
    from balaqorgau.places.posters import PosterError
    from balaqorgau.places.printing import poster_for, press_for
    from balaqorgau.places.queries import coded_schools

    schools = coded_schools(region=chosen.region, district=chosen.district, number=chosen.school)
    if not schools:
        print("There is no such school. `balaqorgau schools list` shows them.", file=sys.stderr)
        return 1
    try:
        languages = chosen.languages.split(",") if chosen.languages else ()
        printed = press_for(pack.current(), sheet=chosen.sheet, languages=languages, bleed=chosen.bleed)
        written = write(printed, {school.number: poster_for(school, settings.ORIGIN) for school in schools}, chosen)
    except PosterError as error:
        for reason in error.args:
            print(reason, file=sys.stderr)
        return 1
    print(f"Printed {len(schools)} posters into {written}.")
    if drafts := unreviewed(pack.current(), languages):
        print(f"Their texts in {', '.join(drafts)} are drafts: no native speaker has reviewed them yet.")
    return 0


def unreviewed(country: "Pack", chosen: Sequence[str]) -> list[str]:
    """The languages of a print whose words no native speaker has read."""
    return [language for language in chosen or country.languages[:2] if not country.is_reviewed(language, "poster")]


def write(printed: "Press", posters: dict[str, "Poster"], chosen: argparse.Namespace) -> Path:
    """One file, or one for each school with its progress."""
    out: Path = chosen.out
    if not chosen.each:
        data = printed.print(list(posters.values()))
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(data)
        return out
    from balaqorgau.places.printing import file_name

    out.mkdir(parents=True, exist_ok=True)
    for done, (number, one) in enumerate(posters.items(), 1):
        (out / f"{file_name(number)}.pdf").write_bytes(printed.print([one]))
        if sys.stderr.isatty():
            print(f"\r{done} / {len(posters)}", end="" if done < len(posters) else "\n", file=sys.stderr)
    return out
