"""Whatever is wrong with a pack is said with its file, its line and its key, and the pack is not used."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from balaqorgau.pack import PackError, load
from tests.unit.pack.sareva import build


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good pack, copied by every test that spoils it."""
    return build(tmp_path_factory.mktemp("pack") / "sareva")


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "pack"))


def replaced(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


def spoil(folder: Path, file: str, change: Callable[[str], str]) -> None:
    path = folder / file
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def faults(folder: Path) -> list[str]:
    with pytest.raises(PackError) as refused:
        load(folder)
    return [str(problem) for problem in refused.value.problems]


SPOILT = {
    "unknown key": ("pack.yaml", "timezone:", "timezones:", "pack.yaml:7: timezones: unknown; known here: "),
    "missing key": ("pack.yaml", 'exit_page: "https://weather.example/"\n', "", "pack.yaml:2: exit_page: is missing"),
    "wrong kind": (
        "pack.yaml",
        "working_days: 9",
        'working_days: "9"',
        'pack.yaml:13: deadlines.answer.working_days: must be a whole number, not "9"',
    ),
    "no time zone": (
        "pack.yaml",
        "Pacific/Chatham",
        "Pacific/Sareva",
        "pack.yaml:7: timezone: Pacific/Sareva is no time",
    ),
    "a time zone outside": ("pack.yaml", "Pacific/Chatham", "../../etc/passwd", "pack.yaml:7: timezone: ../../etc/pas"),
    "no locale": (
        "pack.yaml",
        "locale: eo",
        "locale: zz",
        "pack.yaml:6: languages.qlo: has no CLDR locale zz; name one",
    ),
    "exit page": ("pack.yaml", "https://weather", "javascript://weather", "pack.yaml:8: exit_page: 'javascript://"),
    "name without a language": (
        "territories.yaml",
        'names: {qsa: "تل", qlo: "Talo"}',
        'names: {qsa: "تل"}',
        "territories.yaml:5: districts.1.names.qlo: is missing",
    ),
    "name in a language too many": (
        "territories.yaml",
        'qlo: "Talo"',
        'qlo: "Talo", xx: "Talo"',
        "territories.yaml:5: districts.1.names.xx: is a language that pack.yaml does not have",
    ),
    "mixed scripts in a name": (
        "territories.yaml",
        '"Talo"',
        '"Tаlo"',
        "territories.yaml:5: districts.1.names.qlo: “Tаlo” mixes LATIN Tlo and CYRILLIC а",
    ),
    "unknown region": (
        "territories.yaml",
        "region: QS-S",
        "region: QS-W",
        "territories.yaml:7: districts.3.region: QS-W is no region",
    ),
    "twice the same code": (
        "territories.yaml",
        '"n7-2"',
        '"n7-1"',
        "territories.yaml:6: districts.2.id: n7-1 is there twice on the same day",
    ),
    "unknown predecessor": (
        "territories.yaml",
        'register: "s7",',
        'register: "s7", predecessors: [QS-X],',
        "territories.yaml:3: regions.2.predecessors: QS-X is nowhere in regions",
    ),
    "bad date": (
        "territories.yaml",
        'register: "s7",',
        'register: "s7", from: "2022-02-30",',
        "territories.yaml:3: regions.2.from: 2022-02-30 is no date",
    ),
    "dates in the wrong order": (
        "territories.yaml",
        'register: "s7",',
        'register: "s7", from: "2024-01-02", until: "2024-01-01",',
        "territories.yaml:3: regions.2.until: is not after `from`",
    ),
    "a code that is a number": (
        "territories.yaml",
        'register: "s7"',
        "register: 7",
        "territories.yaml:3: regions.2.register: must be text (put it in quotes), not 7",
    ),
    "helpline twice": (
        "helplines.yaml",
        '"+999 40"',
        '"7788"',
        "helplines.yaml:3: helplines.2.number: 7788 is there twice",
    ),
    "helpline that is none": (
        "helplines.yaml",
        '"7788"',
        '"call"',
        "helplines.yaml:2: helplines.1.number: 'call' does not",
    ),
    "unknown group": (
        "reasons.yaml",
        "group: river",
        "group: sea",
        "reasons.yaml:6: reasons.2.group: sea is not in field",
    ),
    "unknown term": (
        "reasons.yaml",
        "river.flood",
        "river.tide",
        "reasons.yaml:6: reasons.2.standard: river.tide is not",
    ),
    "reason twice": ("reasons.yaml", "id: w2", "id: w1", "reasons.yaml:6: reasons.2.id: w1 is there twice"),
    "no picture": (
        "reasons.yaml",
        "picture: river",
        "picture: lake",
        "reasons.yaml:6: reasons.2.picture: there is no pictures/lake.svg",
    ),
    "readers of their own": (
        "conflicts.yaml",
        "committee: [region, ombudsman]",
        "committee: [committee]",
        "conflicts.yaml:9: readers.committee: committee would read what is about committee",
    ),
    "unknown role": (
        "conflicts.yaml",
        '"": [region, committee]',
        '"": [region, minister]',
        "conflicts.yaml:7: readers.: minister is not in roles",
    ),
    "unknown holidays": (
        "calendar.yaml",
        "NZ",
        "QQ",
        "calendar.yaml:1: holidays: the holidays library does not know QQ CIT",
    ),
    "unknown weekday": (
        "calendar.yaml",
        "[wednesday]",
        "[sareday]",
        "calendar.yaml:2: weekend.1: must be one of monday",
    ),
    "years in the wrong order": ("calendar.yaml", "2027", "2025", "calendar.yaml:4: last_year: is before first_year"),
    "a day that is none": (
        "calendar.yaml",
        "2026-07-07",
        "2026-07-32",
        "calendar.yaml:5: also_free.1: 2026-07-32 is no date",
    ),
    "the same key twice": (
        "pack.yaml",
        "id: sareva",
        "id: sareva\nid: other",
        "pack.yaml:3: id: is there twice, first on line 2",
    ),
    "an anchor": (
        "helplines.yaml",
        "helplines:",
        "helplines: &all",
        "helplines.yaml:1: helplines: uses an anchor or alias",
    ),
    "an alias": (
        "pack.yaml",
        "timezone: Pacific/Chatham",
        "timezone: *zone",
        "pack.yaml:7: timezone: uses an anchor or al",
    ),
    "a tag": (
        "pack.yaml",
        "id: sareva",
        "id: !!python/name:os.system sareva",
        "pack.yaml:2: id: uses a tag, which packs may",
    ),
    "not YAML": ("pack.yaml", "names: {", "names: {{", "pack.yaml:"),
    "too deep": ("reasons.yaml", "[flood]", "[" * 20 + "flood" + "]" * 20, "is nested too deeply"),
    "missing text": (
        "texts/qlo/helplines.yaml",
        "7788",
        "7789",
        "texts/qlo/helplines.yaml:1: 7788: is missing; qsa has “بازي”",
    ),
    "a text that nobody else has": (
        "texts/qlo/helplines.yaml",
        "Bazi",
        'Bazi"\nmore: "Mora',
        "texts/qsa/helplines.yaml:1: more: is missing; qlo has “Mora”",
    ),
    "empty text": ("texts/qlo/helplines.yaml", "Bazi", " ", "texts/qlo/helplines.yaml:1: 7788: is empty"),
    "a list for a text": (
        "texts/qlo/helplines.yaml",
        '"Bazi"',
        "[Bazi]",
        "texts/qlo/helplines.yaml:1: 7788: must be a text",
    ),
    "a stray brace": (
        "texts/qlo/helplines.yaml",
        "Bazi",
        "Ba{zi",
        "texts/qlo/helplines.yaml:1: 7788: has a brace that is not",
    ),
    "another placeholder": (
        "texts/qlo/helplines.yaml",
        "Bazi",
        "Ba {zi}",
        "texts/qlo/helplines.yaml:1: 7788: has {zi}, but qsa has no placeholder",
    ),
    "mixed scripts in a text": (
        "texts/qlo/reasons.yaml",
        "Floda",
        "Flоda",
        "texts/qlo/reasons.yaml:2: w2: “Flоda” mixes LATIN Flda and CYRILLIC о",
    ),
    "a plural form too few": (
        "texts/qsa/reasons.yaml",
        '"فيضان"',
        '{one: "فيضان", other: "ماء"}',
        "texts/qsa/reasons.yaml:2: w2: needs exactly the plural forms one, other, two",
    ),
    "a danger key too many": (
        "danger/qlo.yaml",
        "harmless:",
        "harmles:",
        "danger/qlo.yaml:6: harmles: unknown; known here",
    ),
    "a danger word without a name": (
        "danger/qlo.yaml",
        "& {self}",
        "& {selfo}",
        "danger/qlo.yaml:5: danger.storm.1: no word 'selfo' is in words",
    ),
    "a danger pattern that is none": (
        "danger/qlo.yaml",
        "drowna* & {self}",
        "drowna(",
        "danger/qlo.yaml:5: danger.storm.1: “drowna(” is no pattern",
    ),
    "a danger pattern with loose ends": (
        "danger/qlo.yaml",
        "drowna filma",
        '"drowna &"',
        "danger/qlo.yaml:7: harmless.1: a space, ~ or & stands where",
    ),
    "a folding of signs": (
        "danger/qlo.yaml",
        '"0": o',
        '"(": o',
        "danger/qlo.yaml:1: fold.(: '(' has a character that reg",
    ),
    "a script in a picture": (
        "pictures/river.svg",
        "<path",
        "<script/><path",
        "pictures/river.svg:1: may not have <script: drawings are lines and shapes only",
    ),
    "a picture that is none": ("pictures/river.svg", "</svg>", "", "pictures/river.svg: is not one <svg …> element"),
}


@pytest.mark.parametrize(("file", "old", "new", "said"), SPOILT.values(), ids=SPOILT)
def test_a_fault_is_named_by_file_line_and_key(folder: Path, file: str, old: str, new: str, said: str) -> None:
    spoil(folder, file, replaced(old, new))
    assert any(said in fault for fault in faults(folder)), faults(folder)


def test_a_good_pack_has_no_faults(folder: Path) -> None:
    assert load(folder).id == "sareva"


@pytest.mark.parametrize(
    "file",
    [
        *("pack.yaml", "territories.yaml", "helplines.yaml", "reasons.yaml", "conflicts.yaml", "calendar.yaml"),
        *("words/qsa.txt", "danger/qlo.yaml", "pictures/icon.svg", "texts/qlo/child.yaml"),
    ],
)
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    assert [fault for fault in faults(folder) if fault.startswith(f"{file}: is missing")]


def test_a_missing_language_is_named(folder: Path) -> None:
    shutil.rmtree(folder / "texts" / "qlo")
    assert "texts/qlo: has no texts" in faults(folder)


def test_a_language_that_nobody_speaks_is_named(folder: Path) -> None:
    shutil.copytree(folder / "texts" / "qlo", folder / "texts" / "xx")
    assert "texts/xx: is of a language that pack.yaml does not have" in faults(folder)


def test_a_file_that_is_not_utf_8_is_named_with_the_line(folder: Path) -> None:
    source = (folder / "pack.yaml").read_bytes()
    (folder / "pack.yaml").write_bytes(source + b"# ok\n# \xff\xfe\n")
    line = source.count(b"\n") + 2
    assert faults(folder) == [f"pack.yaml:{line}: is not UTF-8 text"]


def test_a_file_of_many_megabytes_is_not_read(folder: Path) -> None:
    (folder / "helplines.yaml").write_bytes(b"# " + b"x" * 5_000_000)
    assert "helplines.yaml: is larger than 4194304 bytes" in faults(folder)


def test_a_word_list_has_2048_different_words(folder: Path) -> None:
    path = folder / "words" / "qlo.txt"
    words = path.read_text(encoding="utf-8").split()
    words[9:11] = [words[3] + "x", "two words"]
    path.write_text("\n".join(words[:-1]) + "\n", encoding="utf-8")
    assert faults(folder) == [
        "words/qlo.txt: has 2047 words, not 2048",
        f"words/qlo.txt:10: “{words[9]}” begins as “{words[3]}” on line 4 does",
        "words/qlo.txt:11: “two words” is not one word in letters of one script",
    ]


def test_all_faults_are_said_at_once_in_the_order_of_files(folder: Path) -> None:
    spoil(folder, "territories.yaml", replaced("region: QS-S", "region: QS-W"))
    spoil(folder, "texts/qlo/reasons.yaml", replaced("Floda", ""))
    (folder / "words" / "qsa.txt").unlink()
    found = faults(folder)
    assert [re.split(r"[:]", fault)[0] for fault in found] == [
        "territories.yaml",
        "texts/qlo/reasons.yaml",
        "words/qsa.txt",
    ]


def test_a_folder_without_a_pack_is_named(tmp_path: Path) -> None:
    assert faults(tmp_path) == [f"pack.yaml: is missing in {tmp_path}"]
