"""One way to write a JSON value, so that its bytes can be hashed. Source: RFC 8785, with integers only and NFC strings."""

import json
import unicodedata
from typing import Any

LARGEST = 2**53 - 1


def dumps(value: Any) -> bytes:
    """Canonical JSON: sorted ASCII keys, no white space, UTF-8 unescaped; ValueError for what has no canonical form."""
    return written(checked(value))


def written(value: Any) -> bytes:
    """Canonical JSON of a value that has one by its making: ASCII keys, NFC strings, small integers."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def checked(value: Any) -> Any:
    """The same value with strings in NFC, half characters replaced."""
    if isinstance(value, str):
        return value if value.isascii() else well_formed(value)
    if isinstance(value, dict):
        return {key_of(key): checked(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [checked(item) for item in value]
    if value is None or isinstance(value, bool) or (isinstance(value, int) and abs(value) <= LARGEST):
        return value
    raise ValueError(f"no canonical JSON for {type(value).__name__}")


def key_of(key: Any) -> str:
    """A key as it is; only ASCII sorts alike everywhere."""
    if not isinstance(key, str) or not key.isascii():
        raise ValueError("a key that is not ASCII")
    return key


def well_formed(text: str) -> str:
    """NFC, lone surrogates replaced: what UTF-8 can carry and every system reads alike."""
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unicodedata.normalize("NFC", joined)
