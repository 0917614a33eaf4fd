"""A configuration that cannot work is explained: one sentence for each fault, saying what to do."""

import stat
from pathlib import Path

import pytest

from balaqorgau import config
from balaqorgau.installation import new_secrets, write_settings

GOOD = {"BALAQORGAU_HOST": "balaqorgau.example", "BALAQORGAU_VAR": "/srv/balaqorgau", **new_secrets()}


def faults(**changes: str) -> list[str]:
    """What is said of good settings with some changed; an empty value takes one away."""
    return config.explain({key: value for key, value in {**GOOD, **changes}.items() if value})


def test_good_settings_have_no_faults() -> None:
    assert faults() == []


@pytest.mark.parametrize("key", sorted(config.REQUIRED))
def test_a_missing_setting_is_named_with_what_it_is_and_who_writes_it(key: str) -> None:
    (said,) = faults(**{key: ""})
    assert said.startswith(f"{key} is missing: ")
    assert "balaqorgau init" in said


@pytest.mark.parametrize("secret", ["short", "a" * 60, "ab" * 40])
def test_a_secret_that_can_be_guessed_is_refused(secret: str) -> None:
    (said,) = faults(BALAQORGAU_SECRET_KEY=secret)
    assert "too easy to guess" in said


@pytest.mark.parametrize("key", ["BALAQORGAU_DEPLOYMENT", "BALAQORGAU_PROMISE_KEY"])
@pytest.mark.parametrize("value", ["AAAA", "A" * 43, "not base64url!", "A" * 22, "ключ"])
def test_keys_of_the_wrong_length_or_of_one_byte_are_refused(key: str, value: str) -> None:
    assert [said for said in faults(**{key: value}) if key in said]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("DATABASE_URL", "mysql://host/name"),
        ("DATABASE_URL", "name"),
        ("STORAGE_URL", "ftp://host"),
        ("STORAGE_URL", "/files"),
    ],
)
def test_an_address_that_nothing_here_can_use_is_refused(key: str, value: str) -> None:
    (said,) = faults(**{key: value})
    assert said.startswith(f"{key} begins with ")


@pytest.mark.parametrize("host", ["https://a.example", "a.example/path", "two words"])
def test_a_host_that_is_none_is_refused(host: str) -> None:
    (said,) = faults(BALAQORGAU_HOST=host)
    assert "bare host name" in said


def test_a_pack_that_is_not_there_is_named() -> None:
    (said,) = faults(BALAQORGAU_PACK="/nowhere")
    assert said == "BALAQORGAU_PACK names /nowhere, but there is no pack.yaml."


def test_every_fault_is_said_at_once() -> None:
    assert len(faults(BALAQORGAU_SECRET_KEY="", DATABASE_URL="mysql://x", BALAQORGAU_HOST="a/b")) == 3


def test_a_settings_file_is_its_owner_s_alone_and_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "new" / "balaqorgau.env"
    write_settings(file, GOOD)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    with pytest.raises(config.ConfigError, match="left as it is"):
        write_settings(file, {**GOOD, **new_secrets()})
    assert file.read_bytes() == before


def test_a_settings_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "balaqorgau.env"
    write_settings(file, GOOD)
    file.chmod(0o640)
    with pytest.raises(config.ConfigError, match="chmod 600"):
        config.load({config.SETTINGS_FILE: str(file)})


def test_a_settings_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(config.ConfigError, match="does not exist"):
        config.load({config.SETTINGS_FILE: str(tmp_path / "nowhere")})


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "balaqorgau.env"
    write_settings(file, GOOD)
    found = config.load({config.SETTINGS_FILE: str(file), "BALAQORGAU_HOST": "other.example"})
    assert (found.host, found.origin) == ("other.example", "https://other.example")
    assert found.database_url == "sqlite:////srv/balaqorgau/balaqorgau.sqlite3"


@pytest.mark.parametrize("key", ["BALAQORGAU_HTTPS", "BALAQORGAU_EXAMPLE"])
@pytest.mark.parametrize("value", ["true", "yes", "on", "2"])
def test_a_switch_that_is_neither_on_nor_off_is_refused_rather_than_guessed(key: str, value: str) -> None:
    assert faults(**{key: value}) == [f"{key} must be 0 or 1."]
