"""The example country's officers: made once, their passphrases written down where only their owner reads."""

import json
import stat
from pathlib import Path

import pytest

from balaqorgau import pack
from balaqorgau.accounts import examples, passphrases, queries, wrapping
from balaqorgau.accounts.examples import Country
from balaqorgau.accounts.models import DeskKeyGrant, Officer
from balaqorgau.directory.country import regions
from balaqorgau.directory.models import DeskEpoch
from balaqorgau.sealed import messages

pytestmark = pytest.mark.django_db
WORDS = [f"word{number}" for number in range(2048)]
COUNTRY = Country("kk", WORDS, "Officer {number}")


@pytest.fixture(autouse=True)
def _three_desks(monkeypatch: pytest.MonkeyPatch) -> None:
    """One region instead of all: stretching a passphrase is slow on purpose."""
    region = regions()[0]
    monkeypatch.setattr("balaqorgau.directory.country.regions", lambda: (region,))


@pytest.fixture
def made(tmp_path: Path) -> list[queries.ExamplePassphrase]:
    """The officers, made in an empty installation."""
    return examples.create_example_desks(COUNTRY, var=tmp_path)


def test_every_desk_has_its_officers(made: list[queries.ExamplePassphrase]) -> None:
    desks = [one.desk for one in made]
    assert {desk: desks.count(desk) for desk in desks} == {regions()[0]: 1, "committee": 2, "ombudsman": 2}
    assert Officer.objects.count() == 5


def test_their_passphrases_are_in_a_file_that_only_its_owner_reads(
    made: list[queries.ExamplePassphrase], tmp_path: Path
) -> None:
    file = tmp_path / queries.EXAMPLE_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [row["passphrase"] for row in json.loads(file.read_text())] == [one.passphrase for one in made]


def test_the_second_time_nothing_changes(made: list[queries.ExamplePassphrase], tmp_path: Path) -> None:
    before = (tmp_path / queries.EXAMPLE_FILE).read_bytes()
    assert examples.create_example_desks(COUNTRY, var=tmp_path) == []
    assert (tmp_path / queries.EXAMPLE_FILE).read_bytes() == before
    assert (Officer.objects.count(), DeskEpoch.objects.count()) == (5, 3)


def test_a_passphrase_opens_the_officer_s_identity_and_that_the_desk_s_keys(
    made: list[queries.ExamplePassphrase],
) -> None:
    one = made[0]
    officer = Officer.objects.get(username=one.username)
    cost = queries.stretching_for(one.username)
    stretched = passphrases.stretch(one.passphrase, cost.salt, cost.cost)
    wrapped = queries.wrapped_identity_of(officer)
    assert wrapped is not None
    identity = wrapping.unwrap_identity(wrapped.blob, stretched.unlocking)
    grant = queries.key_grants_of(officer).get()
    secret = wrapping.unwrap_desk_secret(bytes(grant.blob), identity)
    assert secret.recipient == grant.epoch.recipient
    assert messages.verify_key(secret.signing) == grant.epoch.verify_key


def test_the_keys_are_marked_as_examples(made: list[queries.ExamplePassphrase]) -> None:
    assert all(DeskEpoch.objects.values_list("example", flat=True))


def test_no_row_holds_a_passphrase_or_its_words(made: list[queries.ExamplePassphrase]) -> None:
    kept = b"".join(
        officer.password.encode() + bytes(blob)
        for officer in Officer.objects.all()
        for blob in DeskKeyGrant.objects.filter(officer=officer).values_list("blob", flat=True)
    )
    assert not [one for one in made if one.passphrase.encode() in kept]


def test_when_one_officer_cannot_be_made_none_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "write", lambda *args: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        examples.create_example_desks(COUNTRY, var=tmp_path)
    assert not Officer.objects.exists()
    assert not DeskEpoch.objects.exists()


def test_the_pack_s_own_words_are_enough_for_a_passphrase() -> None:
    country = pack.current()
    made = passphrases.generate(country.words(country.languages[0]))
    assert len(made.split()) == passphrases.WORDS
