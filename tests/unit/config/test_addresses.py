"""Addresses, hosts, keys and settings files that nearly work: each has its one sentence, and no secret is repeated."""

import base64
import re
import secrets
from pathlib import Path

import pytest

from balaqorgau import config
from balaqorgau.config import ConfigError, explain, load
from balaqorgau.installation import new_secrets, write_settings

SENTENCE = re.compile(r"(BALAQORGAU_\w+|DATABASE_URL|STORAGE_URL|The settings file|Others can read) .+\S")


def good(**changes: str) -> dict[str, str]:
    """Values that a real installation could have, with some of them changed; an empty text takes one away."""
    values = {"BALAQORGAU_HOST": "balaqorgau.example", "BALAQORGAU_VAR": "/var/lib/balaqorgau", **new_secrets()}
    return {key: value for key, value in (values | changes).items() if value}


def base64url(data: bytes) -> str:
    """As `init` writes bytes."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def problem(**changes: str) -> str:
    """The one problem that these changes make."""
    (said,) = explain(good(**changes))
    assert SENTENCE.fullmatch(said)
    assert "\n" not in said
    return said


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A settings file as `init` leaves it."""
    path = tmp_path / "balaqorgau.env"
    write_settings(path, good())
    return path


def refused(environ: dict[str, str]) -> list[str]:
    """Every problem of an environment that cannot be loaded."""
    with pytest.raises(ConfigError) as error:
        load(environ)
    return error.value.problems


def test_all_problems_are_said_at_once() -> None:
    found = refused({"DATABASE_URL": "mysql://x/y", "STORAGE_URL": "ftp://x", "BALAQORGAU_PACK": "nowhere"})
    assert len(found) == len(config.REQUIRED) + 3


@pytest.mark.parametrize(
    "secret",
    ["x", "hunter2", "a" * 64, "ab" * 40, "0123456789" * 6, secrets.token_urlsafe(30)[:40]],
    ids=["one letter", "short", "one letter repeated", "two letters", "digits", "40 random letters"],
)
def test_a_weak_secret_key_is_refused(secret: str) -> None:
    assert problem(BALAQORGAU_SECRET_KEY=secret).startswith("BALAQORGAU_SECRET_KEY is too easy to guess: let `balaqor")


@pytest.mark.parametrize(("key", "length"), [("BALAQORGAU_DEPLOYMENT", 16), ("BALAQORGAU_PROMISE_KEY", 32)])
@pytest.mark.parametrize("kind", ["short", "long", "zeros", "regular", "padded", "standard base64", "no base64", "kk"])
def test_a_key_that_is_not_random_bytes_of_its_length_is_refused(key: str, length: int, kind: str) -> None:
    random = secrets.token_bytes(length)
    texts = {
        "short": base64url(random[:-1]),
        "long": base64url(random + b"x"),
        "zeros": base64url(bytes(length)),
        "regular": base64url(b"ab" * (length // 2)),
        "padded": base64url(random) + "==",
        "standard base64": base64.b64encode(b"\xff\xef" + random[2:]).decode(),
        "no base64": "!" * 22,
        "kk": "қ" * 22,
    }
    assert problem(**{key: texts[kind]}).startswith(f"{key} must be {length} random bytes as base64url: let `balaq")


def test_a_secret_is_never_repeated_in_a_problem() -> None:
    weak = {
        "BALAQORGAU_SECRET_KEY": "hunter2",
        "BALAQORGAU_PROMISE_KEY": "letmein",
        "BALAQORGAU_DEPLOYMENT": "swordfish",
    }
    assert not re.search("hunter2|letmein|swordfish", " ".join(explain(good(**weak))))


@pytest.mark.parametrize(
    ("key", "url", "scheme"),
    [
        ("DATABASE_URL", "mysql://user:hunter2@host/name", "mysql"),
        ("DATABASE_URL", "host/name", "nothing"),
        ("DATABASE_URL", "oracle://host/name", "oracle"),
        ("STORAGE_URL", "ftp://key:hunter2@host/bucket", "ftp"),
        ("STORAGE_URL", "/var/files", "nothing"),
    ],
)
def test_an_unknown_scheme_is_named_with_those_that_work(key: str, url: str, scheme: str) -> None:
    said = problem(**{key: url})
    allowed = config.DATABASES if key == "DATABASE_URL" else config.STORAGES
    assert said == f"{key} begins with {scheme}://, but must begin with one of: {', '.join(allowed)}."


@pytest.mark.parametrize("url", ["postgresql://u:p@h/n", "postgres://u:p@h/n", "sqlite:////var/lib/x.sqlite3"])
def test_a_known_database_is_taken(url: str) -> None:
    assert explain(good(DATABASE_URL=url)) == []


@pytest.mark.parametrize("url", ["file:///var/files", "s3://KEY:SECRET@host:9000/bucket?tls=0", "s3://host/bucket"])
def test_a_known_storage_is_taken(url: str) -> None:
    assert explain(good(STORAGE_URL=url)) == []


@pytest.mark.parametrize(
    ("url", "lacks"),
    [
        ("s3://KEY:SECRET@host", "the bucket"),
        ("s3://KEY:SECRET@host/", "the bucket"),
        ("s3://:SECRET@host/bucket", "the key and its secret"),
        ("s3://KEY@host/bucket", "the key and its secret"),
        ("s3:///bucket", "the host"),
        ("file://files", "an absolute folder"),
        ("file://", "an absolute folder"),
    ],
)
def test_a_storage_address_that_lacks_something_says_what(url: str, lacks: str) -> None:
    assert lacks in problem(STORAGE_URL=url)


@pytest.mark.parametrize("key", ["DATABASE_URL", "STORAGE_URL"])
@pytest.mark.parametrize("rest", ["://[::1", "://user:p@host:port/name"])
def test_an_address_that_is_no_address_is_said_and_not_repeated(key: str, rest: str) -> None:
    scheme = "postgresql" if key == "DATABASE_URL" else "s3"
    said = problem(**{key: scheme + rest})
    assert rest not in said
    assert said.startswith(f"{key} cannot be read: write it as {scheme}://")


@pytest.mark.parametrize(
    "host",
    [
        "https://balaqorgau.example",
        "balaqorgau.example/",
        "balaqorgau example",
        ":8080",
        "[::1",
        "balaqorgau.example:http",
        "balaqorgau.example:99999",
        "user@balaqorgau.example",
        "balaqorgau.example?x",
        "balaqorgau.example#x",
    ],
)
def test_a_host_that_is_no_host_is_refused(host: str) -> None:
    assert problem(BALAQORGAU_HOST=host) == (
        f"BALAQORGAU_HOST is {host}, but must be a bare host name, without https:// and without a path."
    )


@pytest.mark.parametrize("host", ["balaqorgau.example", "localhost:8080", "xn--80ak6aa92e.example", "[::1]:8080"])
def test_a_host_is_taken(host: str) -> None:
    assert explain(good(BALAQORGAU_HOST=host)) == []


def test_a_pack_is_found_by_name_and_by_folder() -> None:
    by_name = config.find_pack("kz")
    assert by_name.is_absolute()
    assert config.find_pack(str(by_name)) == by_name


def test_comments_empty_lines_and_quotes_are_read_as_systemd_reads_them(file: Path) -> None:
    text = file.read_text().replace("=balaqorgau.example", ' = "quoted.example"')
    file.write_text(f"\n# BALAQORGAU_HOST=comment.example\n{text}\n\n")
    assert load({config.SETTINGS_FILE: str(file)}).host == "quoted.example"


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o644, 0o660, 0o777, 0o601])
def test_a_settings_file_that_others_can_read_is_refused(file: Path, mode: int) -> None:
    file.chmod(mode)
    assert refused({config.SETTINGS_FILE: str(file)}) == [f"Others can read {file}. Run: chmod 600 {file}"]


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_settings_file_of_its_owner_is_taken(file: Path, mode: int) -> None:
    file.chmod(mode)
    assert load({config.SETTINGS_FILE: str(file)}).host


def test_a_settings_file_that_is_no_text_is_said(file: Path) -> None:
    file.write_bytes(b"BALAQORGAU_HOST=\xff\xfe\n")
    assert refused({config.SETTINGS_FILE: str(file)}) == [f"The settings file {file} is not UTF-8 text."]


def test_secrets_are_new_every_time() -> None:
    first, second = new_secrets(), new_secrets()
    assert not set(first.values()) & set(second.values())
