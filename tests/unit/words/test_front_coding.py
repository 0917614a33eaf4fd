"""The word lists as phones load them say the same words."""

import pytest

from balaqorgau.appeals.publish import front_coded
from tests.unit.danger.compiled import ROOT


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_front_coded_list_holds_every_word_in_its_place(language: str) -> None:
    words = (ROOT / f"packs/kz/words/{language}.txt").read_text(encoding="utf-8").split()
    read, last = [], ""
    for line in front_coded("\n".join(words).encode()).decode().split("\n"):
        last = last[: ord(line[0]) - 48] + line[1:]
        read.append(last)
    assert len(read) == 2048
    assert read == words
