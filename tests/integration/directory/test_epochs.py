"""Desks and their keys: one published pair at a time, numbered, never changed."""

import os

import pytest
from django.db import IntegrityError, transaction

from balaqorgau.audit.models import AuditRow
from balaqorgau.directory import actions, queries
from balaqorgau.directory.chain import KeyRefused, Voucher
from balaqorgau.directory.country import regions
from balaqorgau.directory.models import Desk, DeskEpoch
from balaqorgau.kernel.signer import OPERATOR
from balaqorgau.sealed import keys
from tests.factories.appeals import DeskKeys, desk_keys
from tests.factories.vouching import next_epoch, vouched

pytestmark = pytest.mark.django_db
NOBODY = Voucher("", b"")


@pytest.fixture
def desk() -> Desk:
    """The Ombudsman's desk without keys."""
    return actions.create_desk("ombudsman", "ombudsman", "", by=OPERATOR)


def publish(desk: Desk, name: str, *, after: str = "") -> DeskEpoch:
    """A next epoch, with the keys of a name, signed with those of another."""
    return next_epoch(desk, desk_keys(name), after=desk_keys(after) if after else None)


def test_there_is_a_desk_for_every_region_the_committee_and_the_ombudsman() -> None:
    made = actions.create_desks(by=OPERATOR)
    assert [desk.pk for desk in made] == [*regions(), "committee", "ombudsman"]


def test_desks_are_created_once() -> None:
    for _ in range(2):
        actions.create_desks(by=OPERATOR)
    assert Desk.objects.count() == AuditRow.objects.filter(act="desk-created").count() == len(regions()) + 2


def test_an_epoch_follows_the_one_before_which_is_retired(desk: Desk) -> None:
    first, second = publish(desk, "first"), publish(desk, "second", after="first")
    first.refresh_from_db()
    assert [(epoch.epoch, epoch.retired_at is None) for epoch in (first, second)] == [(1, False), (2, True)]
    assert queries.current_epoch("ombudsman") == second


def test_a_retired_epoch_is_still_known(desk: Desk) -> None:
    first = publish(desk, "first")
    publish(desk, "second", after="first")
    assert queries.epoch_named("ombudsman/1") == first


def test_an_epoch_s_fingerprint_is_of_both_its_keys(desk: Desk) -> None:
    epoch = publish(desk, "first")
    new = desk_keys("first")
    assert epoch.fingerprint == keys.desk_fingerprint(new.recipient.recipient, new.verify_key)
    assert AuditRow.objects.get(act="epoch-published").detail == epoch.fingerprint.hex()


def test_fingerprints_are_known_at_once_when_an_epoch_is_added(desk: Desk) -> None:
    assert queries.fingerprint("ombudsman", 1) is None
    first = publish(desk, "first")
    assert queries.fingerprint("ombudsman", 1) == first.fingerprint
    second = publish(desk, "second", after="first")
    assert queries.fingerprint("ombudsman", 2) == second.fingerprint
    assert queries.fingerprint("ombudsman", 1) == first.fingerprint


def test_fingerprints_that_were_seen_cost_no_query(desk: Desk, django_assert_num_queries: object) -> None:
    publish(desk, "first")
    queries.fingerprint("ombudsman", 1)
    with django_assert_num_queries(0):  # type: ignore[operator]
        queries.fingerprint("ombudsman", 1)


@pytest.mark.parametrize(
    "recipient", [b"", bytes(1215), bytes(1217), b"\xff" * 1216], ids=["none", "short", "long", "wild"]
)
def test_a_recipient_that_nothing_can_be_sealed_to_is_refused(desk: Desk, recipient: bytes) -> None:
    with pytest.raises(KeyRefused):
        actions.publish_epoch(
            desk, recipient=recipient, verify_key=bytes(32), voucher=NOBODY, example=False, by=OPERATOR
        )
    assert not DeskEpoch.objects.exists()


def test_a_verifying_key_of_another_length_is_refused(desk: Desk) -> None:
    recipient = desk_keys("first").recipient.recipient
    with pytest.raises(KeyRefused):
        actions.publish_epoch(
            desk, recipient=recipient, verify_key=os.urandom(31), voucher=NOBODY, example=False, by=OPERATOR
        )


def test_the_database_refuses_a_second_published_epoch(desk: Desk) -> None:
    publish(desk, "first")
    publish(desk, "second", after="first")
    with pytest.raises(IntegrityError), transaction.atomic():
        DeskEpoch.objects.filter(epoch=1).update(retired_at=None)


def test_the_database_refuses_the_same_keys_twice(desk: Desk) -> None:
    publish(desk, "first")
    with pytest.raises(IntegrityError), transaction.atomic():
        publish(desk, "first", after="first")


@pytest.mark.parametrize(("role", "territory"), [("region", ""), ("committee", "KZ-10"), ("mayor", "")])
def test_the_database_refuses_a_desk_that_makes_no_sense(role: str, territory: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Desk.objects.create(id="odd", role=role, territory=territory)


def test_example_keys_are_noticed(desk: Desk) -> None:
    publish(desk, "first")
    assert not queries.has_example_keys()
    next_epoch(desk, desk_keys("example"), after=desk_keys("first"), example=True)
    assert queries.has_example_keys()


@pytest.fixture
def region(desk: Desk) -> Desk:
    """A region's desk without keys; the Ombudsman's has its first."""
    publish(desk, "first")
    return actions.create_desk("KZ-10", "region", "KZ-10", by=OPERATOR)


def signed_by(region: Desk, signing: DeskKeys) -> DeskEpoch:
    """The region's first epoch with somebody's signature under it."""
    new = desk_keys("region")
    voucher = vouched(region, 1, new, signing)
    return actions.publish_epoch(
        region,
        recipient=new.recipient.recipient,
        verify_key=new.verify_key,
        voucher=voucher,
        example=False,
        by=OPERATOR,
    )


def test_a_first_epoch_needs_the_ombudsman_s_signature(region: Desk) -> None:
    with pytest.raises(KeyRefused):
        signed_by(region, desk_keys("region"))
    assert queries.current_epoch("KZ-10") is None
    assert signed_by(region, desk_keys("first")).signed_by == "ombudsman/1"


def test_before_the_ombudsman_has_a_key_no_other_desk_opens() -> None:
    region = actions.create_desk("KZ-10", "region", "KZ-10", by=OPERATOR)
    with pytest.raises(KeyRefused):
        signed_by(region, desk_keys("region"))


def test_a_next_epoch_is_refused_without_the_signature_of_the_last(desk: Desk) -> None:
    publish(desk, "first")
    with pytest.raises(KeyRefused):
        publish(desk, "second")
    with pytest.raises(KeyRefused):
        publish(desk, "second", after="stranger")


def test_a_signature_is_for_one_epoch_of_one_desk(region: Desk) -> None:
    other = actions.create_desk("KZ-11", "region", "KZ-11", by=OPERATOR)
    new, voucher = desk_keys("region"), vouched(region, 1, desk_keys("region"), desk_keys("first"))
    with pytest.raises(KeyRefused):
        actions.publish_epoch(
            other,
            recipient=new.recipient.recipient,
            verify_key=new.verify_key,
            voucher=voucher,
            example=False,
            by=OPERATOR,
        )


def test_a_desk_is_in_the_directory_once_its_key_is_signed(region: Desk) -> None:
    def listed() -> list[str]:
        return [desk["id"] for desk in queries.region_directory("KZ-10")["desks"]]

    assert listed() == ["ombudsman"]
    signed_by(region, desk_keys("first"))
    assert listed() == ["KZ-10", "ombudsman"]
