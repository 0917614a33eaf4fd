"""One way to write a JSON value, so that its bytes can be hashed."""

import json
from typing import Any


def dumps(value: Any) -> bytes:
    """Canonical JSON: sorted keys, no white space, UTF-8 unescaped. Source: RFC 8785 without floats."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
