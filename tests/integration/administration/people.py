"""Administrators without a browser: real sessions, real forms with the tokens that pages give."""

import os
import re
from typing import Any

from balaqorgau.accounts import actions, wrapping
from balaqorgau.accounts.models import Officer
from balaqorgau.accounts.passphrases import Cost, LoginSecret, UnlockingKey
from balaqorgau.kernel.signer import OPERATOR
from tests.integration.desk.office import Visitor, sign_in, stranger

ROOT = "/desk/admin/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def appointed(username: str = "admin-1") -> tuple[Officer, LoginSecret]:
    """An administrator, and the secret that signs them in."""
    identity, login = wrapping.new_identity(), LoginSecret(os.urandom(32))
    new = actions.NewOfficer(
        username=username,
        display_name=f"Administrator {username}",
        language="en",
        login=login,
        recipient=wrapping.recipient_of(identity),
        salt=os.urandom(16),
        cost=Cost(),
        wrapped_identity=wrapping.wrap_identity(identity, UnlockingKey(os.urandom(32))),
    )
    return actions.add_administrator(new, by=OPERATOR), login


def administrator(username: str = "admin-1") -> Visitor:
    """A new administrator, signed in."""
    _, login = appointed(username)
    visitor = stranger()
    assert sign_in(visitor, username, login).status_code == 200
    return visitor


def page(visitor: Visitor, path: str = "") -> str:
    """What is shown."""
    answer = visitor.get(ROOT + path)
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def fill(visitor: Visitor, on: str, act: str, **fields: Any) -> Any:
    """Send a form with the token that the page `on` gave."""
    token = TOKEN.search(page(visitor, on))
    assert token
    return visitor.client.post(ROOT + act, {**fields, "csrfmiddlewaretoken": token[1]})
