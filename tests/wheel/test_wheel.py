"""The wheel alone, in an empty folder: installed like anybody would, it serves the example country and makes a real one."""

import os
import re
import shutil
import stat
import subprocess
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.house import House

FOREIGN = ("BALAQORGAU_", "DJANGO_", "TEST_", "PYTHONPATH", "DATABASE")
ROOT = Path(__file__).parents[2]


def uv() -> str:
    """The pinned uv that `./dev` names; else one on the path."""
    found = os.environ.get("TEST_UV") or shutil.which("uv")
    assert found, "uv is not here: run the tests with ./dev test"
    return found


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command and give what it printed; its failure is the test's."""
    keep = {k: v for k, v in os.environ.items() if not k.startswith(FOREIGN)}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False, env=keep
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    run(uv(), "build", "--quiet", "--wheel", "--out-dir", folder, ROOT, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel in it; its folder of programs."""
    folder = tmp_path_factory.mktemp("fresh")
    run(uv(), "venv", "--quiet", "--python", "3.11", folder / "venv", cwd=folder)
    run(uv(), "pip", "install", "--quiet", "--python", folder / "venv" / "bin" / "python", wheel, cwd=folder)
    return folder / "venv" / "bin"


@pytest.fixture
def served(installed: Path, tmp_path: Path) -> Iterator[House]:
    """`balaqorgau run` of the installed wheel in an empty folder."""
    house = House(tmp_path / "empty", program=(str(installed / "balaqorgau"),))
    try:
        yield house.start()
    finally:
        house.stop()


def test_the_wheel_carries_the_frontend_the_pack_and_the_licence(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert any(re.fullmatch(r"balaqorgau/build/reporter/page\.\w+\.js\.br", name) for name in names)
    assert "balaqorgau/packs/kz/pack.yaml" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if "tests/" in name or name.endswith(".ts")]


def test_the_wheel_alone_serves_the_example_country(served: House) -> None:
    for path in ("/", "/ru/", "/en/answer/", "/plain/", "/tour/", "/tour/poster.pdf", "/desk/", "/about/privacy/"):
        with urllib.request.urlopen(served.url + path) as answer:
            assert answer.status == 200
    assert len(served.officers()) > 20


def test_the_wheel_makes_a_real_installation_whose_settings_only_its_owner_reads(
    installed: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "real"
    run(installed / "balaqorgau", "init", "--yes", "--host", "balaqorgau.example", "--folder", folder, cwd=tmp_path)
    assert stat.S_IMODE((folder / "balaqorgau.env").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
