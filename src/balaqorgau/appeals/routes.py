"""Which desks an appeal may be sealed to: one of the pack's routes, at published epochs, and the child."""

from balaqorgau.appeals.refusals import Refused
from balaqorgau.directory import queries as directory
from balaqorgau.sealed.manifest import Manifest

CHILD_DESK = "child"
NOBODY = bytes(16)


def fingerprints(manifest: Manifest) -> tuple[bytes, ...]:
    """The fingerprint of every grant's recipient, in the manifest's order; Refused("wrong_recipients")."""
    named = [(grant.desk, grant.epoch) for grant in manifest.grants]
    desks = frozenset(desk for desk, _ in named)
    child_once = named.count((CHILD_DESK, 0)) == 1
    if len(desks) != len(named) or not child_once or desks - {CHILD_DESK} not in directory.routes():
        raise Refused("wrong_recipients", 422)
    return tuple(NOBODY if desk == CHILD_DESK else known(desk, epoch) for desk, epoch in named)


def known(desk: str, epoch: int) -> bytes:
    """The fingerprint of a published epoch; Refused("wrong_recipients")."""
    found = directory.fingerprint(desk, epoch)
    if found is None:
        raise Refused("wrong_recipients", 422)
    return found
