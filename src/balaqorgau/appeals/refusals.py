"""Why something a phone sent is not taken: a code the page has words for, a status, and what would help."""

from typing import Any


class Refused(Exception):
    """Not taken; nothing was stored. `detail` is what the page needs to put it right."""

    def __init__(self, code: str, status: int = 400, **detail: Any) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.detail = detail
