"""What rooms above may ask of desks and their keys."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Count

from balaqorgau import pack
from balaqorgau.directory import chain, country
from balaqorgau.directory.models import Desk, DeskEpoch
from balaqorgau.kernel.ids import b64
from balaqorgau.pack import Pack
from balaqorgau.sealed import canonical


def epochs() -> tuple[DeskEpoch, ...]:
    """Every epoch there ever was, oldest first, each with its desk; read again only when one was added or retired."""
    newest = DeskEpoch.objects.order_by("-id").values_list("id", "fingerprint").first()
    counts = DeskEpoch.objects.aggregate(all=Count("id"), retired=Count("retired_at"))
    return _epochs(newest, counts["all"], counts["retired"])


@lru_cache(maxsize=2)
def _epochs(_newest: object, _all: int, _retired: int) -> tuple[DeskEpoch, ...]:
    return tuple(DeskEpoch.objects.select_related("desk").order_by("id"))


def current_epochs() -> list[DeskEpoch]:
    """The epoch of every desk that is published now, in the order of desks."""
    return sorted((epoch for epoch in epochs() if epoch.retired_at is None), key=lambda epoch: epoch.desk_id)


def current_epoch(desk: str) -> DeskEpoch | None:
    """What is sealed to when something is sealed to a desk."""
    return next((epoch for epoch in current_epochs() if epoch.desk_id == desk), None)


def epoch_named(name: str) -> DeskEpoch | None:
    """The epoch called "desk/number"."""
    return next((epoch for epoch in epochs() if str(epoch) == name), None)


def desks_by_epoch() -> dict[tuple[str, int], DeskEpoch]:
    """Every epoch by its desk and number."""
    return {(epoch.desk_id, epoch.epoch): epoch for epoch in epochs()}


def first_signer(desk: Desk) -> str:
    """Whose signature a desk's first epoch needs, as "id/epoch"."""
    return chain.signer_of(desk, 1)


def has_example_keys() -> bool:
    """Whether a key that is written down somewhere is published: such an installation must not be reachable."""
    return any(epoch.example for epoch in epochs())


def desk_name(desk: Desk, language: str) -> str:
    """What a desk is called in a language."""
    return country.desk_names(desk.role, desk.territory)[language]


def fingerprint(desk: str, epoch: int) -> bytes | None:
    """The fingerprint of an epoch, None for none. An epoch never changes, so one that was seen is not asked for again."""
    if (desk, epoch) not in _seen:
        found = DeskEpoch.objects.values_list("desk_id", "epoch", "fingerprint")
        _seen.update({(name, number): bytes(mark) for name, number, mark in found})
    return _seen.get((desk, epoch))


_seen: dict[tuple[str, int], bytes] = {}


def routes() -> frozenset[frozenset[str]]:
    """Every set of desks that an appeal may be sealed to, anywhere in the country; never the empty one."""
    return _routes(pack.current(), pack.current().today())


@lru_cache(maxsize=2)
def _routes(_pack: Pack, _today: date) -> frozenset[frozenset[str]]:
    return frozenset(
        frozenset(desks) for region in country.regions() for desks in country.route(region).values() if desks
    )


def region_directory(region: str) -> dict[str, Any]:
    """One region's directory file as the wire describes it, without padding; LookupError for no region."""
    route = country.route(region)
    wanted = sorted({desk for desks in route.values() for desk in desks})
    published = {epoch.desk_id: epoch for epoch in current_epochs()}
    return {
        "v": 1,
        "deployment": b64(settings.DEPLOYMENT),
        "region": region,
        "version": len(epochs()),
        "desks": [entry(published[desk]) for desk in wanted if desk in published],
        "route": route,
        "retired": country.retired_codes(region),
        "pad": "",
    }


def entry(epoch: DeskEpoch) -> dict[str, Any]:
    """A desk in a directory file."""
    return {
        "id": epoch.desk_id,
        "role": epoch.desk.role,
        "epoch": epoch.epoch,
        "recipient": b64(epoch.recipient),
        "verify": b64(epoch.verify_key),
        "names": country.desk_names(epoch.desk.role, epoch.desk.territory),
    }


def directory_files() -> dict[str, bytes]:
    """Every region's directory file as it is published: canonical JSON, all of one length."""
    plain = {region: region_directory(region) for region in country.regions()}
    longest = max(len(canonical.dumps(file)) for file in plain.values())
    return {region: padded(file, longest) for region, file in plain.items()}


def padded(file: dict[str, Any], length: int) -> bytes:
    """A directory file of exactly `length` bytes."""
    missing = length - len(canonical.dumps(file))
    return canonical.dumps({**file, "pad": "0" * missing})
