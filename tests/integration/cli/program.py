"""The real program in a folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
FOREIGN = ("BALAQORGAU_", "DJANGO_", "TEST_", "DATABASE", "STORAGE")


def balaqorgau(*arguments: str | Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Run it to its end, with nothing of the test run's settings."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(FOREIGN)}
    environment = {**clean, "PYTHONPATH": str(ROOT / "src"), **settings}
    command = [sys.executable, "-m", "balaqorgau", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=120)


def made(folder: Path, **settings: str) -> Path:
    """A real installation in a folder; its settings file."""
    done = balaqorgau("init", "--yes", "--host", "balaqorgau.example", "--folder", folder, **settings)
    assert done.returncode == 0, done.stderr
    return folder / "balaqorgau.env"
