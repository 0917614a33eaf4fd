"""The words of danger: what the tests of the child's page read is what the pack says, and what is wrong with a file is said."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balaqorgau.pack import PackError, danger
from tests.unit.danger.compiled import FIXTURES, LANGUAGES, ROOT, compiled, files

GOOD = 'fold: {"0": o}\nwords: {}\ndanger:\n  one:\n    - drown* & me\nharmless:\n  - drown film\n'
PATHS = {language: ROOT / "packs" / "kz" / "danger" / f"{language}.yaml" for language in LANGUAGES}


def test_the_page_s_tests_read_what_the_pack_says() -> None:
    """Changed words? `python -m tests.unit.danger.compiled` writes these files again."""
    for path, content in files().items():
        assert path.read_text(encoding="utf-8") == content, path.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_two_hundred_held_out_sentences_of_each_kind(language: str) -> None:
    for kind in ("danger", "harmless"):
        lines = (FIXTURES / f"{language}.heldout.{kind}.txt").read_text(encoding="utf-8").splitlines()
        assert len(lines) == len(set(lines)) == 200
        assert all(line == line.strip() and line for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_compiled_language_is_small_enough_for_a_slow_phone(language: str) -> None:
    size = len(compiled(language)["danger"].encode()) + len(compiled(language)["harmless"].encode())
    assert size < 9_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_patterns_have_no_sign_that_only_one_engine_knows(language: str) -> None:
    patterns = compiled(language)["danger"] + "\n" + compiled(language)["harmless"]
    assert re.findall(r"\(\?(?![!:=])|\(\?P|\\[^.SsdwbB]|\\[bB]", patterns) == []


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = danger.fold(text, [])
    assert danger.fold(once, []) == once


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("drown* & me", "drown* & & me", "any.yaml:5: danger.one.1: a space, ~ or & stands where"),
        ("drown* & me", '"a & b & c & d"', "any.yaml:5: danger.one.1: a space, ~ or & stands where"),
        ("drown* & me", "drow(n", "any.yaml:5: danger.one.1: “drow(n” is no pattern: missing )"),
        ("drown* & me", "se(e)", "any.yaml:5: danger.one.1: 'e(e' can never match, repeated letters are folded"),
        ("drown* & me", '"{who} drown"', "any.yaml:5: danger.one.1: no word 'who' is in words"),
        ("- drown film", "drown film", "any.yaml:6: harmless: needs a list of patterns"),
        ("words: {}", "words: []", "any.yaml:2: words: needs names and values"),
        ("words: {}", "words: {a: {b: c}}", "any.yaml:2: words.a: must be a text"),
        ('"0": o', '"(": o', "any.yaml:1: fold.(: '(' has a character that regular expressions use"),
        ("words: {}\n", "", "any.yaml:1: words: is missing"),
        ("harmless", "harmles", "any.yaml:6: harmles: unknown; known here: fold, words, danger, harmless"),
        (GOOD, "- a list", "any.yaml:1: fold: is missing"),
        ("drown film", "&a drown", "any.yaml:7: harmless.1: uses an anchor or alias"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_place(old: str, new: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "any.yaml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(PackError) as refused:
        danger.compile(path)
    assert [problem for problem in refused.value.problems if str(problem).startswith(said)], str(refused.value)


def test_shorthands_are_left_for_the_page_to_expand(tmp_path: Path) -> None:
    path = tmp_path / "any.yaml"
    path.write_text(
        GOOD.replace("drown* & me", '"{a} ~ xx|b0b*"').replace("words: {}", "words: {a: (one|two)}"), "utf-8"
    )
    assert danger.compile(path) == {
        "v": 1,
        "fold": [("0", "o")],
        "danger": "(one|two)~x\nbob*",
        "harmless": "drown film",
    }
