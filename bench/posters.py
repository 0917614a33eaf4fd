"""Prints an A4 poster for each of 7,687 schools into one PDF, by the command that anybody would use.

`balaqorgau schools import` takes a list made here, `balaqorgau posters` prints; its whole run is timed, start of Python
included. Names are as long as real ones. The last line is one JSON object: `posters`, `seconds`, `mb`.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import pypdfium2

from balaqorgau.installation import example_settings
from balaqorgau.pack import Pack, load

SCHOOLS: Final = 7687
MEGABYTE: Final = 1_000_000
PACK: Final = Path(__file__).resolve().parents[1] / "packs" / "kz"
HOST: Final = "balaqorgau.example"


def balaqorgau(folder: Path, *arguments: str) -> None:
    """One command of the program in an installation of its own; what it says goes to standard error."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("BALAQORGAU_", "DATABASE_URL"))}
    settings = {"BALAQORGAU_SETTINGS": str(example_settings(folder, HOST))}
    command = [sys.executable, "-m", "balaqorgau", *arguments]
    subprocess.run(command, env=clean | settings, stdout=sys.stderr, check=True)


def write_list(file: Path, pack: Pack) -> None:
    """Schools in all districts in turn, none of which exists."""
    districts = pack.districts()
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["number", "region", "district", *(f"name_{language}" for language in pack.languages)])
        for number in range(1, SCHOOLS + 1):
            place = districts[number % len(districts)]
            names = [
                pack.text(language, "places.example_school", n=number, place=place.names[language])
                for language in pack.languages
            ]
            table.writerow([number, place.parent, place.id, *names])


def measure(folder: Path) -> dict[str, float]:
    """Everything that has to be there first, then the printing."""
    write_list(folder / "schools.csv", load(PACK))
    balaqorgau(folder, "manage", "migrate", "--verbosity", "0")
    balaqorgau(folder, "schools", "import", str(folder / "schools.csv"))
    begun = time.monotonic()
    balaqorgau(folder, "posters", str(folder / "posters.pdf"))
    seconds = time.monotonic() - begun
    printed = folder / "posters.pdf"
    return {
        "posters": len(pypdfium2.PdfDocument(printed)),
        "seconds": round(seconds, 1),
        "mb": round(printed.stat().st_size / MEGABYTE, 1),
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="posters-") as name:
        print(json.dumps(measure(Path(name))))
