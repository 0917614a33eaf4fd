"""Making an installation, and being told what is wrong with one."""

import shutil
from pathlib import Path

import pytest

from tests.integration.cli.program import ROOT, balaqorgau, made


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real installation that nothing changes."""
    return made(tmp_path_factory.mktemp("real") / "var")


def changed(settings: Path, place: Path, key: str, value: str) -> Path:
    """A copy of a settings file with one setting changed."""
    lines = [line for line in settings.read_text().splitlines() if not line.startswith(f"{key}=")]
    file = place / "changed.env"
    file.write_text("\n".join([*lines, f"{key}={value}"]) + "\n")
    file.chmod(0o600)
    return file


def test_init_makes_keys_a_database_and_desks_and_says_what_is_next(tmp_path: Path) -> None:
    done = balaqorgau("init", "--yes", "--host", "balaqorgau.example", "--folder", tmp_path / "var")
    assert done.returncode == 0
    assert "balaqorgau check" in done.stdout
    assert (tmp_path / "var" / "balaqorgau.sqlite3").is_file()


def test_init_a_second_time_leaves_everything_as_it_is(settings: Path) -> None:
    before = settings.read_bytes()
    done = balaqorgau("init", "--yes", "--host", "other.example", "--folder", settings.parent)
    assert (done.returncode, settings.read_bytes()) == (2, before)
    assert "exists already" in done.stderr


def test_init_without_a_host_says_so_and_writes_nothing(tmp_path: Path) -> None:
    done = balaqorgau("init", "--yes", "--folder", tmp_path / "var")
    assert done.returncode == 2
    assert "BALAQORGAU_HOST is missing" in done.stderr
    assert not (tmp_path / "var").exists()


def test_check_of_a_new_installation_says_what_it_still_needs(settings: Path) -> None:
    done = balaqorgau("check", BALAQORGAU_SETTINGS=str(settings))
    assert done.returncode == 1
    assert "22 desks have no keys yet" in done.stdout
    assert "balaqorgau schools import" in done.stdout
    assert "operator.contact.security" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("BALAQORGAU_HTTPS", "0", "without TLS"),
        ("BALAQORGAU_HOST", "localhost:8080", "to their own phones"),
        ("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none", "database does not answer"),
        ("STORAGE_URL", "s3://key:secret@127.0.0.1:1/bucket?tls=0", "storage of sealed files does not work"),
    ],
)
def test_check_explains(settings: Path, tmp_path: Path, key: str, value: str, words: str) -> None:
    file = changed(settings, tmp_path, key, value)
    done = balaqorgau("check", BALAQORGAU_SETTINGS=str(file), AWS_MAX_ATTEMPTS="1")
    assert done.returncode == 1
    assert words in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "BALAQORGAU_MAIL_URL is not set: nobody is woken"),
        ("smtp://desk:s3cret@localhost:9", "nobody answers there"),
        ("smtp+tls://desk@mail.example", "lacks the user or the password"),
        ("smtp://desk:s3cret@mail.example", "nobody encrypts"),
    ],
)
def test_check_says_why_nobody_would_be_woken_and_never_the_password(settings: Path, url: str, words: str) -> None:
    sender = "desk@balaqorgau.example" if url else ""
    done = balaqorgau("check", BALAQORGAU_SETTINGS=str(settings), BALAQORGAU_MAIL_URL=url, BALAQORGAU_MAIL_FROM=sender)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert words in said
    assert "s3cret" not in said
    assert "Traceback" not in said


def test_check_names_file_line_and_key_of_a_broken_pack(settings: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "packs" / "kz", tmp_path / "kz")
    texts = tmp_path / "kz" / "texts" / "ru" / "child.yaml"
    texts.write_text(texts.read_text(encoding="utf-8").replace("title:", "titel:", 1), encoding="utf-8")
    file = changed(settings, tmp_path, "BALAQORGAU_PACK", str(tmp_path / "kz"))
    done = balaqorgau("check", BALAQORGAU_SETTINGS=str(file))
    assert done.returncode == 1
    assert "texts/ru/child.yaml:" in done.stdout


def test_check_and_run_say_that_a_database_is_not_of_this_version(settings: Path, tmp_path: Path) -> None:
    file = changed(settings, tmp_path, "DATABASE_URL", f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    for command in (("check",), ("run", "--port", "1")):
        done = balaqorgau(*command, BALAQORGAU_SETTINGS=str(file))
        assert done.returncode != 0
        assert "Run: balaqorgau upgrade" in done.stdout + done.stderr


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.1", "balaqorgau.example"])
def test_example_keys_are_never_served_beyond_this_machine(tmp_path: Path, address: str) -> None:
    done = balaqorgau("run", "--folder", tmp_path / "var", "--host", address, "--port", "1")
    assert done.returncode == 2
    assert f"may not listen on {address}" in done.stderr


def test_a_broken_settings_file_stops_the_start_with_sentences(tmp_path: Path) -> None:
    (tmp_path / "balaqorgau.env").write_text("BALAQORGAU_HOST=a/b\n")
    (tmp_path / "balaqorgau.env").chmod(0o600)
    done = balaqorgau("run", "--folder", tmp_path, "--port", "1")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 5
