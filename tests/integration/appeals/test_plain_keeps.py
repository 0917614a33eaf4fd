"""The plain form when something is wrong behind it: the words stay, a receipt is in no address, codes are shown as text."""

import re
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from balaqorgau import pack
from balaqorgau.appeals import actions, guesses, queries
from balaqorgau.appeals.models import Message, Thread
from balaqorgau.appeals.plain import quota, reading, sealing, typed
from balaqorgau.appeals.plain.quota import Quota
from balaqorgau.appeals.refusals import Refused
from balaqorgau.directory.models import DeskEpoch
from balaqorgau.kernel.signer import Signer
from balaqorgau.sealed import age, messages
from tests.factories.appeals import COMMITTEE, REGION, desk_keys, publish_desks

pytestmark = pytest.mark.django_db
TEXT = "Бұл <script>alert(1)</script> ' OR 1=1 -- {{ settings }} {% now %}"
SHOWN = "Бұл &lt;script&gt;alert(1)&lt;/script&gt; &#x27; OR 1=1 -- {{ settings }} {% now %}"
ALL = {"reasons": ["r01"], "about": ["parent"], "safe": "unsure", "age": "10_13", "who": "other", "school": "ABCD2345"}


@pytest.fixture(autouse=True)
def _desks(db: None) -> None:
    publish_desks()
    guesses.misses.forget()


def send(client: Client, **changes: Any) -> Any:
    """Fill in everything and press the button."""
    about = pack.current().about
    return client.post(
        "/plain/", {"language": "kk", "region": REGION, "text": TEXT, **ALL, "about": [about[0]], **changes}
    )


def read(client: Client, words: str, **more: str) -> Any:
    """Open the mailbox."""
    return client.post("/plain/answer/", {"language": "kk", "words": words, **more})


def receipt(client: Client) -> str:
    """The six words of a letter that arrived."""
    found = re.findall(r"<li><b>([^<]+)</b></li>", send(client, about=[]).content.decode())
    assert len(found) == 6
    return " ".join(found)


def check_kept(page: str, text: str = SHOWN) -> None:
    """Everything that was typed or marked is on the page again."""
    assert text in page
    assert 'value="ABCD2345"' in page
    assert f'<option value="{REGION}" selected>' in page
    marked = set(re.findall(r'value="([^"]+)" checked', page))
    assert marked == {"r01", pack.current().about[0], "unsure", "10_13", "other"}
    assert not Thread.objects.exists()


def away(*_arguments: Any, **_named: Any) -> Any:
    """A database that does not answer."""
    raise OperationalError("server closed the connection unexpectedly")


def full(*_arguments: Any, **_named: Any) -> Any:
    """A storage that is full."""
    raise Refused("storage_full", 503, seconds=30)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_language_switch_keeps_everything(client: Client, language: str) -> None:
    answer = send(client, switch=language)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()
    check_kept(answer.content.decode())


@pytest.mark.parametrize("trouble", [away, full], ids=["database away", "storage full"])
def test_trouble_behind_the_form_keeps_everything(
    client: Client, monkeypatch: pytest.MonkeyPatch, trouble: Any
) -> None:
    monkeypatch.setattr(sealing.intake, "take", trouble)
    answer = send(client)
    assert answer.status_code == 503
    assert pack.current().text("kk", "plain.error_trouble") in answer.content.decode()
    check_kept(answer.content.decode())


def test_a_desk_without_keys_keeps_everything(client: Client) -> None:
    DeskEpoch.objects.all().delete()
    answer = send(client)
    assert answer.status_code == 503
    assert pack.current().text("kk", "plain.error_closed") in answer.content.decode()
    check_kept(answer.content.decode())


def test_the_same_form_sent_twice_is_one_letter_with_one_receipt(client: Client) -> None:
    pages = [send(client, once="0123456789abcdef0123").content.decode() for _ in range(2)]
    assert Thread.objects.count() == 1
    assert len({tuple(re.findall(r"<li><b>(.+?)</b>", page)) for page in pages}) == 1
    other = send(client, once="0123456789abcdef0123", text="басқа хат").content.decode()
    assert Thread.objects.count() == 2
    assert re.findall(r"<li><b>(.+?)</b>", other) != re.findall(r"<li><b>(.+?)</b>", pages[0])


def test_every_form_that_is_shown_is_another_one(client: Client) -> None:
    shown = [re.search(r'name="once" value="([^"]{16,})"', client.get("/plain/").content.decode()) for _ in range(2)]
    assert shown[0]
    assert shown[1]
    assert shown[0][1] != shown[1][1]


def test_a_message_that_a_desk_spoilt_hides_none_of_the_others(client: Client) -> None:
    words, thread = receipt(client), Thread.objects.get()
    giver, last = desk_keys(REGION), thread.messages.get()
    payload = age.encrypt(bytes(4096), [desk_keys(COMMITTEE).recipient.recipient])
    signed = messages.message_bytes(
        commitment=thread.commitment,
        author=giver.author,
        sequence=1,
        previous=bytes(last.message_hash),
        digest=age.digest(payload),
        files=[],
    )
    letter = actions.Letter(giver.author, 1, bytes(last.message_hash), messages.sign(giver.signing, signed), payload)
    actions.add_message(thread, letter, verify_key=giver.verify_key, by=Signer("desk", REGION))
    page = read(client, words).content.decode()
    assert SHOWN in page
    assert pack.current().text("kk", "child.thread.spoilt") in page


def test_a_text_that_is_too_long_keeps_every_letter(client: Client) -> None:
    text = "ұ" * (typed.MAX_TEXT // 2 + 1)
    page = send(client, text=text).content.decode()
    assert pack.current().text("kk", "plain.error_long") in page
    check_kept(page, text)


def test_the_longest_text_that_is_taken_is_stored(client: Client) -> None:
    assert 'class="words"' in send(client, text="ұ" * (typed.MAX_TEXT // 2)).content.decode()
    assert Thread.objects.count() == 1


def test_the_words_that_open_a_mailbox_stay_when_it_cannot_be_opened(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = receipt(client)
    for place, name, broken in ((queries, "thread_at", away), (quota, "reading", Quota(a_minute=0))):
        with monkeypatch.context() as patch:
            patch.setattr(place, name, broken)
            answer = read(client, words)
        assert answer.status_code == 503
        assert f'value="{words}"' in answer.content.decode()
    assert SHOWN in read(client, words).content.decode()


@pytest.mark.parametrize("trouble", [away, full], ids=["database away", "storage full"])
def test_a_further_text_stays_when_it_cannot_be_stored(
    client: Client, monkeypatch: pytest.MonkeyPatch, trouble: Any
) -> None:
    words = receipt(client)
    monkeypatch.setattr(reading.actions, "add_message", trouble)
    page = read(client, words, act="write", text="және <b>тағы</b>").content.decode()
    assert 'spellcheck="false">және &lt;b&gt;тағы&lt;/b&gt;</textarea>' in page
    assert pack.current().text("kk", "plain.answer_sent") not in page
    assert Message.objects.count() == 1


def test_a_further_text_stays_when_the_thread_cannot_be_shown_either(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = receipt(client)
    monkeypatch.setattr(reading.actions, "add_message", away)
    monkeypatch.setattr(reading, "letters", away)
    answer = read(client, words, act="write", text="және тағы")
    assert answer.status_code == 503
    assert ">және тағы</textarea>" in answer.content.decode()
    assert f'value="{words}"' in answer.content.decode()
    monkeypatch.undo()
    assert ">және тағы</textarea>" in read(client, words, text="және тағы").content.decode()


def test_a_further_text_that_is_too_long_stays(client: Client) -> None:
    words, text = receipt(client), "ұ" * 40_000
    page = read(client, words, act="write", text=text).content.decode()
    assert text in page
    assert pack.current().text("kk", "plain.error_long") in page


@pytest.mark.parametrize("act", ["", "burn", "erase;drop"])
def test_an_act_that_there_is_not_only_reads(client: Client, act: str) -> None:
    words = receipt(client)
    assert SHOWN in read(client, words, act=act, text="x").content.decode()
    assert (Message.objects.count(), Thread.objects.get().erase_due) == (1, None)


def test_changing_the_language_of_the_mailbox_keeps_the_words_and_opens_nothing(client: Client) -> None:
    words = receipt(client)
    page = read(client, words, switch="ru").content.decode()
    assert f'value="{words}"' in page
    assert SHOWN not in page


def test_no_address_on_any_page_holds_a_word_or_a_number_of_a_receipt(client: Client) -> None:
    done = send(client, about=[]).content.decode()
    words = re.findall(r"<li><b>([^<]+)</b></li>", done)
    digits = re.findall(r'class="digits">([\d ]+)<', done)[0]
    pages = [done] + [
        read(client, typed, **more).content.decode()
        for typed in (" ".join(words), digits)
        for more in ({}, {"act": "erase"}, {"act": "withdraw"})
    ]
    addresses = {address for page in pages for address in re.findall(r'(?:href|src|action|formaction)="([^"]*)"', page)}
    assert addresses
    for address in addresses:
        assert not [secret for secret in (*words, digits, digits.replace(" ", "")) if secret in address], address
    assert not [page for page in pages if 'method="get"' in page or re.search(r"<form(?![^>]*method=\"post\")", page)]


def test_words_in_the_address_open_nothing(client: Client) -> None:
    words = receipt(client)
    answer = client.get("/plain/answer/", {"words": words})
    assert SHOWN not in answer.content.decode()
    assert words not in answer.content.decode()
