"""News at once or at fixed hours, and one mail on quiet days."""

from datetime import timedelta

import pytest
from django.test import Client

from balaqorgau.appeals.models import Message
from balaqorgau.kernel.ids import new_id
from balaqorgau.waking import actions, news
from balaqorgau.waking.models import Notice, Postbox
from tests.factories.appeals import COMMITTEE, REGION
from tests.integration.desk.office import hired
from tests.integration.waking.conftest import Wall, send
from tests.integration.waking.mailman import Mailman
from tests.integration.waking.people import mail_of, together, with_mail

pytestmark = pytest.mark.django_db
SUBJECTS = {"something came to the desk": "news", "nothing new": "quiet", "open the desk now": "alarm"}


def got(man: Mailman, name: str = "aigul") -> list[str]:
    """What kinds of mail somebody got, in order."""
    return [SUBJECTS[mail.mail["Subject"].partition(": ")[2]] for mail in man.to(mail_of(name))]


def test_at_once_means_within_minutes_and_what_follows_is_gathered(wall: Wall, man: Mailman, client: Client) -> None:
    with_mail("aigul", REGION, rhythm="once")
    wall.pass_by(minutes=1)
    send(client, safe="yes")
    wall.sweep(minutes=1)
    assert got(man) == ["news"]
    for _ in range(4):
        send(client, safe="yes")
        wall.sweep(minutes=2)
    assert got(man) == ["news"]
    wall.sweep(minutes=2)
    assert got(man) == ["news", "news"]
    assert "at your desk: 4." in man.kept[-1].text
    wall.sweep(minutes=30)
    assert len(man.kept) == 2


def test_what_has_just_come_waits_for_the_next_sweep(wall: Wall, man: Mailman, client: Client) -> None:
    with_mail("aigul", REGION, rhythm="once")
    wall.pass_by(minutes=2)
    send(client, safe="yes")
    wall.sweep(seconds=59)
    assert man.kept == []
    wall.sweep(seconds=1)
    assert got(man) == ["news"]


def test_a_letter_of_the_child_is_news_too_and_the_desk_s_own_is_not(wall: Wall, man: Mailman, client: Client) -> None:
    thread = send(client, safe="yes")
    wall.pass_by(minutes=5)
    with_mail("aigul", REGION, rhythm="once")
    wall.pass_by(minutes=1)
    first = Message.objects.get(thread=thread)
    for sequence, author in ((1, "child"), (2, f"desk/{REGION}/1"), (3, "child")):
        first.pk, first.sequence, first.author, first.at = new_id(), sequence, author, wall.now
        first.save(force_insert=True)
    wall.sweep(minutes=2)
    assert "at your desk: 2." in man.kept[-1].text


def test_another_desk_s_news_is_no_news(wall: Wall, man: Mailman, client: Client) -> None:
    with_mail("dana", COMMITTEE, rhythm="once")
    wall.pass_by(minutes=1)
    send(client, safe="yes")
    wall.sweep(minutes=10)
    assert man.kept == []


def test_what_came_before_the_address_was_confirmed_is_not_told(wall: Wall, man: Mailman, client: Client) -> None:
    send(client, safe="yes")
    wall.pass_by(minutes=1)
    with_mail("aigul", REGION, rhythm="once")
    wall.sweep(minutes=10)
    assert man.kept == []


def test_a_digest_comes_at_the_pack_s_hours_on_the_country_s_clock(wall: Wall, man: Mailman, client: Client) -> None:
    with_mail("aigul", REGION, rhythm="digest")
    wall.pass_by(minutes=30)  # 15:30 on the wall
    send(client, safe="yes")
    send(client, safe="yes")
    wall.sweep(hours=2, minutes=30)  # 18:00
    assert man.kept == []
    wall.sweep(minutes=1)
    assert got(man) == ["news"]
    assert "at your desk: 2." in man.kept[-1].text
    wall.sweep(minutes=30)
    assert len(man.kept) == 1


def test_only_alarms_means_no_news(wall: Wall, man: Mailman, client: Client) -> None:
    with_mail("aigul", REGION, rhythm="alarms")
    send(client, safe="yes")
    wall.sweep(hours=6)
    assert man.kept == []


def test_changing_the_rhythm_does_not_bring_back_the_past(wall: Wall, man: Mailman, client: Client) -> None:
    officer = with_mail("aigul", REGION, rhythm="alarms")
    send(client, safe="yes")
    wall.pass_by(minutes=5)
    actions.choose_rhythm(officer, "once")
    wall.sweep(minutes=5)
    assert man.kept == []


@pytest.mark.parametrize("rhythm", ["once", "digest", "alarms"])
def test_a_quiet_day_brings_one_mail_at_its_hour(wall: Wall, man: Mailman, rhythm: str) -> None:
    with_mail("aigul", REGION, rhythm=rhythm)
    wall.sweep(hours=17, minutes=59)  # 8:59 on the wall
    assert man.kept == []
    wall.sweep(minutes=1)
    wall.sweep(minutes=1)
    assert got(man) == ["quiet"]
    wall.sweep(hours=24)
    assert got(man) == ["quiet", "quiet"]


def test_a_day_with_news_has_no_mail_that_says_that_there_was_nothing(wall: Wall, man: Mailman, client: Client) -> None:
    with_mail("aigul", REGION, rhythm="once")
    wall.pass_by(hours=1)
    send(client, safe="yes")
    for _ in range(20):
        wall.sweep(hours=1)
    assert got(man) == ["news"]
    wall.sweep(hours=24)
    assert got(man) == ["news", "quiet"]


def test_days_on_which_no_sweep_ran_are_not_told_afterwards(wall: Wall, man: Mailman) -> None:
    with_mail("aigul", REGION)
    wall.sweep(days=5)
    wall.sweep(minutes=1)
    assert got(man) == ["quiet"]


def test_a_sweep_that_is_behind_does_not_bring_back_what_was_told(wall: Wall, man: Mailman, client: Client) -> None:
    behind = with_mail("aigul", REGION, rhythm="once").postbox
    wall.pass_by(minutes=1)
    send(client, safe="yes")
    assert news.tell_news(behind, now=wall.now + timedelta(minutes=5))
    Notice.objects.all().delete()
    assert not news.tell_news(behind, now=wall.now + timedelta(minutes=4))
    assert not news.tell_news(Postbox.objects.get(), now=wall.now + timedelta(minutes=6))
    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_tell_once(wall: Wall, man: Mailman, client: Client) -> None:
    with_mail("aigul", REGION, rhythm="once")
    wall.pass_by(hours=18)
    send(client, safe="yes")
    wall.pass_by(minutes=2)
    together(wall.sweep)
    assert got(man) == ["news"]
    wall.pass_by(days=2)
    together(wall.sweep)
    assert got(man) == ["news", "quiet"]


def test_officers_without_a_confirmed_address_get_nothing(wall: Wall, man: Mailman, client: Client) -> None:
    hired("serik", REGION)
    send(client)
    wall.sweep(days=2)
    assert man.kept == []
