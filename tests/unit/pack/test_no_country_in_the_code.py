"""A country is data: its name, places, numbers, laws and languages stand in its pack and nowhere in the program's code."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from balaqorgau.pack import load
from tests.unit.pack.sareva import ROOT

KZ = load(ROOT / "packs" / "kz")
PYTHON = sorted(path for path in (ROOT / "src").rglob("*.py") if "build" not in path.parts)
TYPESCRIPT = sorted(path for path in (ROOT / "frontend").rglob("*.ts") if not path.name.endswith(".test.ts"))
TEMPLATES = sorted((ROOT / "src").rglob("*.html"))
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL)
LITERAL = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|`(?:\\.|[^`\\])*`')
EXAMPLE_PACK = {"config.py", "installation.py", "init.py"}  # They name the pack that comes with the program, as `kz`.


def python_texts(path: Path) -> Iterator[str]:
    """Every text in a module but its docstrings, and every number."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    first = [node.body[0] for node in ast.walk(tree) if isinstance(node, documented) and node.body]
    docstrings = {id(one.value) for one in first if isinstance(one, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield str(node.value)


def typescript_texts(path: Path) -> Iterator[str]:
    """Every text in a file but its comments."""
    code = COMMENT.sub("", path.read_text(encoding="utf-8"))
    yield from (found.strip("\"'`") for found in LITERAL.findall(code))


def facts() -> dict[str, str]:
    """What must not be in code, with what it is."""
    found = dict.fromkeys(KZ.names.values(), "the country") | {KZ.timezone: "its time zone"}
    for place in KZ.territories:
        found |= {name: "a place" for name in place.names.values() if len(name) > 4} | {place.id: "a place"}
    found |= {basis.number: "a law" for basis in KZ.legal}
    found |= {name: "a law" for basis in KZ.legal for name in basis.act.values()}
    return found | {language.name: "a language" for language in KZ.spoken if language.code != "en"}


WORDS = re.compile("|".join(rf"(?<!\w){re.escape(fact)}(?!\w)" for fact in sorted(facts(), key=len, reverse=True)))
ALONE = {KZ.id, *(line.number for line in KZ.helplines), *(code for code in KZ.languages if code != "en")}


def countries_in(path: Path, texts: Iterator[str]) -> list[str]:
    """Facts of the country in a file's texts; short ones count only when they are the whole text."""
    found = [fact for text in texts for fact in (WORDS.findall(text) + ([text] if text in ALONE else []))]
    return [fact for fact in found if not (fact == KZ.id and path.name in EXAMPLE_PACK)]


@pytest.mark.parametrize(
    ("paths", "reader"), [(PYTHON, python_texts), (TYPESCRIPT, typescript_texts)], ids=["py", "ts"]
)
def test_no_fact_of_the_country_is_in_the_code(paths: list[Path], reader: Callable[[Path], Iterator[str]]) -> None:
    assert len(paths) > 30
    found = {path.relative_to(ROOT).as_posix(): countries_in(path, reader(path)) for path in paths}
    assert {path: facts for path, facts in found.items() if facts} == {}


def test_no_letter_beyond_latin_is_in_the_code_of_the_pages() -> None:
    """Words that people read come from the pack; folding of look-alike letters is the protocol's own."""
    beyond = re.compile(r"[\u0400-\u052f]")
    alike = {"frontend/sealed/words.ts", "src/balaqorgau/sealed/words.py"}
    found = [path for path in (*PYTHON, *TYPESCRIPT, *TEMPLATES) if beyond.search(path.read_text(encoding="utf-8"))]
    assert {path.relative_to(ROOT).as_posix() for path in found} <= alike


@pytest.mark.parametrize(
    "planted", ['SCHOOL = "KZ-10"', 'call("111")', 'x = "Абай облысы"', 'lang = "kk"', "HELP = 111"]
)
def test_the_search_finds_what_is_planted(tmp_path: Path, planted: str) -> None:
    path = tmp_path / "planted.py"
    path.write_text(planted, encoding="utf-8")
    assert countries_in(path, python_texts(path))
    script = tmp_path / "planted.ts"
    script.write_text(f'// "KZ-10"\n{planted}', encoding="utf-8")
    assert countries_in(script, typescript_texts(script)) or planted == "HELP = 111"
