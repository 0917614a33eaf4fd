"""Rules of what could betray a child: what the console's tests read is what the pack says, faults are said with their place."""

import json
from pathlib import Path

import pytest

from balaqorgau.pack import PackError, leaks

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests" / "fixtures" / "leaks"
GOOD = 'names: []\nendings: []\nnot_names: []\nharmless: []\nphone: ["#-#"]\naddress: []\nschool: []\ndate: []\n'


def content(language: str) -> str:
    """The compiled form as the console's tests read it."""
    return json.dumps(leaks.compile(ROOT / "packs" / "kz" / "leaks" / f"{language}.yaml"), ensure_ascii=False) + "\n"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_console_s_tests_read_what_the_pack_says(language: str) -> None:
    """Changed rules? `python -m tests.unit.pack.test_leaks` writes these files again."""
    assert (FIXTURES / f"{language}.json").read_text(encoding="utf-8") == content(language)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"#-#"', '"(#"', "any.yaml:5: phone.1: “(#” is no pattern"),
        ("date: []\n", "", "any.yaml:1: date: is missing"),
        ("names: []", "names: {a: b}", "any.yaml:1: names: needs a list"),
        ("names: []", "names: [' ']", "any.yaml:1: names.1: must be a text in quotes"),
        ("address", "adress", "any.yaml:6: adress: unknown"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_place(old: str, new: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "any.yaml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as refused:
        leaks.compile(path)
    assert [problem for problem in refused.value.problems if str(problem).startswith(said)], str(refused.value)


if __name__ == "__main__":
    for code in ("kk", "ru", "en"):
        (FIXTURES / f"{code}.json").write_text(content(code), encoding="utf-8")
