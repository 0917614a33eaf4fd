"""Which desks an appeal may be sealed to: one of the pack's routes, at published epochs, and the child."""

from balaqorgau.appeals.refusals import Refused
from balaqorgau.directory import queries as directory
from balaqorgau.sealed.manifest import Manifest

CHILD_DESK = "child"
NOBODY = bytes(16)


def fingerprints(manifest: Manifest) -> tuple[bytes, ...]:
    """The fingerprint of every grant's recipient, in the manifest's order; Refused("wrong_recipients")."""
    known = {(epoch.desk_id, epoch.epoch): epoch.fingerprint for epoch in directory.epochs()}
    known[CHILD_DESK, 0] = NOBODY
    named = [(grant.desk, grant.epoch) for grant in manifest.grants]
    desks = frozenset(desk for desk, _ in named)
    allowed = {route | {CHILD_DESK} for route in directory.routes()}
    if len(set(named)) != len(named) or desks not in allowed or not all(name in known for name in named):
        raise Refused("wrong_recipients", 422)
    return tuple(known[name] for name in named)
