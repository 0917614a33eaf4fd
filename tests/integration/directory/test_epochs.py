"""Desks and their keys: one published pair at a time, numbered, never changed."""

import os

import pytest
from django.db import IntegrityError, transaction

from balaqorgau.audit.models import AuditRow
from balaqorgau.directory import actions, queries
from balaqorgau.directory.country import regions
from balaqorgau.directory.models import Desk, DeskEpoch
from balaqorgau.kernel.signer import OPERATOR
from balaqorgau.sealed import keys
from tests.factories.appeals import desk_keys

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """The committee's desk without keys."""
    return actions.create_desk("committee", "committee", "", by=OPERATOR)


def publish(desk: Desk, name: str) -> DeskEpoch:
    """A next epoch, with the keys of a name."""
    new = desk_keys(name)
    recipient = new.recipient.recipient
    return actions.publish_epoch(desk, recipient=recipient, verify_key=new.verify_key, example=False, by=OPERATOR)


def test_there_is_a_desk_for_every_region_the_committee_and_the_ombudsman() -> None:
    made = actions.create_desks(by=OPERATOR)
    assert [desk.pk for desk in made] == [*regions(), "committee", "ombudsman"]


def test_desks_are_created_once() -> None:
    for _ in range(2):
        actions.create_desks(by=OPERATOR)
    assert Desk.objects.count() == AuditRow.objects.filter(act="desk-created").count() == len(regions()) + 2


def test_an_epoch_follows_the_one_before_which_is_retired(desk: Desk) -> None:
    first, second = publish(desk, "first"), publish(desk, "second")
    first.refresh_from_db()
    assert [(epoch.epoch, epoch.retired_at is None) for epoch in (first, second)] == [(1, False), (2, True)]
    assert queries.current_epoch("committee") == second


def test_a_retired_epoch_is_still_known(desk: Desk) -> None:
    first = publish(desk, "first")
    publish(desk, "second")
    assert queries.epoch_named("committee/1") == first


def test_an_epoch_s_fingerprint_is_of_both_its_keys(desk: Desk) -> None:
    epoch = publish(desk, "first")
    new = desk_keys("first")
    assert epoch.fingerprint == keys.desk_fingerprint(new.recipient.recipient, new.verify_key)
    assert AuditRow.objects.get(act="epoch-published").detail == epoch.fingerprint.hex()


def test_fingerprints_are_known_at_once_when_an_epoch_is_added(desk: Desk) -> None:
    assert queries.fingerprint("committee", 1) is None
    first = publish(desk, "first")
    assert queries.fingerprint("committee", 1) == first.fingerprint
    second = publish(desk, "second")
    assert queries.fingerprint("committee", 2) == second.fingerprint
    assert queries.fingerprint("committee", 1) == first.fingerprint


def test_fingerprints_that_were_seen_cost_no_query(desk: Desk, django_assert_num_queries: object) -> None:
    publish(desk, "first")
    queries.fingerprint("committee", 1)
    with django_assert_num_queries(0):  # type: ignore[operator]
        queries.fingerprint("committee", 1)


@pytest.mark.parametrize(
    "recipient", [b"", bytes(1215), bytes(1217), b"\xff" * 1216], ids=["none", "short", "long", "wild"]
)
def test_a_recipient_that_nothing_can_be_sealed_to_is_refused(desk: Desk, recipient: bytes) -> None:
    with pytest.raises(actions.KeyRefused):
        actions.publish_epoch(desk, recipient=recipient, verify_key=bytes(32), example=False, by=OPERATOR)
    assert not DeskEpoch.objects.exists()


def test_a_verifying_key_of_another_length_is_refused(desk: Desk) -> None:
    recipient = desk_keys("first").recipient.recipient
    with pytest.raises(actions.KeyRefused):
        actions.publish_epoch(desk, recipient=recipient, verify_key=os.urandom(31), example=False, by=OPERATOR)


def test_the_database_refuses_a_second_published_epoch(desk: Desk) -> None:
    publish(desk, "first")
    publish(desk, "second")
    with pytest.raises(IntegrityError), transaction.atomic():
        DeskEpoch.objects.filter(epoch=1).update(retired_at=None)


def test_the_database_refuses_the_same_keys_twice(desk: Desk) -> None:
    publish(desk, "first")
    with pytest.raises(IntegrityError), transaction.atomic():
        publish(desk, "first")


@pytest.mark.parametrize(("role", "territory"), [("region", ""), ("committee", "KZ-10"), ("mayor", "")])
def test_the_database_refuses_a_desk_that_makes_no_sense(role: str, territory: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Desk.objects.create(id="odd", role=role, territory=territory)


def test_example_keys_are_noticed(desk: Desk) -> None:
    publish(desk, "first")
    assert not queries.has_example_keys()
    new = desk_keys("example")
    actions.publish_epoch(desk, recipient=new.recipient.recipient, verify_key=new.verify_key, example=True, by=OPERATOR)
    assert queries.has_example_keys()
