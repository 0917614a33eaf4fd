"""Who may do what with a thread: decisions only, each with a twin that raises."""

from dataclasses import dataclass

from balaqorgau.accounts import queries as accounts
from balaqorgau.accounts.models import Officer
from balaqorgau.appeals import queries as appeals
from balaqorgau.appeals.models import Thread
from balaqorgau.appeals.refusals import Refused
from balaqorgau.directory.models import OMBUDSMAN, Desk, DeskEpoch
from balaqorgau.kernel.signer import Signer


@dataclass(frozen=True)
class Actor:
    """An officer with the desk epochs whose keys they hold today."""

    officer: Officer
    epochs: tuple[DeskEpoch, ...]

    @property
    def fingerprints(self) -> list[bytes]:
        """What the officer's grants are found by."""
        return [epoch.fingerprint for epoch in self.epochs]


@dataclass(frozen=True)
class Seat:
    """The desk epoch that an actor speaks for in a thread."""

    epoch: DeskEpoch

    @property
    def signer(self) -> Signer:
        """The desk as the thread's events name it."""
        return Signer("desk", str(self.epoch))

    @property
    def author(self) -> str:
        """The desk as the author of a message."""
        return f"desk/{self.epoch}"


def actor(officer: Officer) -> Actor:
    """What an officer may act with now."""
    return Actor(officer, tuple(accounts.epochs_of(officer)))


def seats(actor: Actor, thread: Thread) -> list[Seat]:
    """The actor's desk epochs that hold the thread, the newest first."""
    held = set(appeals.grants_to(actor.fingerprints).filter(thread=thread).values_list("fingerprint", flat=True))
    return [Seat(epoch) for epoch in reversed(actor.epochs) if epoch.fingerprint in held]


def can_read(actor: Actor, thread: Thread) -> bool:
    """An officer reads what a desk of theirs holds a grant for; nothing hidden or erased."""
    return thread.erased_at is None and thread.erase_due is None and bool(seats(actor, thread))


def check_can_read(actor: Actor, thread: Thread | None) -> Thread:
    """The thread; for everybody else it is as if it did not exist: Refused("no_thread")."""
    if thread is None or not can_read(actor, thread):
        raise Refused("no_thread", 404)
    return thread


def can_speak(actor: Actor, thread: Thread, seat: str) -> bool:
    """An officer answers, opens and passes on for a desk epoch of theirs that holds the thread and is not retired."""
    return any(str(found.epoch) == seat and found.epoch.retired_at is None for found in seats(actor, thread))


def check_can_speak(actor: Actor, thread: Thread, seat: str) -> Seat:
    """The seat named "desk/epoch"; Refused("not_your_desk")."""
    if not can_speak(actor, thread, seat):
        raise Refused("not_your_desk", 403)
    return next(found for found in seats(actor, thread) if str(found.epoch) == seat)


def can_pass(actor: Actor, thread: Thread, seat: str, target: DeskEpoch) -> bool:
    """As one may speak; and with any key of a desk, to that desk's own key of today."""
    own = any(str(found.epoch) == seat and found.epoch.desk_id == target.desk_id for found in seats(actor, thread))
    return own or can_speak(actor, thread, seat)


def check_can_pass(actor: Actor, thread: Thread, seat: str, target: DeskEpoch) -> Seat:
    """The seat named "desk/epoch"; Refused("not_your_desk")."""
    if not can_pass(actor, thread, seat, target):
        raise Refused("not_your_desk", 403)
    return next(found for found in seats(actor, thread) if str(found.epoch) == seat)


def can_receive(epoch: DeskEpoch | None) -> bool:
    """A thread is passed only to a desk's published key that is not retired."""
    return epoch is not None and epoch.retired_at is None


def check_can_receive(epoch: DeskEpoch | None) -> DeskEpoch:
    """The epoch; Refused("wrong_recipients")."""
    if epoch is None or not can_receive(epoch):
        raise Refused("wrong_recipients", 422)
    return epoch


def belongs(actor: Actor, desk: str) -> bool:
    """Whether the officer is of a desk today, with or without its key."""
    return accounts.desks_of(actor.officer).filter(pk=desk).exists()


def check_belongs(actor: Actor, desk: str) -> Desk:
    """The desk; Refused("not_your_desk")."""
    if not belongs(actor, desk):
        raise Refused("not_your_desk", 403)
    return Desk.objects.get(pk=desk)


def can_manage_keys(actor: Actor, desk: Desk) -> bool:
    """Who has the desk's key of today invites, grants and takes invitations back."""
    return any(epoch.desk_id == desk.pk and epoch.retired_at is None for epoch in actor.epochs)


def check_can_manage_keys(actor: Actor, desk: str) -> Desk:
    """The desk; Refused("not_your_desk")."""
    found = check_belongs(actor, desk)
    if not can_manage_keys(actor, found):
        raise Refused("not_your_desk", 403)
    return found


def vouching_epoch(actor: Actor) -> DeskEpoch | None:
    """The Ombudsman's key of today, if the officer has it."""
    held = (epoch for epoch in actor.epochs if epoch.desk.role == OMBUDSMAN and epoch.retired_at is None)
    return next(held, None)


def can_vouch(actor: Actor) -> bool:
    """An officer of the Ombudsman's desk with its key signs the first key of every other desk."""
    return vouching_epoch(actor) is not None


def check_can_vouch(actor: Actor) -> DeskEpoch:
    """The key to sign with; Refused("not_your_desk")."""
    found = vouching_epoch(actor)
    if found is None:
        raise Refused("not_your_desk", 403)
    return found
