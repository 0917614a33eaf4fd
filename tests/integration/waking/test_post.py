"""What a mail says and does not say, and a server that refuses: every failure is kept, tried again and shown."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from balaqorgau import pack
from balaqorgau.accounts.models import Officer
from balaqorgau.appeals.models import Event, Thread
from balaqorgau.kernel.ids import b64
from balaqorgau.pack import MissingText
from balaqorgau.waking import actions, codes, outbox, post, queries
from balaqorgau.waking.letters import SIZE
from balaqorgau.waking.models import Notice, Postbox
from tests.factories.appeals import REGION
from tests.integration.desk.office import hired
from tests.integration.waking.conftest import Wall, send
from tests.integration.waking.mailman import SENDER, Mailman
from tests.integration.waking.people import mail_of, with_mail

pytestmark = pytest.mark.django_db


def everything(wall: Wall, client: Client, language: str) -> Thread:
    """One officer gets every kind of mail."""
    officer = with_mail("aigul", REGION, rhythm="once", language=language)
    wall.pass_by(minutes=1)
    thread = send(client)
    wall.sweep(minutes=1)
    wall.sweep(minutes=15)
    actions.ask_address(officer, "a-much-longer-name.of.somebody@another-office.desk.example")
    wall.sweep(minutes=1)
    wall.sweep(days=3)
    return thread


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_all_mails_are_of_one_size_and_say_nothing(wall: Wall, man: Mailman, client: Client, language: str) -> None:
    thread = everything(wall, client, language)
    assert len({mail.mail["Subject"] for mail in man.kept}) == 4
    assert {len(mail.data) for mail in man.kept} == {SIZE}
    for mail in man.kept:
        whole = mail.data.decode("ascii") + mail.text
        for word in (str(thread.pk), b64(thread.commitment), REGION, "Officer aigul", "aigul\n"):
            assert word not in whole
        assert "http://testserver/desk/" in mail.text
        assert mail.mail["From"] == SENDER


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("kind", ["alarm", "news", "heartbeat", "code"])
def test_every_kind_has_words_that_fit(wall: Wall, man: Mailman, language: str, kind: str) -> None:
    officer = with_mail("aigul", REGION, language=language)
    outbox.put(officer, kind, 1000, now=wall.now)
    if kind == "code":
        Postbox.objects.filter(officer=officer).update(asked=mail_of("aigul"), nonce=b"n" * 16)
    assert wall.sweep().mails == 1
    (mail,) = man.kept
    assert len(mail.data) == SIZE
    assert mail.mail["Subject"].strip() == pack.current().text(language, f"waking.subject.{kind}")


def test_a_mail_names_no_machine_and_wants_no_answer_from_robots(wall: Wall, man: Mailman) -> None:
    import socket

    with_mail("aigul", REGION)
    wall.sweep(days=1)
    (mail,) = man.kept
    assert socket.getfqdn() not in mail.mail["Message-ID"] or socket.getfqdn() in SENDER
    assert mail.mail["Message-ID"].endswith("@balaqorgau.example>")
    assert mail.mail["Auto-Submitted"] == "auto-generated"
    assert set(mail.mail.keys()) == {
        "Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Message-ID", "Date",
        "Auto-Submitted",
    }  # fmt: skip


def closed(man: Mailman, settings: object) -> None:
    settings.MAIL = Mailman(port=9).config()  # type: ignore[attr-defined]


def silent(man: Mailman, settings: object) -> None:
    man.silent, settings.MAIL_TIMEOUT = True, 0.2  # type: ignore[attr-defined]


def without_tls(man: Mailman, settings: object) -> None:
    settings.MAIL = man.config(starttls=True)  # type: ignore[attr-defined]


def tls_from_the_start(man: Mailman, settings: object) -> None:
    settings.MAIL = man.config(tls=True)  # type: ignore[attr-defined]


def wrong_password(man: Mailman, settings: object) -> None:
    man.says["AUTH"] = "535 no"
    settings.MAIL = man.config(user="desk", password="wrong")  # type: ignore[attr-defined]


def no_such_person(man: Mailman, settings: object) -> None:
    man.says["RCPT"] = "550 no such person"


def grey(man: Mailman, settings: object) -> None:
    man.says["RCPT"] = "451 later"


def not_from_you(man: Mailman, settings: object) -> None:
    man.says["MAIL"] = "553 not from you"


def rubbish(man: Mailman, settings: object) -> None:
    man.says["DATA"] = "554 rubbish"


def unset(man: Mailman, settings: object) -> None:
    settings.MAIL = None  # type: ignore[attr-defined]


Spoil = Callable[[Mailman, object], None]
FAILURES: list[tuple[Spoil, str]] = [
    (closed, "unreachable"), (silent, "timeout"), (without_tls, "tls"), (tls_from_the_start, "tls"),
    (wrong_password, "sign-in"), (no_such_person, "address"), (grey, "later"), (not_from_you, "refused"),
    (rubbish, "refused"), (unset, "unset"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "reason"), FAILURES)
def test_a_failure_is_kept_as_a_code_tried_again_and_forgotten_when_it_works(
    wall: Wall, man: Mailman, settings: object, spoil: Spoil, reason: str
) -> None:
    officer, good = with_mail("aigul", REGION), settings.MAIL  # type: ignore[attr-defined]
    spoil(man, settings)
    assert wall.sweep(days=1).undelivered == 1
    notice = Notice.objects.get()
    assert (notice.reason, notice.tries, notice.sent_at) == (reason, 1, None)
    assert queries.standing(officer).own == reason
    assert queries.failing() == {reason: 1}
    man.says.clear()
    man.silent, settings.MAIL, settings.MAIL_TIMEOUT = False, good, 5  # type: ignore[attr-defined]
    assert wall.sweep(minutes=1, seconds=59) == wall.sweep()
    assert not man.kept
    assert wall.sweep(seconds=1).mails == 1
    assert queries.standing(officer).own == ""
    assert queries.failing() == {}


def test_pauses_grow_but_an_alarm_never_waits_long(wall: Wall, man: Mailman, client: Client) -> None:
    found = [outbox.pause("news", tries) for tries in range(9)]
    assert found == sorted(found)
    assert found[-1] > 100 * found[0]
    assert max(outbox.pause("alarm", tries) for tries in range(9)) == outbox.ALARM_PAUSE


def test_news_that_could_not_be_delivered_for_days_is_dropped_and_still_shown(
    wall: Wall, man: Mailman, settings: object
) -> None:
    officer = with_mail("aigul", REGION)
    man.says["RCPT"] = "550 no such person"
    wall.sweep(days=1)
    tries = 0
    for _ in range(60):
        tries += wall.sweep(hours=1).undelivered
    first = Notice.objects.filter(officer=officer).earliest("made_at")
    assert first.dropped_at is not None
    assert first.tries < 15
    assert queries.standing(officer).own == "address"


def test_a_server_that_is_away_is_asked_once_a_sweep_and_not_once_for_each_officer(
    wall: Wall, man: Mailman, settings: object
) -> None:
    for number in range(5):
        with_mail(f"officer{number}", REGION)
    man.says["AUTH"] = "535 no"
    settings.MAIL = man.config(user="desk", password="wrong")  # type: ignore[attr-defined]
    assert wall.sweep(days=1).undelivered == 5
    assert man.calls == 1


def test_one_refused_address_does_not_keep_others_from_their_mail(wall: Wall, man: Mailman) -> None:
    for number in range(3):
        with_mail(f"officer{number}", REGION)
    bad = Officer.objects.get(username="officer0")
    Postbox.objects.filter(officer=bad).update(address="")
    outbox.put(bad, "news", 1, now=wall.now)
    done = wall.sweep(days=1)
    assert (done.mails, done.undelivered) == (2, 1)


def test_a_sweep_that_died_while_sending_is_made_up_for(wall: Wall, man: Mailman) -> None:
    officer = with_mail("aigul", REGION)
    outbox.put(officer, "news", 1, now=wall.now)
    (taken,) = outbox.due(now=wall.now)
    assert wall.sweep().mails == 0
    assert wall.sweep(minutes=2).mails == 1
    assert taken.tries == 1


def test_a_failure_is_shown_to_the_desk_and_not_to_others(wall: Wall, man: Mailman) -> None:
    with_mail("aigul", REGION)
    colleague, _ = hired("serik", REGION)
    outsider, _ = hired("dana", "KZ-11")
    wall.sweep(days=1)
    assert queries.standing(colleague).colleagues == 0
    man.says["RCPT"] = "550 no such person"
    wall.sweep(days=1)
    assert queries.standing(colleague).colleagues == 1
    assert queries.standing(outsider).colleagues == 0


def test_metrics_count_what_waits_and_who_is_not_reached(wall: Wall, man: Mailman, client: Client) -> None:
    with_mail("aigul", REGION)
    send(client)
    man.says["RCPT"] = "550 no such person"
    wall.sweep(minutes=15)
    page = client.get("/metrics").content.decode()
    assert "balaqorgau_mails_waiting 1.0" in page
    assert 'balaqorgau_officers_unreached{why="address"} 1.0' in page
    assert "balaqorgau_alarms 1.0" in page
    assert "desk.example" not in page


def test_old_mails_are_forgotten(wall: Wall, man: Mailman) -> None:
    with_mail("aigul", REGION)
    wall.sweep(days=1)
    wall.pass_by(days=91)
    wall.sweep()
    assert Notice.objects.filter(made_at__lt=wall.now - outbox.KEPT).count() == 0


def test_an_alarm_that_is_an_hour_late_wakes_nobody_for_what_is_done(wall: Wall, man: Mailman, client: Client) -> None:
    with_mail("aigul", REGION)
    thread = send(client)
    man.says["RCPT"] = "451 later"
    wall.sweep(minutes=15)
    Event.objects.create(thread=thread, kind="opened", at=wall.now, by="desk:x", detail=f"{REGION}/1")
    for _ in range(13):
        wall.sweep(minutes=5)
    man.says.clear()
    wall.sweep(minutes=5)
    assert man.kept == []
    assert queries.waiting() == 0


@pytest.mark.parametrize("fault", ["missing", "long"])
def test_a_pack_without_fitting_words_is_told_and_stops_no_other_mail(
    wall: Wall, man: Mailman, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    with_mail("aigul", REGION)
    outbox.put(with_mail("serik", REGION, language="ru"), "news", 1, now=wall.now)
    said = pack.current().text

    def text(language: str, key: str, **values: object) -> str:
        if key == "waking.mail.news" and fault == "missing":
            raise MissingText(key)
        return "x" * 4000 if key == "waking.mail.news" else said(language, key, **values)

    monkeypatch.setattr(type(pack.current()), "text", lambda _, *args, **values: text(*args, **values))
    wall.sweep(days=1)
    assert Notice.objects.get(kind="news").reason == "pack"
    assert [mail.to for mail in man.kept if mail.to == mail_of("aigul")]


def test_mail_that_no_sweep_takes_is_told(wall: Wall, man: Mailman) -> None:
    officer = with_mail("aigul", REGION)
    outbox.put(officer, "news", 1, now=wall.now)
    wall.pass_by(minutes=10)
    assert not queries.standing(officer).stalled
    wall.pass_by(seconds=1)
    assert queries.standing(officer).stalled
    wall.sweep()
    assert not queries.standing(officer).stalled


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_reason_has_words(language: str) -> None:
    assert all(pack.current().text(language, f"waking.reason.{reason}") for reason in post.REASONS)


def test_the_code_is_kept_nowhere(wall: Wall, man: Mailman) -> None:
    officer, _ = hired("aigul", REGION)
    actions.ask_address(officer, mail_of("aigul"))
    assert wall.sweep().mails == 1
    code = re.search(r"\b\d{8}\b", man.kept[0].text)
    assert code
    box = Postbox.objects.get()
    assert code[0] == codes.code_for(box)
    assert code[0] not in repr(list(Postbox.objects.values())) + repr(list(Notice.objects.values()))
