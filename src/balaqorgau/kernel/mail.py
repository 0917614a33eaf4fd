"""What a mail address looks like, and where mail is handed over."""

import re
from dataclasses import dataclass, field
from typing import Final

ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over, and under which address. `tls` from the first byte, `starttls` after a greeting."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    tls: bool
    starttls: bool
    sender: str
