"""Passkeys (WebAuthn level 3): what a browser is asked, and whether its answer is true. The `fido2` library decides."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.conf import settings
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)

from balaqorgau.accounts.models import Officer
from balaqorgau.signin.models import Factor

Json = dict[str, Any]
BROKEN: Final = (ValueError, KeyError, TypeError, AttributeError, IndexError)


class WrongPasskey(Exception):
    """The browser's answer is not what was asked for."""


def house() -> Fido2Server:
    """This installation as a passkey knows it: bound to its name and nothing else."""
    rp = PublicKeyCredentialRpEntity(id=settings.HOST.rsplit(":", 1)[0], name=settings.HOST)
    return Fido2Server(rp, verify_origin=lambda origin: origin == settings.ORIGIN)


def described(factors: Sequence[Factor]) -> list[PublicKeyCredentialDescriptor]:
    """The passkeys that a browser may use, or that it need not make again."""
    return [
        PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=bytes(factor.credential or b""))
        for factor in factors
    ]


def ask_to_make(officer: Officer, have: Sequence[Factor]) -> tuple[Json, Json]:
    """Options for `navigator.credentials.create`, and the state that the answer is checked against."""
    user = PublicKeyCredentialUserEntity(id=officer.pk.bytes, name=officer.username, display_name=officer.display_name)
    options, state = house().register_begin(
        user, described(have), user_verification=UserVerificationRequirement.REQUIRED
    )
    return dict(options.public_key), state


def made(state: Json, answer: Mapping[str, Any]) -> AttestedCredentialData:
    """The passkey that was made; raises WrongPasskey."""
    try:
        found = house().register_complete(state, answer).credential_data
    except BROKEN as error:
        raise WrongPasskey from error
    if found is None:
        raise WrongPasskey
    return found


def ask_to_show(have: Sequence[Factor]) -> tuple[Json, Json]:
    """Options for `navigator.credentials.get`, and the state that the answer is checked against."""
    options, state = house().authenticate_begin(described(have), user_verification=UserVerificationRequirement.REQUIRED)
    return dict(options.public_key), state


def shown(state: Json, have: Sequence[Factor], answer: Mapping[str, Any]) -> tuple[Factor, int]:
    """The passkey that answered and its own count; raises WrongPasskey, also for one that was copied."""
    try:
        keys = [AttestedCredentialData(bytes(factor.secret)) for factor in have]
        found = house().authenticate_complete(state, keys, answer)
        counter = AuthenticationResponse.from_dict(answer).response.authenticator_data.counter
    except BROKEN as error:
        raise WrongPasskey from error
    factor = next(one for one in have if one.credential == found.credential_id)
    if factor.counter and counter <= factor.counter:
        raise WrongPasskey
    return factor, counter
