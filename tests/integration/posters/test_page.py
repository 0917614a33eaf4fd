"""What a person reads on the printed page."""

import re

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balaqorgau.places.posters import SHEETS, PosterError, Press
from tests.integration.posters.shop import NAMES, PAIRS, page, poster, press, text, wording

MM = 72 / 25.4
KAZAKH = set("әғқңөұүһі")


@pytest.mark.parametrize("languages", PAIRS, ids="-".join)
@pytest.mark.parametrize("sheet", ["poster", "plaque", "stickers"])
def test_every_sheet_says_what_it_is_for_in_both_languages(sheet: str, languages: tuple[str, str]) -> None:
    said = text(press(sheet, languages).print([poster()]))
    for words in map(wording, languages):
        for needed in (words.question, words.invitation, words.anonymous, words.hours):
            assert needed in said
    for needed in ("111", "balaqorgau.example", "KZ-10 · 7K3M-QX9T"):
        assert needed in said


@pytest.mark.parametrize("languages", PAIRS, ids="-".join)
def test_the_poster_says_all_of_its_words(languages: tuple[str, str]) -> None:
    said = text(press("poster", languages).print([poster()]))
    for words in map(wording, languages):
        spoken = {key: value for key, value in words.texts().items() if key not in {"language", "example"}}
        assert {key: value for key, value in spoken.items() if value not in said} == {}
        assert NAMES[words.language] in said


def test_kazakh_letters_are_letters_and_not_boxes() -> None:
    said = set(text(press().print([poster()])).lower())
    assert said >= KAZAKH - set("әһөұ")
    assert set(text(press().print([poster(names={"kk": "Әнім, Өріс, Ұлан, Жаһан"})])).lower()) >= KAZAKH


def test_only_the_projects_fonts_are_in_the_file() -> None:
    pdf = press().print([poster()])
    fonts = {name.decode() for name in re.findall(rb"/BaseFont/[A-Z]{6}\+([A-Za-z-]+)", pdf)}
    assert fonts == {"NotoSans-Medium", "NotoSans-Bold", "NotoSans-Black"}


def test_the_headline_is_legible_from_three_metres() -> None:
    """Sight of 6/12, half of the usual, needs letters of 8.7 mm at three metres (ten minutes of arc)."""
    for languages in PAIRS:
        pdf = press("poster", languages).print([poster()])
        words = page(pdf).get_textpage()
        start = words.get_text_range().index(wording(languages[0]).question)
        _, bottom, _, top = words.get_charbox(start, loose=False)
        assert (top - bottom) / MM >= 8.7


@pytest.mark.parametrize("languages", PAIRS, ids="-".join)
@pytest.mark.parametrize("sheet", SHEETS)
def test_an_example_is_marked_in_both_languages_and_a_real_one_is_not(sheet: str, languages: tuple[str, str]) -> None:
    marks = [wording(language).example for language in languages]
    example = text(press(sheet, languages).print([poster(example=True)]))
    real = text(press(sheet, languages).print([poster()]))
    assert all(mark in example and mark not in real for mark in marks)


def test_one_name_for_both_languages_is_printed_once() -> None:
    assert text(press().print([poster(names={"kk": "Бірегей атау"})])).count("Бірегей атау") == 1


def name_boxes(pdf: bytes, name: str) -> list[tuple[float, float, float, float]]:
    """Where each letter of a name is: left, top, right, bottom in millimetres from the page's top left."""
    leaf = page(pdf)
    words = leaf.get_textpage()
    everything = words.get_text_range()
    wanted = re.compile("[\\s\u200b\ufffe]*".join(map(re.escape, name.replace(" ", ""))))
    found = wanted.search(everything)
    assert found, everything
    letters = (i for i in range(*found.span()) if everything[i] not in " \r\n\u200b\ufffe")
    boxes = (words.get_charbox(i) for i in letters)
    height = leaf.get_height()
    return [(l / MM, (height - t) / MM, r / MM, (height - b) / MM) for l, b, r, t in boxes]  # noqa: E741


LONG_WORDS = st.lists(st.text("абвгдежШЩЖМЮқңғүұөәһі№WMi", min_size=1, max_size=40), min_size=2, max_size=40)
LONG_NAMES = LONG_WORDS.map(lambda words: " ".join(words)[:120].strip()).filter(lambda name: len(name) > 60)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(first=LONG_NAMES, second=LONG_NAMES)
def test_long_names_stay_in_their_place(first: str, second: str) -> None:
    for sheet, top, bottom in (("poster", 283.5, 293), ("plaque", 139.3, 146.5)):
        pdf = press(sheet).print([poster(names={"kk": first, "ru": second})])
        width = SHEETS[sheet].width
        for name in {first, second}:
            for box in name_boxes(pdf, name):
                assert box[0] >= 7
                assert box[2] <= width - 7
                assert box[1] >= top
                assert box[3] <= bottom


def test_the_widest_name_of_120_letters_fits() -> None:
    name = " ".join(["ЩЩЩЩЩЩЩЩЩЩЩ"] * 10)[:120]
    for sheet in SHEETS:
        press(sheet).print([poster(names={"kk": name, "ru": name + "!"})])


def test_a_name_that_no_size_fits_is_named_and_nothing_is_printed() -> None:
    endless = "Ж" * 900
    with pytest.raises(PosterError, match="too long for its place: Ж"):
        press().print([poster(), poster(names={"kk": endless})])


def test_a_name_in_letters_that_the_fonts_lack_is_named_with_the_letters() -> None:
    with pytest.raises(PosterError, match="'学', needed for: 学 мектебі"):
        press().print([poster(names={"kk": "学 мектебі"})])


def test_typesetting_marks_in_a_name_are_only_letters() -> None:
    name = '#panic("x") $x^2$ *b* _i_ `c` @a <b> \\ // /* "'
    assert name.strip() in text(press().print([poster(names={"kk": name})]))


def test_no_school_no_print() -> None:
    with pytest.raises(PosterError, match="no school"):
        press().print([])


def test_a_poster_has_two_languages() -> None:
    with pytest.raises(PosterError, match="two languages, not 1"):
        Press(SHEETS["poster"], [wording("kk")], helpline="111")


def test_the_same_order_prints_the_same_bytes() -> None:
    order = [poster(code) for code in ("7K3MQX9T", "00000000")]
    fresh = Press(SHEETS["poster"], [wording("kk"), wording("ru")], helpline="111")
    assert fresh.print(order) == press().print(order)


@pytest.mark.parametrize(
    ("sheet", "width", "height"), [("poster", 210, 297), ("plaque", 105, 148), ("stickers", 210, 297)]
)
def test_pages_have_the_papers_size(sheet: str, width: float, height: float) -> None:
    leaf = page(press(sheet).print([poster()]))
    assert leaf.get_width() / MM == pytest.approx(width, abs=0.1)
    assert leaf.get_height() / MM == pytest.approx(height, abs=0.1)


def test_a_print_shop_gets_bleed_cutting_marks_and_a_trim_box() -> None:
    leaf = page(press("plaque", bleed=3).print([poster()]))
    left, bottom, right, top = leaf.get_trimbox()
    assert (right - left) / MM == pytest.approx(105, abs=0.1)
    assert (top - bottom) / MM == pytest.approx(148, abs=0.1)
    assert left / MM == pytest.approx(10, abs=0.1)
    image = leaf.render(scale=300 / 72).to_pil().convert("L")
    dot = 300 / 25.4
    shade = lambda x, y: image.getpixel((round(x * dot), round(y * dot)))  # noqa: E731
    assert shade(7.5, 50) < 255  # the picture reaches three millimetres beyond the cut
    assert shade(6.5, 50) == 255  # and no further
    assert min(shade(3, 10 + shift / 20) for shift in range(-10, 10)) < 128  # a mark where the cut is


def test_a_bleed_that_is_no_bleed_is_refused() -> None:
    for bleed in (-1, 11):
        with pytest.raises(PosterError, match="bleed"):
            Press(SHEETS["poster"], [wording("kk"), wording("ru")], helpline="111", bleed=bleed)


def test_the_files_title_is_the_posters_question() -> None:
    title = pypdfium2.PdfDocument(press().print([poster()])).get_metadata_value("Title")
    assert title.startswith(wording("kk").question)


def test_a_poster_more_costs_a_few_kilobytes() -> None:
    """What all posters share is in the file once: 7,687 of them stay below 35 MB."""
    codes = [f"{number:08d}" for number in range(60)]
    few, many = (len(press().print([poster(code) for code in codes[:count]])) for count in (10, 60))
    assert (many - few) / 50 < 4_500
