"""The mail server of the configuration: read, and explained when wrong; its password is never repeated."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from balaqorgau.kernel.mail import ADDRESS, MailServer

URL: Final = "BALAQORGAU_MAIL_URL"
SENDER: Final = "BALAQORGAU_MAIL_FROM"
FORM: Final = "smtp+tls://user:password@host:587"
PORTS: Final = {"smtp+tls": 587, "smtps": 465, "smtp": 25}
HERE: Final = ("localhost", "127.0.0.1", "::1")


def read(found: Mapping[str, str]) -> MailServer | None:
    """The server of values that have no problems; None when none is set."""
    if not found.get(URL):
        return None
    parts = urlsplit(found[URL])
    return MailServer(
        host=parts.hostname or "",
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parts.scheme == "smtps",
        starttls=parts.scheme == "smtp+tls",
        sender=found[SENDER],
    )


def problems(found: Mapping[str, str]) -> list[str]:
    """Why mail could not be sent with these values, one sentence each."""
    url, sender = found.get(URL, ""), found.get(SENDER, "")
    said = [bad_url(url) if url else "", bad_sender(sender) if url or sender else ""]
    if sender and not url:
        said.append(f"{SENDER} is set, but {URL} is not: write it as {FORM}.")
    return [problem for problem in said if problem]


def bad_sender(sender: str) -> str:
    """What is wrong with the sender's address."""
    good = ADDRESS.fullmatch(sender)
    return "" if good else f"{SENDER} must be the address that mail comes from, for example desk@balaqorgau.example."


def bad_url(url: str) -> str:
    """What is wrong with the server's address; it is not repeated, for it holds a password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return f"{URL} cannot be read: write it as {FORM}, other characters of a password as %XX."
    if parts.scheme not in PORTS:
        return f"{URL} begins with {parts.scheme or 'nothing'}://, but must begin with one of: {', '.join(PORTS)}."
    if not parts.hostname or port == 0 or parts.path.strip("/") or parts.query or parts.fragment:
        return f"{URL} does not say which host and port, and nothing else: write it as {FORM}, with %XX in a password."
    return bad_secret(parts)


def bad_secret(parts: SplitResult) -> str:
    """A password without a user, or one that would cross the network readable."""
    if bool(parts.username) != bool(parts.password):
        return f"{URL} lacks the user or the password: write both or none."
    if parts.scheme == "smtp" and parts.hostname not in HERE:
        return f"{URL} begins with smtp://, which nobody encrypts: only for a server on this machine, else smtp+tls or smtps."
    return ""
