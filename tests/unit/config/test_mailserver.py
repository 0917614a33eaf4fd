"""The mail server's address is read or explained; its password is never repeated."""

import pytest

from balaqorgau import mailserver

SENDER = "desk@balaqorgau.example"
SECRET = "s3cr%2Ft"


def said(url: str, sender: str = SENDER) -> list[str]:
    """What is wrong with these two."""
    return mailserver.problems({mailserver.URL: url, mailserver.SENDER: sender})


@pytest.mark.parametrize(
    ("url", "port", "tls", "starttls"),
    [
        ("smtp+tls://desk:s3cr%2Ft@mail.example:2525", 2525, False, True),
        ("smtp+tls://desk:s3cr%2Ft@mail.example", 587, False, True),
        ("smtps://desk:s3cr%2Ft@mail.example", 465, True, False),
        ("smtp://desk:s3cr%2Ft@localhost", 25, False, False),
    ],
)
def test_an_address_says_how_to_connect(url: str, port: int, tls: bool, starttls: bool) -> None:
    assert said(url) == []
    found = mailserver.read({mailserver.URL: url, mailserver.SENDER: SENDER})
    assert found
    assert (found.port, found.tls, found.starttls) == (port, tls, starttls)
    assert (found.user, found.password, found.sender) == ("desk", "s3cr/t", SENDER)


def test_no_server_is_no_fault_of_the_form() -> None:
    assert mailserver.problems({}) == []
    assert mailserver.read({}) is None


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (f"http://desk:{SECRET}@mail.example", "begins with http://"),
        (f"desk:{SECRET}@mail.example", "begins with desk://"),
        (f"smtps://desk:{SECRET}@", "which host"),
        (f"smtps://desk:{SECRET}@mail.example:0", "which host"),
        (f"smtps://desk:{SECRET}@mail.example/{SECRET}", "which host"),
        (f"smtps://desk:{SECRET}@mail.example:many", "cannot be read"),
        ("smtps://desk@mail.example", "lacks the user or the password"),
        (f"smtp://desk:{SECRET}@mail.example", "nobody encrypts"),
    ],
)
def test_what_is_wrong_is_said_without_the_password(url: str, words: str) -> None:
    (sentence,) = said(url)
    assert words in sentence
    assert SECRET not in sentence


@pytest.mark.parametrize("sender", ["", "desk", "desk@", "Desk <desk@mail.example>", "a@b\nBcc: c@d"])
def test_a_sender_must_be_a_bare_address(sender: str) -> None:
    (sentence,) = said("smtps://mail.example", sender)
    assert "BALAQORGAU_MAIL_FROM must be" in sentence


def test_a_sender_without_a_server_is_said() -> None:
    (sentence,) = said("")
    assert "BALAQORGAU_MAIL_URL is not" in sentence


def test_a_server_that_is_printed_does_not_show_its_password() -> None:
    found = mailserver.read({mailserver.URL: f"smtps://desk:{SECRET}@mail.example", mailserver.SENDER: SENDER})
    assert "s3cr" not in repr(found)
