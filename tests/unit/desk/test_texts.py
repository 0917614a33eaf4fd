"""The console's words: complete in every language, and every one that an island asks for is there."""

import re
from pathlib import Path

import pytest

from balaqorgau import pack
from balaqorgau.audit.models import AuditRow
from balaqorgau.desk.replying import replying
from balaqorgau.replies.actions import SAVING

CONSOLE = Path(__file__).parents[3] / "frontend" / "console"
SPACES = ("console", "reply", "aside", "erase", "inbox", "keys", "signin")
PLAIN = re.compile(rf'"((?:{"|".join(SPACES)})(?:\.[a-z_0-9-]+)+)"')
MADE = re.compile(rf"`((?:{'|'.join(SPACES)})(?:\.[a-z_]+)*)\.\$\{{")


def sources() -> str:
    """Every island's code."""
    return "\n".join(file.read_text(encoding="utf-8") for file in CONSOLE.rglob("*.ts") if ".test." not in file.name)


def both(language: str) -> set[str]:
    """Keys of all texts that the console carries."""
    return {key for name in SPACES for key in pack.current().namespace(language, name)}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_text_that_an_island_names_is_in_the_pack(language: str) -> None:
    known = both(language)
    named = set(PLAIN.findall(sources()))
    assert len(named) > 50
    assert not named - set(known)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_family_of_texts_that_an_island_builds_is_in_the_pack(language: str) -> None:
    known = both(language)
    families = set(MADE.findall(sources()))
    assert families
    assert not [family for family in families if not any(key.startswith(f"{family}.") for key in known)]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    "act", ["opened", "answered", "passed", "file-opened", "received", "written", "erase-asked", "erased"]
)
def test_every_act_has_words_for_the_trail(language: str, act: str) -> None:
    longest = AuditRow._meta.get_field("act").max_length
    assert longest
    assert len(act) <= longest
    assert pack.current().has_text(f"console.trail.{act}")


def test_every_language_says_the_same_things() -> None:
    country = pack.current()
    keys = [set(country.namespace(language, "console")) for language in country.languages]
    assert all(found == keys[0] for found in keys)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_template_of_the_pack_names_the_country_s_numbers_and_nothing_that_could_betray(language: str) -> None:
    found = {one["id"]: one["text"] for one in replying(language)["templates"][language]}
    assert {"read", "safe", "next", "helplines", "more", "close"} <= set(found)
    for line in pack.current().helplines:
        assert f"{line.number} – " in found["helplines"]
    assert not [words for words in found.values() if "{" in words or "\\n" in words]


def test_why_a_file_leaves_has_words() -> None:
    assert all(pack.current().has_text(f"reply.save.{why}") for why in SAVING)
