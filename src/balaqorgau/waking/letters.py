"""What a mail says: a count, the desk's address, nothing else; every mail has the same number of bytes."""

from base64 import encodebytes
from email.utils import format_datetime
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from balaqorgau import pack
from balaqorgau.kernel import clock
from balaqorgau.kernel.ids import new_id
from balaqorgau.waking import server
from balaqorgau.waking.codes import DIGITS, code_for
from balaqorgau.waking.models import CODE, Notice, Postbox

SIZE: Final = 4096
"""Bytes of every mail, from its first header to its last line, as it leaves."""


class TooLong(Exception):
    """A pack's text makes a mail longer than all mails are."""


class Padded(EmailMessage):
    """A mail of exactly SIZE bytes: empty lines after the text, which nobody sees."""

    def message(self, **options: Any) -> Any:
        made: Any = super().message(**options)
        made.replace_header("Content-Transfer-Encoding", "base64")
        made.set_payload(self.encoded())
        missing = SIZE - len(as_sent(made))
        if missing < 0:
            raise TooLong(f"{-missing} bytes")
        made.set_payload(made.get_payload() + " " * (missing % 2) + "\n" * (missing // 2))
        return made

    def encoded(self) -> str:
        """The text as base64 in lines."""
        return encodebytes(str(self.body).encode("utf-8")).decode("ascii")


def as_sent(message: Any) -> bytes:
    """The bytes that the server is given."""
    return bytes(message.as_bytes(linesep="\r\n"))


def letter(notice: Notice, box: Postbox) -> Padded:
    """The mail of a notice, in the officer's language."""
    language = pack.current().best_language(notice.officer.language)
    to = box.asked if notice.kind == CODE else box.address
    return Padded(
        subject=pack.current().text(language, f"waking.subject.{notice.kind}"),
        body=body(notice, box, language),
        from_email=server.named().sender,
        to=[to],
        headers=headers(),
    )


def body(notice: Notice, box: Postbox, language: str) -> str:
    """The words: the same frame for all, a count in digits, the way to the desk."""
    say = pack.current().text
    values = {"n": notice.count, "code": code_for(box) if notice.kind == CODE else "0" * DIGITS}
    said = say(language, f"waking.mail.{notice.kind}", **values)
    return f"{said}\n\n{settings.ORIGIN}{reverse('desk:console')}\n\n{say(language, 'waking.mail.foot')}\n"


def headers() -> dict[str, str]:
    """Headers that do not name the machine, and that no robot answers."""
    domain = server.named().sender.rpartition("@")[2]
    return {
        "Message-ID": f"<{new_id().hex}@{domain}>",
        "Date": format_datetime(clock.now()),
        "Auto-Submitted": "auto-generated",
    }
