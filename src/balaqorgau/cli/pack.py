"""`balaqorgau pack check|load|diff|review`: a country pack before it is used, what it changes, what waits to be read."""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from balaqorgau.config import find_pack
from balaqorgau.pack import Pack, PackError, load
from balaqorgau.pack.diff import differences

FAULTY = 1


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """The command's arguments."""
    command = commands.add_parser("pack", help="check, load or compare a country pack")
    acts = command.add_subparsers(dest="act", required=True, metavar="check|load|diff|review")
    checking = acts.add_parser("check", help="say everything that is wrong with a pack")
    checking.add_argument("pack", help="a folder, or the name of a pack that comes with the program")
    loading = acts.add_parser("load", help="bring this installation's desks and published pages in line with its pack")
    comparing = acts.add_parser("diff", help="what changes from one pack to another")
    comparing.add_argument("old")
    comparing.add_argument("new")
    reviewing = acts.add_parser("review", help="list the texts that no native speaker has reviewed, as CSV")
    reviewing.add_argument("pack")
    for one, act in ((checking, check), (loading, load_here), (comparing, diff), (reviewing, review)):
        one.set_defaults(handle=act)


def read(name: str) -> Pack:
    """A pack; PackError with every fault."""
    return load(find_pack(name))


def refused(error: PackError) -> int:
    """Every fault: file, line, key, words."""
    for problem in error.problems:
        print(problem, file=sys.stderr)
    print(f"Faults: {len(error.problems)}. Nothing was changed.", file=sys.stderr)
    return FAULTY


def check(chosen: argparse.Namespace) -> int:
    """Read a pack and say what is in it."""
    try:
        pack = read(chosen.pack)
    except PackError as error:
        return refused(error)
    print("\n".join(contents(pack)))
    return 0


def contents(pack: Pack) -> Iterator[str]:
    """A pack in a few lines."""
    yield f"{pack.names[pack.languages[0]]}: the pack is good."
    yield f"languages {', '.join(pack.languages)}; texts {len(pack.catalogues[pack.languages[0]])} each"
    waiting = Counter(text.language for text in pack.unread_texts())
    yield "not reviewed by a native speaker: " + ", ".join(f"{code} {waiting[code]}" for code in pack.languages)
    yield f"regions {len(pack.regions())}, districts {len(pack.districts())}, reasons {len(pack.offered_reasons)}"


def load_here(_chosen: argparse.Namespace) -> int:
    """Make the desks that the pack has and the installation has not; publish. The second time nothing changes."""
    from balaqorgau.cli import with_django
    from balaqorgau.config import from_environment

    try:
        load(from_environment().pack)
    except PackError as error:
        return refused(error)
    with_django()
    from balaqorgau.directory.actions import create_desks
    from balaqorgau.directory.models import Desk
    from balaqorgau.kernel.signer import OPERATOR
    from balaqorgau.publishing import publish_site

    before = Desk.objects.count()
    made = len(create_desks(by=OPERATOR)) - before
    print(f"New desks: {made}. Published files: {len(publish_site())}.")
    return 0


def diff(chosen: argparse.Namespace) -> int:
    """Print what is new, gone and changed."""
    try:
        found = list(differences(read(chosen.old), read(chosen.new)))
    except PackError as error:
        return refused(error)
    print("\n".join(found) if found else "The packs say the same.")
    return 0


def review(chosen: argparse.Namespace) -> int:
    """A table for reviewers: each text beside what the first language says, and the fingerprint for `review.yaml`."""
    try:
        pack = read(chosen.pack)
    except PackError as error:
        return refused(error)
    out = csv.writer(sys.stdout)
    out.writerow(["language", "file", "fingerprint", "key", pack.languages[0], "text"])
    for text in pack.unread_texts():
        out.writerow([text.language, text.file, text.fingerprint, text.key, text.first, text.text])
    return 0
