"""The settings of a test run: a throw-away folder, keys made for this process, either database."""

import atexit
import base64
import hashlib
import os
import shutil
import tempfile
from pathlib import Path


def fixed(seed: str, length: int) -> str:
    """The same "random" bytes in every worker of a run, so that processes agree."""
    return base64.urlsafe_b64encode(hashlib.sha512(seed.encode()).digest()[:length]).rstrip(b"=").decode()


def throw_away_folder() -> str:
    """A folder for this run, removed with it; the workers of a run get its name from the environment."""
    folder, owner = tempfile.mkdtemp(prefix="balaqorgau-test-"), os.getpid()
    atexit.register(lambda: shutil.rmtree(folder, ignore_errors=True) if os.getpid() == owner else None)
    return folder


if "BALAQORGAU_TEST_VAR" not in os.environ:
    os.environ["BALAQORGAU_TEST_VAR"] = throw_away_folder()
VAR_FOLDER = Path(os.environ["BALAQORGAU_TEST_VAR"])
worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ.pop("BALAQORGAU_SETTINGS", None)
os.environ.update(
    BALAQORGAU_HOST="testserver",
    BALAQORGAU_SECRET_KEY=fixed("secret", 48),
    BALAQORGAU_DEPLOYMENT=fixed("deployment", 16),
    BALAQORGAU_PROMISE_KEY=fixed("promise", 32),
    BALAQORGAU_VAR=str(VAR_FOLDER / worker),
    BALAQORGAU_PACK="kz",
    BALAQORGAU_EXAMPLE="1",
    BALAQORGAU_HTTPS="0",
)
if os.environ.get("TEST_DATABASE") == "postgresql" and not os.environ.get("TEST_DATABASE_URL"):
    from tests.postgres import throw_away

    os.environ["TEST_DATABASE_URL"] = throw_away()
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{VAR_FOLDER / worker / 'db.sqlite3'}"
(VAR_FOLDER / worker).mkdir(parents=True, exist_ok=True)

from balaqorgau.settings import *  # noqa: E402, F403

ALLOWED_HOSTS = ["*"]
DATABASES = {"default": {**database(os.environ["DATABASE_URL"])}}  # noqa: F405
DATABASES["default"]["TEST"] = (
    {"NAME": str(VAR_FOLDER / worker / "test.sqlite3")} if "sqlite" in DATABASES["default"]["ENGINE"] else {}
)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
