"""Passphrases: enough words, evenly chosen, stretched into two secrets that do not meet."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balaqorgau.accounts.passphrases import Cost, generate, normal, stretch
from balaqorgau.sealed import keys

WORDS = [f"word{number}" for number in range(2048)]
SALT = bytes(range(16))
typed = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)


def test_a_passphrase_has_six_words_or_more() -> None:
    assert len(generate(WORDS).split()) == 6
    assert len(generate(WORDS, count=8).split()) == 8


@pytest.mark.parametrize(("words", "count"), [(WORDS, 5), (WORDS[:2047], 6), ([], 6)])
def test_a_weak_passphrase_is_not_made(words: list[str], count: int) -> None:
    with pytest.raises(ValueError, match="six words or more"):
        generate(words, count=count)


def test_no_two_passphrases_are_alike() -> None:
    assert len({generate(WORDS) for _ in range(200)}) == 200


@given(typed)
def test_writing_it_in_capitals_or_with_more_spaces_changes_nothing(words: str) -> None:
    once = normal(words)
    assert normal(once.decode()) == once
    assert normal(f"  {words} \t") == once


@pytest.mark.parametrize(
    ("one", "same"), [("Алма  Үй", "алма үй"), ("ﬁsh", "fish"), ("I\u0307", "i̇"), ("e\u0301", "é")]
)
def test_the_same_words_typed_differently_are_the_same(one: str, same: str) -> None:
    assert normal(one) == normal(same)


@settings(max_examples=3, deadline=None)
@given(typed)
def test_both_secrets_are_of_32_bytes_and_differ(words: str) -> None:
    made = stretch(words, SALT, Cost())
    assert len(made.login) == len(made.unlocking) == 32
    assert bytes(made.login) != bytes(made.unlocking)


def test_a_salt_changes_both_secrets() -> None:
    one, other = (stretch("alma", salt, Cost()) for salt in (SALT, bytes(16)))
    assert {one.login, one.unlocking}.isdisjoint({other.login, other.unlocking})


def test_stretching_is_argon2id_with_hkdf() -> None:
    """A vector that frontend/console/vault/stretching.test.ts shares."""
    made = stretch(" Алма  ҮЙ kitap ", SALT, Cost())
    assert made.login.hex() == LOGIN
    assert made.unlocking.hex() == UNLOCKING
    assert made.login != keys.derive(made.unlocking, "officer login")


LOGIN = "f012ec18cd63e1e7702b1e0d9dfdb2d66da608df500d06e1764cf638aa813112"
UNLOCKING = "27c2d293039820cdd99a9639ce7992b610b9267d0827209a600ee16a2a8229f4"
