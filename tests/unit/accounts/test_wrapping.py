"""Private keys in age files: one key opens each, and no other."""

import os

import pytest

from balaqorgau.accounts import wrapping
from balaqorgau.accounts.passphrases import UnlockingKey
from balaqorgau.sealed import messages
from balaqorgau.sealed.age import AgeError


def key() -> UnlockingKey:
    """32 random bytes."""
    return UnlockingKey(os.urandom(32))


def test_an_identity_comes_back_with_its_unlocking_key() -> None:
    identity, unlocking = wrapping.new_identity(), key()
    assert wrapping.unwrap_identity(wrapping.wrap_identity(identity, unlocking), unlocking) == identity


def test_an_identity_does_not_open_with_another_key() -> None:
    with pytest.raises(AgeError):
        wrapping.unwrap_identity(wrapping.wrap_identity(wrapping.new_identity(), key()), key())


def test_a_desk_s_keys_come_back_to_the_officer_they_were_given_to() -> None:
    officer, secret = wrapping.new_identity(), wrapping.new_desk_secret()
    blob = wrapping.wrap_desk_secret(secret, desk="KZ-10", epoch=1, recipient=wrapping.recipient_of(officer))
    opened = wrapping.unwrap_desk_secret(blob, officer)
    assert (opened.recipient, opened.verify_key) == (secret.recipient, secret.verify_key)


def test_a_desk_s_keys_do_not_open_for_another_officer() -> None:
    blob = wrapping.wrap_desk_secret(
        wrapping.new_desk_secret(), desk="KZ-10", epoch=1, recipient=wrapping.recipient_of(wrapping.new_identity())
    )
    with pytest.raises(AgeError):
        wrapping.unwrap_desk_secret(blob, wrapping.new_identity())


def test_a_blob_that_was_changed_does_not_open() -> None:
    unlocking = key()
    blob = bytearray(wrapping.wrap_identity(wrapping.new_identity(), unlocking))
    blob[-1] ^= 1
    with pytest.raises(AgeError):
        wrapping.unwrap_identity(bytes(blob), unlocking)


def test_published_keys_have_the_lengths_that_the_wire_says() -> None:
    secret = wrapping.new_desk_secret()
    assert (len(secret.recipient), len(secret.verify_key)) == (1216, 32)
    assert messages.verify(secret.verify_key, b"x", messages.sign(secret.signing, b"x"))
