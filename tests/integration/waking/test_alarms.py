"""A child who is not safe and whom nobody reads wakes people, desk after desk, until somebody opens what it wrote."""

from datetime import timedelta

import pytest
from django.test import Client

from balaqorgau import pack
from balaqorgau.accounts import actions as accounts
from balaqorgau.accounts.models import Membership, Officer
from balaqorgau.appeals import actions as appeals
from balaqorgau.appeals import mailbox
from balaqorgau.appeals.models import Event, Thread
from balaqorgau.directory.models import Desk
from balaqorgau.kernel.signer import OPERATOR, Signer
from balaqorgau.waking import actions, alarms, queries
from balaqorgau.waking.models import ALARM, Duty, Notice
from tests.factories.appeals import COMMITTEE, OMBUDSMAN, REGION
from tests.integration.waking.conftest import Wall, send
from tests.integration.waking.mailman import Mailman
from tests.integration.waking.people import mail_of, together, with_mail

pytestmark = pytest.mark.django_db


def alerts(thread: Thread) -> list[str]:
    """Whom the alarms of a thread woke: desk and number of people, in order."""
    return [event.detail for event in Event.objects.filter(thread=thread, kind="alerted")]


def woken(man: Mailman) -> list[str]:
    """Who got mail, in order."""
    return [mail.to.partition("@")[0] for mail in man.kept]


def test_the_pack_says_after_how_many_minutes() -> None:
    assert (pack.current().waking.unopened_minutes, pack.current().waking.next_minutes) == (15, 15)


def test_nobody_is_woken_before_the_time_and_the_desk_is_at_it(wall: Wall, man: Mailman, client: Client) -> None:
    with_mail("aigul", REGION)
    with_mail("outsider", "KZ-11")
    thread = send(client)
    assert wall.sweep(minutes=14, seconds=59).alarms == 0
    assert man.kept == []
    assert wall.sweep(seconds=1).alarms == 1
    assert woken(man) == ["aigul"]
    assert alerts(thread) == [f"{REGION} 1"]


def test_an_alarm_is_written_by_the_custodian_and_kept_as_a_notice(wall: Wall, man: Mailman, client: Client) -> None:
    officer = with_mail("aigul", REGION)
    thread = send(client)
    wall.sweep(minutes=15)
    event = Event.objects.get(thread=thread, kind="alerted")
    assert (event.by, event.at, bytes(event.signature)) == ("custodian:committee", wall.now, b"")
    notice = Notice.objects.get(officer=officer)
    assert (notice.kind, notice.count, notice.sent_at, notice.reason) == (ALARM, 1, wall.now, "")


@pytest.mark.parametrize("safe", ["yes", "unsure", ""])
def test_other_answers_wake_nobody(wall: Wall, man: Mailman, client: Client, safe: str) -> None:
    with_mail("aigul", REGION)
    send(client, safe=safe)
    assert wall.sweep(hours=3).alarms == 0
    assert man.kept == []


def test_the_next_desk_follows_in_the_order_the_child_named_and_then_all_again(
    wall: Wall, man: Mailman, client: Client
) -> None:
    for name, desk in (("aigul", REGION), ("serik", OMBUDSMAN), ("dana", COMMITTEE)):
        with_mail(name, desk)
    thread = send(client, desks=(OMBUDSMAN, REGION))
    for minutes in (15, 14, 1, 15, 44, 1, 60):
        wall.sweep(minutes=minutes)
    assert alerts(thread) == [f"{OMBUDSMAN} 1", f"{REGION} 1", f"{OMBUDSMAN} 1", f"{REGION} 1"]
    assert woken(man) == ["serik", "aigul", "serik", "aigul"]


def test_it_ends_when_a_desk_opens_it(wall: Wall, man: Mailman, client: Client) -> None:
    with_mail("aigul", REGION)
    thread = send(client)
    wall.sweep(minutes=15)
    appeals.open_thread(thread, by=Signer("desk", f"{REGION}/1"), detail=f"{REGION}/1", signature=bytes(64))
    assert wall.sweep(days=2).alarms == 0
    assert len(alerts(thread)) == 1


def test_it_ends_when_the_child_takes_it_back(wall: Wall, man: Mailman, client: Client) -> None:
    with_mail("aigul", REGION)
    thread = send(client)
    Thread.objects.filter(pk=thread.pk).update(erase_due=wall.now + timedelta(days=14))
    assert wall.sweep(minutes=15).alarms == 0
    assert man.kept == []
    assert queries.late(now=wall.now) == 0


def test_at_night_and_on_a_holiday_it_is_the_same(wall: Wall, man: Mailman, client: Client) -> None:
    with_mail("aigul", REGION)
    wall.pass_by(days=20, hours=11)  # 2 o'clock at night, Nauryz
    send(client)
    wall.sweep(minutes=15)
    assert woken(man)[-1] == "aigul"
    assert "open the desk now" in man.kept[-1].mail["Subject"]


def test_those_on_duty_are_woken_and_not_the_others(wall: Wall, man: Mailman, client: Client) -> None:
    with_mail("aigul", REGION)
    actions.set_duty(with_mail("serik", REGION), REGION, on=True)
    send(client)
    wall.sweep(minutes=15)
    assert woken(man) == ["serik"]


def test_when_those_on_duty_have_no_mail_everybody_of_the_desk_is_woken(
    wall: Wall, man: Mailman, client: Client
) -> None:
    with_mail("aigul", REGION)
    on_duty = with_mail("serik", REGION)
    actions.set_duty(on_duty, REGION, on=True)
    actions.forget_address(on_duty)
    with_mail("dana", REGION)
    send(client)
    wall.sweep(minutes=15)
    assert woken(man) == ["aigul", "dana"]


def test_whoever_left_the_desk_is_woken_no_longer(wall: Wall, man: Mailman, client: Client) -> None:
    gone = with_mail("serik", REGION)
    actions.set_duty(gone, REGION, on=True)
    accounts.leave(gone, Desk.objects.get(pk=REGION), by=OPERATOR)
    Officer.objects.filter(pk=with_mail("dana", REGION).pk).update(is_active=False)
    thread = send(client)
    wall.sweep(minutes=15)
    assert man.kept == []
    assert alerts(thread) == [f"{REGION} 0"]


def test_whoever_left_and_comes_back_is_not_on_duty(wall: Wall, man: Mailman) -> None:
    officer, desk = with_mail("serik", REGION), Desk.objects.get(pk=REGION)
    actions.set_duty(officer, REGION, on=True)
    accounts.leave(officer, desk, by=OPERATOR)
    wall.sweep(minutes=1)
    Membership.objects.create(officer=officer, desk=desk, since=wall.now)
    assert queries.duty_of(officer) == ()
    assert Duty.objects.get().until == wall.now


def test_many_appeals_at_once_are_one_mail_with_their_number(wall: Wall, man: Mailman, client: Client) -> None:
    with_mail("aigul", REGION)
    for _ in range(3):
        send(client)
    assert wall.sweep(minutes=16).alarms == 3
    (mail,) = man.to(mail_of("aigul"))
    assert "at your desk: 3." in mail.text


def test_a_second_sweep_at_the_same_moment_does_nothing(wall: Wall, man: Mailman, client: Client) -> None:
    with_mail("aigul", REGION)
    thread = send(client)
    wall.sweep(minutes=15)
    wall.sweep()
    assert len(alerts(thread)) == len(man.kept) == 1


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_raise_one_alarm_and_send_one_mail(wall: Wall, man: Mailman, client: Client) -> None:
    with_mail("aigul", REGION)
    thread = send(client)
    wall.pass_by(minutes=15)
    together(wall.sweep)
    assert alerts(thread) == [f"{REGION} 1"]
    assert woken(man) == ["aigul"]


def test_the_child_is_not_told_of_alarms(wall: Wall, man: Mailman, client: Client) -> None:
    thread = send(client)
    wall.sweep(minutes=15)
    assert len(alerts(thread)) == 1
    assert alarms.ALERTED not in str(mailbox.whole(thread))
