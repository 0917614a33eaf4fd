"""Handing mails to the server, and what its refusals mean in one word each."""

import smtplib
import ssl
from datetime import datetime

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from balaqorgau.pack import MissingText
from balaqorgau.waking import outbox, server
from balaqorgau.waking.letters import TooLong, letter
from balaqorgau.waking.models import CODE, Notice, Postbox

REASONS = ("unset", "unreachable", "timeout", "tls", "sign-in", "address", "refused", "later", "pack")
OF_THE_SERVER = REASONS[:5]
"""What would happen to every other mail too."""


def connection() -> EmailBackend:
    """A connection that is not open yet."""
    found = server.named()
    return EmailBackend(
        host=found.host,
        port=found.port,
        username=found.user,
        password=found.password,
        use_tls=found.starttls,
        use_ssl=found.tls,
        timeout=settings.MAIL_TIMEOUT,
    )


def trouble() -> str:
    """Why the server cannot be used now: a code, empty when it can."""
    if not server.is_named():
        return "unset"
    line = connection()
    try:
        line.open()
    except (OSError, smtplib.SMTPException) as error:
        return reason_of(error)
    finally:
        hang_up(line)
    return ""


def hang_up(line: EmailBackend) -> None:
    """End a connection; it does not matter how."""
    try:
        line.close()
    except (OSError, smtplib.SMTPException):
        line.connection = None


def send_due(*, now: datetime) -> tuple[int, int]:
    """Send what waits: how many went, how many did not. A server that is away is asked once, not once for each mail."""
    results, away, line = [], "", None
    for notice in outbox.due(now=now):
        if line is None and not away:
            line, away = dial()
        reason = away or deliver(line, notice)
        away = reason if reason in OF_THE_SERVER else ""
        outbox.failed(notice, reason, now=now) if reason else outbox.sent(notice, now=now)
        results.append(not reason)
    if line is not None:
        hang_up(line)
    return sum(results), results.count(False)


def dial() -> tuple[EmailBackend | None, str]:
    """An open connection, or the reason why there is none."""
    if not server.is_named():
        return None, "unset"
    line = connection()
    try:
        line.open()
    except (OSError, smtplib.SMTPException) as error:
        return line, reason_of(error)
    return line, ""


def deliver(line: EmailBackend | None, notice: Notice) -> str:
    """Send one mail; the reason as a code when it could not be."""
    box = Postbox.objects.filter(officer=notice.officer).first()
    if line is None or box is None or not (box.asked if notice.kind == CODE else box.address):
        return "address"
    try:
        line.send_messages([letter(notice, box)])
    except (TooLong, MissingText):
        return "pack"
    except (OSError, smtplib.SMTPException) as error:
        hang_up(line)
        return reason_of(error)
    return ""


def reason_of(error: Exception) -> str:
    """One word for a failure; what the server said with it may repeat addresses, and is not kept."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return by_number(min(code for code, _ in error.recipients.values()), "address")
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "sign-in"
    if isinstance(error, smtplib.SMTPResponseException):
        return by_number(error.smtp_code, "refused")
    if isinstance(error, (ssl.SSLError, smtplib.SMTPNotSupportedError)):
        return "tls"
    return "timeout" if TimeoutError in (type(error), type(error.__context__)) else "unreachable"


def by_number(code: int, permanent: str) -> str:
    """A server's number: 4xx means later."""
    return "later" if 400 <= code < 500 else permanent
