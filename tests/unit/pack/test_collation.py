"""Names stand in the order in which ICU puts them: the pack's tables are compared with Intl.Collator, through node."""

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from balaqorgau import pack
from balaqorgau.pack import collation
from balaqorgau.pack.beside import order_faults

FOLDER = Path(__file__).parents[3] / "packs" / "kz"
KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
LETTERS = f"{KAZAKH}{KAZAKH.upper()}abcxyzABCéöÉ «»-.,№()0123456789"
COMPARE = """
const [language, sorted] = JSON.parse(require("fs").readFileSync(0));
const order = new Intl.Collator(language, { numeric: true });
console.log(JSON.stringify(sorted.slice(1).map((word, at) => order.compare(sorted[at], word))));
"""


def compared(language: str, words: list[str]) -> list[int]:
    """What ICU says of each neighbour."""
    node = shutil.which("node")
    assert node
    done = subprocess.run(
        [node, "-e", COMPARE], input=json.dumps([language, words]), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def misplaced(language: str, words: list[str]) -> list[tuple[str, str]]:
    """Neighbours in our order that ICU would put the other way round."""
    order = collation.of(FOLDER / "collation" / f"{language}.txt")
    ours = sorted(words, key=order.key)
    return [(ours[at], ours[at + 1]) for at, said in enumerate(compared(language, ours)) if said > 0]


def test_kazakh_letters_stand_as_in_the_alphabet() -> None:
    order = pack.current().collation("kk")
    shuffled = random.Random(1).sample(KAZAKH, len(KAZAKH))
    assert "".join(sorted(shuffled, key=order.key)) == KAZAKH


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_any_words_stand_as_icu_puts_them(language: str) -> None:
    dice = random.Random(7)
    words = {"".join(dice.choice(LETTERS) for _ in range(dice.randint(0, 9))) for _ in range(4000)}
    assert misplaced(language, list(words)) == []


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_country_s_own_names_stand_as_icu_puts_them(language: str) -> None:
    places = [*pack.current().regions(), *pack.current().districts()]
    schools = [f"№ {number} мектеп" for number in (1, 2, 10, 11, 100)]
    assert misplaced(language, [*{place.names[language] for place in places}, *schools]) == []


def test_a_wrong_table_is_noticed() -> None:
    right = collation.of(FOLDER / "collation" / "ru.txt")
    ours = sorted(KAZAKH, key=right.key)
    assert any(said > 0 for said in compared("kk", ours))


def test_numbers_stand_by_their_value_and_a_language_without_a_table_by_its_letters() -> None:
    order = pack.current().collation("kk")
    assert sorted(["№ 10", "№ 9", "№ 010а", "№ 1"], key=order.key) == ["№ 1", "№ 9", "№ 10", "№ 010а"]
    bare = collation.of(FOLDER / "collation" / "none.txt")
    assert sorted(["б", "а", ""], key=bare.key) == ["", "а", "б"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_table_is_what_the_tool_makes(language: str, tmp_path: Path) -> None:
    node = shutil.which("node")
    assert node
    subprocess.run([node, "tools/collation.mjs", str(tmp_path), language], cwd=FOLDER.parents[1], check=True)
    made = (tmp_path / "collation" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    kept = (FOLDER / "collation" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    if made[0] == kept[0]:  # Another ICU may know another order; then the comparison above says where.
        assert made == kept


def test_a_table_that_cannot_be_read_is_a_fault_of_the_pack(tmp_path: Path) -> None:
    (tmp_path / "collation").mkdir()
    (tmp_path / "collation" / "xx.txt").write_text("ab << c", encoding="utf-8")
    assert [problem.file for problem in order_faults(tmp_path, "collation/xx.txt")] == ["collation/xx.txt"]
    assert list(order_faults(FOLDER, "collation/kk.txt")) == []
    assert list(order_faults(FOLDER, "collation/none.txt")) == []
