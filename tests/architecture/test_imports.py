"""The code a child talks to names no user: checked here for the framework's packages, which import-linter cannot cut."""

import ast
from collections.abc import Iterator
from pathlib import Path

import balaqorgau

APPEALS = Path(balaqorgau.__file__).parent / "appeals"
FORBIDDEN = ("balaqorgau.accounts", "balaqorgau.desk", "django.contrib.auth", "django.contrib.sessions")
WORDS = ("request.user", "request.session", "set_cookie", "COOKIES")


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_appeals_import_neither_accounts_nor_sessions() -> None:
    wrong = [
        f"{path.name}: {module}"
        for path in APPEALS.rglob("*.py")
        for module in imported(path)
        if module.startswith(FORBIDDEN)
    ]
    assert not wrong


def test_appeals_never_ask_for_a_user_a_session_or_a_cookie() -> None:
    wrong = [
        f"{path.name}: {word}"
        for path in APPEALS.rglob("*.py")
        for word in WORDS
        if word in path.read_text(encoding="utf-8")
    ]
    assert not wrong
