"""A child outside the house: reads what the house publishes, seals with the protocol in Python, posts over real HTTP."""

import json
import os
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench.appeals import SITE, get

from balaqorgau.kernel.ids import unb64
from balaqorgau.sealed import canonical, keys
from balaqorgau.sealed.appeal import Letter, Recipient, SealedAppeal, seal_appeal
from balaqorgau.sealed.parcel import CONTENT_TYPE
from tests.browser.house import House

REGION = "KZ-10"


@dataclass(frozen=True)
class NamedLetter(Letter):
    """A letter whose files have names, which the child's own page never gives them."""

    names: Sequence[str] = ()
    lies: int = 0
    """How many files it names that are not there."""

    def as_bytes(self) -> bytes:
        """The payload before padding, with the names put in."""
        body = json.loads(super().as_bytes())
        for file, name in zip(body["files"], self.names, strict=True):
            file["name"] = name
        body["files"] += [{"kind": "file", "type": "", "name": f"{n}", "length": 1} for n in range(self.lies)]
        return canonical.dumps(body)


def published(house: House, region: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The site file, and a region's directory file."""
    name = SITE.search(get(f"{house.url}/").decode())
    assert name
    site = json.loads(get(f"{house.url}/p/{name[1]}"))
    file = next(one["directory"] for one in site["regions"] if one["id"] == region)
    return site, json.loads(get(f"{house.url}/p/{file}"))


def recipients(directory: dict[str, Any], about: Sequence[str]) -> list[Recipient]:
    """The desks that an appeal about these people goes to."""
    desks = {desk["id"]: desk for desk in directory["desks"]}
    route = directory["route"]
    found = [desks[name] for name in route["+".join(sorted(code for code in about if code in route))]]
    return [Recipient(desk["id"], desk["epoch"], unb64(desk["recipient"])) for desk in found]


def send(
    house: House,
    text: str,
    *,
    region: str = REGION,
    about: Sequence[str] = (),
    files: Sequence[tuple[str, str, bytes]] = (),
    names: Sequence[str] = (),
    protection: str = "phone",
    lies: int = 0,
    **fields: Any,
) -> SealedAppeal:
    """Seal an appeal to the region's desk and the Ombudsman's, and post it."""
    site, directory = published(house, region)
    said: dict[str, Any] = {
        "language": "kk",
        "reasons": [],
        "about": list(about),
        "age": "",
        "who": "",
        "safe": "",
        "school": "",
    }
    sealed = seal_appeal(
        NamedLetter({**said, "text": text, **fields}, files, names or [""] * len(files), lies),
        child=keys.keys_of_master(os.urandom(32)),
        deployment=unb64(site["deployment"]),
        recipients=recipients(directory, about),
        protection=protection,
        bits=site["bits"],
    )
    deliver(house, sealed)
    return sealed


def deliver(house: House, sealed: SealedAppeal) -> None:
    """Post it; anything but "stored" fails."""
    headers = {"Content-Type": CONTENT_TYPE}
    request = urllib.request.Request(f"{house.url}/api/appeals", sealed.body(), headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.status == 201
