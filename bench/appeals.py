"""Sealed appeals for a running house, made from what it publishes, as a phone would."""

import json
import os
import re
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

from balaqorgau.kernel.ids import unb64
from balaqorgau.sealed import keys, parcel
from balaqorgau.sealed.appeal import Letter, Recipient, seal_appeal
from bench.load import request

TEXT = "Мектепте мені күнде ренжітеді. " * 60
SITE = re.compile(r'data-site="([^"]+)"')


@dataclass(frozen=True)
class Target:
    """What a phone needs to know of an installation."""

    deployment: bytes
    bits: int
    recipients: tuple[Recipient, ...]


def get(url: str) -> bytes:
    """The body of an answer."""
    with urllib.request.urlopen(url, timeout=20) as answer:
        return bytes(answer.read())


def target(url: str, region: int = 0) -> Target:
    """Read the published page, its site file and one region's directory."""
    found = SITE.search(get(f"{url}/").decode())
    if not found:
        raise RuntimeError("the page names no site file")
    site = json.loads(get(f"{url}/p/{found[1]}"))
    directory = json.loads(get(f"{url}/p/{site['regions'][region]['directory']}"))
    desks: dict[str, Any] = {desk["id"]: desk for desk in directory["desks"]}
    route = [desks[name] for name in directory["route"][""]]
    recipients = tuple(Recipient(desk["id"], desk["epoch"], unb64(desk["recipient"])) for desk in route)
    return Target(unb64(site["deployment"]), site["bits"], recipients)


def sealed_request(to: Target) -> tuple[str, bytes]:
    """The commitment and the whole request of one new appeal with a 4 KiB payload and no files."""
    child = keys.keys_of_master(os.urandom(32))
    fields = {"language": "kk", "reasons": [], "about": [], "age": "", "who": "self", "safe": "", "school": ""}
    sealed = seal_appeal(
        Letter({**fields, "text": TEXT[:1800]}),
        child=child,
        deployment=to.deployment,
        recipients=to.recipients,
        protection="phone",
        bits=to.bits,
    )
    body = request("/api/appeals", sealed.body(), parcel.CONTENT_TYPE)
    return sealed.manifest.commitment().hex(), body


def sealed_requests(to: Target, count: int) -> Iterator[bytes]:
    """Many appeals, sealed beforehand on every core."""
    with ProcessPoolExecutor() as pool:
        for _, body in pool.map(sealed_request, [to] * count, chunksize=64):
            yield body
