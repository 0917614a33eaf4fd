"""The header of an age file, read and written strictly. Source: C2SP age v1."""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from typing import Final

VERSION: Final = b"age-encryption.org/v1\n"
MAC: Final = b"--- "
COLUMNS: Final = 64
LONGEST: Final = 65536
"""Room for forty hybrid recipients; a longer header is refused."""
ARGUMENTS: Final = re.compile(rb"-> [!-~]+(?: [!-~]+)*")


class AgeError(ValueError):
    """Not an age file that we can open."""


class NotAge(AgeError):
    """Not an age file, or one that we do not read."""


class NotForUs(AgeError):
    """No recipient of it is ours."""


class Changed(AgeError):
    """Somebody changed or cut what was sealed."""


@dataclass(frozen=True, slots=True)
class Stanza:
    """One recipient's part of a header: its arguments (the first is its kind) and its body."""

    args: tuple[bytes, ...]
    body: bytes

    def as_bytes(self) -> bytes:
        """As the header writes it: the body ends with a line shorter than 64 characters, if need be an empty one."""
        text = plain64(self.body)
        lines = [text[at : at + COLUMNS] for at in range(0, len(text) + 1, COLUMNS)]
        return b"\n".join([b"-> " + b" ".join(self.args), *lines]) + b"\n"


@dataclass(frozen=True, slots=True)
class Header:
    """A parsed header: `signed` is what the MAC covers, `end` where the payload begins."""

    stanzas: tuple[Stanza, ...]
    mac: bytes
    signed: bytes
    end: int


def plain64(data: bytes) -> bytes:
    """Standard base64 without padding."""
    return b64encode(data).rstrip(b"=")


def exact64(text: bytes) -> bytes:
    """The bytes of canonical unpadded base64; NotAge for any other way to write them."""
    try:
        data = b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except Base64Error as error:
        raise NotAge("not base64") from error
    if plain64(data) != text:
        raise NotAge("base64 is not canonical")
    return data


def parse(data: bytes) -> Header:
    """Read a header; NotAge for all but the one way to write it. Looks at the first 64 KiB, so a stream's start is enough."""
    head = data[:LONGEST]
    if not head.startswith(VERSION):
        raise NotAge("no age file")
    at, stanzas = len(VERSION), []
    while head.startswith(b"-> ", at):
        stanza, at = stanza_at(head, at)
        stanzas.append(stanza)
    line, end = line_at(head, at)
    if not stanzas or not line.startswith(MAC):
        raise NotAge("no MAC")
    mac = exact64(line[len(MAC) :])
    if len(mac) != 32:
        raise NotAge("a MAC of another length")
    return Header(tuple(stanzas), mac, head[: at + 3], end)


def line_at(head: bytes, at: int) -> tuple[bytes, int]:
    """A line without its end, and where the next one begins."""
    end = head.find(b"\n", at)
    if end < 0:
        raise NotAge("no end of line")
    return head[at:end], end + 1


def stanza_at(head: bytes, at: int) -> tuple[Stanza, int]:
    """A stanza, and where the next one begins."""
    first, at = line_at(head, at)
    if not ARGUMENTS.fullmatch(first):
        raise NotAge("an argument")
    text = []
    while True:
        line, at = line_at(head, at)
        text.append(line)
        if len(line) > COLUMNS:
            raise NotAge("a long line")
        if len(line) < COLUMNS:
            return Stanza(tuple(first[3:].split(b" ")), exact64(b"".join(text))), at
