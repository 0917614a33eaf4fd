"""Schools in the hands of an administrator: found however they are typed, taken all or not at all, given new codes and links."""

import base64
import re
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from zxingcpp import read_barcodes

from balaqorgau import pack
from balaqorgau.administration import printing
from balaqorgau.audit.models import AuditRow
from balaqorgau.kernel import clock
from balaqorgau.kernel.signer import OPERATOR
from balaqorgau.places import actions, links
from balaqorgau.places.models import PosterLink, School, SchoolCode
from balaqorgau.places.schoollist import SchoolRow
from tests.integration.administration.people import fill, page
from tests.integration.desk.office import Visitor
from tests.unit.places.lists import HEAD, table

pytestmark = pytest.mark.django_db
GOOD = ("77", "KZ-10", "101000000", "Жаңа мектеп", "Новая школа", "New School")
BAD = ("78", "KZ-99", "", "Екінші мектеп", "Вторая школа", "Second School")
LINK = re.compile(r'id="made-link"[^>]*>http[^<]*?(/poster/[^<]+)<')


def known(*names: str, region: str = "KZ-10") -> None:
    """Schools with these names in Kazakh."""
    rows = [SchoolRow(f"N{at}", region, "", {"kk": name, "ru": f"Школа {at}"}) for at, name in enumerate(names, 1)]
    actions.import_schools(rows, by=OPERATOR)


def upload(admin: Visitor, *rows: tuple[str, ...]) -> Any:
    """Choose a file and have it checked."""
    file = SimpleUploadedFile("list.csv", table([HEAD, *rows]))
    return fill(admin, "schools/import/", "schools/import/check", file=file)


def carried(answer: Any) -> str:
    """The list that the page of a good check carries."""
    found = re.search(r'name="list" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


def one_school() -> School:
    """A school, made."""
    known("Абай мектебі")
    return School.objects.get()


def at(school: School, rest: str = "") -> str:
    """The address of a school's page or form."""
    return f"schools/{school.pk}/{rest}"


# The empty page, the list


def test_without_schools_the_page_says_what_to_do_first(admin: Visitor) -> None:
    assert "No schools yet" in page(admin, "schools/")
    assert "There are no schools yet" in page(admin)


@pytest.mark.parametrize("typed", ["қазыбек", "КАЗЫБЕК", "казы", "n2", "школа 2", "бек қазы"])
def test_a_school_is_found_however_it_is_typed(admin: Visitor, typed: str) -> None:
    known("Абай мектебі", "Қазыбек би мектебі")
    found = page(admin, f"schools/?q={typed}")
    assert "Schools found: 1" in found
    assert "N2" in found


def test_what_nobody_is_called_finds_nothing_and_says_what_to_do(admin: Visitor) -> None:
    known("Абай мектебі")
    assert "There is no such school" in page(admin, "schools/?q=жоқ")
    assert "There is no such school" in page(admin, "schools/?q=абай&region=KZ-11")


def test_schools_stand_as_the_language_sorts_them(admin: Visitor) -> None:
    known("№ 10 мектеп", "Ұлытау", "№ 2 мектеп", "Әуезов", "Іле", "Бөгет", "Қорқыт", "Керей", "Ыбырай")
    fill(admin, "", "language", language="kk")
    shown = re.findall(r'<a href="/desk/admin/schools/[^"]+"><bdi>([^<]+)</bdi></a>', page(admin, "schools/"))
    expected = ["Әуезов", "Бөгет", "Керей", "Қорқыт", "Ұлытау", "Ыбырай", "Іле", "№ 2 мектеп", "№ 10 мектеп"]
    assert shown == expected


def test_a_long_list_has_pages_and_a_page_beyond_the_end_is_the_last(admin: Visitor) -> None:
    known(*(f"№ {number} мектеп" for number in range(1, 62)))
    first, last = page(admin, "schools/"), page(admin, "schools/?page=99999")
    assert first.count('class="admin-row"') == 50
    assert last.count('class="admin-row"') == 11
    assert 'rel="next"' in first
    assert 'rel="next"' not in last


# Taking a list


def test_one_bad_row_and_nothing_is_taken_and_the_row_is_named(admin: Visitor) -> None:
    answer = upload(admin, GOOD, BAD)
    assert answer.status_code == 422
    assert "Row 3: there is no region “KZ-99”." in answer.content.decode()
    assert not School.objects.exists()


def test_a_list_is_checked_first_and_taken_then(admin: Visitor) -> None:
    checked = upload(admin, GOOD)
    assert "Would be added: 1" in checked.content.decode()
    assert not School.objects.exists()
    taken = fill(admin, "schools/import/", "schools/import/take", list=carried(checked))
    assert "Added: 1" in taken.content.decode()
    assert School.objects.get().number == "77"
    row = AuditRow.objects.get(act="schools-imported")
    assert (row.actor.partition(":")[0], row.detail) == ("administrator", "added 1, changed 0")


def test_a_list_that_went_bad_between_check_and_taking_is_refused(admin: Visitor) -> None:
    data = base64.b64encode(table([HEAD, BAD])).decode()
    assert fill(admin, "schools/import/", "schools/import/take", list=data).status_code == 422
    assert not School.objects.exists()


@pytest.mark.parametrize("data", ["", "%%%", "AAAA"])
def test_what_is_no_list_is_refused_in_words_or_as_a_broken_request(admin: Visitor, data: str) -> None:
    assert fill(admin, "schools/import/", "schools/import/take", list=data).status_code in (400, 422)
    assert not School.objects.exists()


def test_no_file_and_a_file_that_is_too_large_are_told_apart(admin: Visitor) -> None:
    assert "No file was chosen" in fill(admin, "schools/import/", "schools/import/check").content.decode()
    large = SimpleUploadedFile("list.csv", b"x" * (4 * 1024 * 1024 + 1))
    answer = fill(admin, "schools/import/", "schools/import/check", file=large)
    assert answer.status_code == 413
    assert "balaqorgau schools import" in answer.content.decode()


def test_a_name_that_would_be_a_formula_or_a_page_stays_text(admin: Visitor) -> None:
    known("<script>alert(1)</script>")
    shown = page(admin, "schools/")
    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown
    assert "begins with a sign of a formula" in upload(admin, (*GOOD[:3], "=cmd", *GOOD[4:])).content.decode()


# A new code


def test_a_code_is_changed_with_a_reason_and_a_confirmation_only(admin: Visitor) -> None:
    school = one_school()
    old = SchoolCode.objects.get().code
    for fields in ({}, {"why": "lost"}, {"sure": "1"}, {"why": "boredom", "sure": "1"}):
        assert fill(admin, at(school), at(school, "rotate"), **fields).status_code == 422
    assert SchoolCode.objects.count() == 1
    answer = fill(admin, at(school), at(school, "rotate"), why="false", sure="1")
    assert answer.status_code == 303
    assert "The school has a new code" in admin.get(answer.url).content.decode()
    new = SchoolCode.objects.get(until=None).code
    assert new != old
    assert new in page(admin, at(school))
    assert AuditRow.objects.filter(act="codes-rotated", subject="school:N1", detail="1 false").count() == 1


def test_what_was_chosen_is_kept_when_the_confirmation_is_missing(admin: Visitor) -> None:
    school = one_school()
    answer = fill(admin, at(school), at(school, "rotate"), why="flood")
    assert 'value="flood" required checked' in answer.content.decode()


# Posters


def code_on(data: bytes) -> list[str]:
    """What the QR codes of a PDF's pages hold."""
    document = pypdfium2.PdfDocument(data)
    found: list[str] = []
    for sheet in document:
        picture: Image.Image = sheet.render(scale=2).to_pil()
        found += [code.text for code in read_barcodes(picture)]
    document.close()
    return found


@pytest.mark.parametrize("sheet", ["poster", "plaque", "stickers"])
def test_one_school_s_poster_carries_its_code_of_today(admin: Visitor, sheet: str) -> None:
    school = one_school()
    answer = fill(admin, at(school), at(school, "poster"), sheet=sheet)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="N1.pdf"'
    code = SchoolCode.objects.get().code
    assert {text.rpartition("#")[2] for text in code_on(answer.content)} == {f"KZ-10.{code}"}
    assert AuditRow.objects.filter(act="posters-printed", subject="school:N1").count() == 1


def test_a_region_s_posters_are_printed_up_to_a_number_and_then_the_command_is_named(
    admin: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    known("Бір", "Екі", "Үш")
    form = "schools/?region=KZ-10"
    answer = fill(admin, form, "schools/posters", region="KZ-10", district="", sheet="poster")
    assert len(code_on(answer.content)) == 3
    monkeypatch.setattr(printing, "MOST", 2)
    refused = fill(admin, form, "schools/posters", region="KZ-10", district="", sheet="poster")
    assert refused.status_code == 422
    assert "balaqorgau posters --region" in refused.content.decode()
    assert AuditRow.objects.filter(act="posters-printed").count() == 1


def test_a_region_without_schools_and_a_sheet_that_does_not_exist_are_refused(admin: Visitor) -> None:
    school = one_school()
    form = "schools/?region=KZ-11"
    assert fill(admin, form, "schools/posters", region="KZ-11", district="", sheet="poster").status_code == 422
    assert fill(admin, form, "schools/posters", region="", district="", sheet="poster").status_code == 422
    assert fill(admin, at(school), at(school, "poster"), sheet="banner").status_code == 422


def test_a_name_that_no_font_can_draw_is_said_and_nothing_is_printed(admin: Visitor) -> None:
    known("学校")
    school = School.objects.get()
    answer = fill(admin, at(school), at(school, "poster"), sheet="poster")
    assert answer.status_code == 422
    assert "Nothing was printed" in answer.content.decode()
    assert not AuditRow.objects.filter(act="posters-printed").exists()


# A link for the school's contact


def made_link(admin: Visitor, school: School) -> str:
    """The path of a new link."""
    found = LINK.search(fill(admin, at(school), at(school, "link")).content.decode())
    assert found
    return found[1]


def test_a_link_gives_one_school_s_poster_once_and_then_says_so_kindly(admin: Visitor, client: Client) -> None:
    known("Абай мектебі", "Басқа мектеп")
    school = School.objects.get(number="N1")
    path = made_link(admin, school)
    looked = [client.get(path) for _ in range(3)]
    assert [answer.status_code for answer in looked] == [200, 200, 200]
    assert "Абай мектебі" in looked[0].content.decode()
    assert not client.cookies
    answer = client.post(f"{path}pdf")
    code = SchoolCode.objects.get(school=school).code
    assert [text.rpartition("#")[2] for text in code_on(answer.content)] == [f"KZ-10.{code}"]
    again = client.post(f"{path}pdf")
    assert again.status_code == 410
    assert "Бұл сілтеме пайдаланылған" in again.content.decode()
    assert client.get(path).status_code == 410
    assert "Абай мектебі" not in client.get(path).content.decode()
    assert client.get(path.replace("/kk/", "/ru/")).content.decode().count("уже использована") == 1
    acts = AuditRow.objects.filter(act__startswith="poster-").values_list("act", "actor")
    assert [(act, actor.partition(":")[0]) for act, actor in acts] == [
        ("poster-link-made", "administrator"),
        ("poster-fetched", "guest"),
    ]


def test_of_a_link_only_a_hash_is_kept_and_it_is_shown_once(admin: Visitor) -> None:
    school = one_school()
    secret = made_link(admin, school).rstrip("/").rpartition("/")[2]
    assert secret.encode() not in bytes(PosterLink.objects.get().token)
    assert secret not in page(admin, at(school))
    assert secret not in str(list(AuditRow.objects.values()))


def test_a_link_ends_after_the_pack_s_days(admin: Visitor, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made_link(admin, one_school())
    days = pack.current().limits.poster_link_days
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=days, seconds=-5))
    assert client.get(path).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=days, seconds=5))
    assert client.get(path).status_code == 410
    assert client.post(f"{path}pdf").status_code == 410
    assert PosterLink.objects.get().used_at is None


def test_a_link_can_be_withdrawn_once_and_gives_nothing_then(admin: Visitor, client: Client) -> None:
    school = one_school()
    path = made_link(admin, school)
    form = at(school, f"link/{PosterLink.objects.get().pk}/withdraw")
    assert fill(admin, at(school), form).status_code == 303
    assert fill(admin, at(school), form).status_code == 404
    assert client.post(f"{path}pdf").status_code == 410
    assert "қайтарып алған" in client.get(path).content.decode()


def test_a_link_is_withdrawn_on_its_own_school_s_page_only(admin: Visitor, client: Client) -> None:
    known("Абай мектебі", "Басқа мектеп")
    one, other = School.objects.order_by("number")
    path = made_link(admin, one)
    form = at(other, f"link/{PosterLink.objects.get().pk}/withdraw")
    assert fill(admin, at(other), form).status_code == 404
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("secret", ["a", "A" * 32, "%00", "ә"])
def test_a_link_that_nobody_made_leads_nowhere_in_words(client: Client, secret: str) -> None:
    for answer in (client.get(f"/poster/en/{secret}/"), client.post(f"/poster/en/{secret}/pdf")):
        assert answer.status_code == 404
        assert "There is no such link" in answer.content.decode()


def test_a_poster_that_cannot_be_printed_uses_nothing_up(admin: Visitor, client: Client) -> None:
    known("学校")
    path = made_link(admin, School.objects.get())
    answer = client.post(f"{path}pdf")
    assert answer.status_code == 422
    assert "Сілтеме әлі пайдаланылған жоқ" in answer.content.decode()
    assert PosterLink.objects.get().used_at is None


def test_a_link_shows_no_number_of_anything(admin: Visitor, client: Client) -> None:
    shown = client.get(made_link(admin, one_school())).content.decode()
    main = re.sub(r"<[^>]+>", " ", shown.partition("<main")[2].partition("</main>")[0])
    days = re.sub(r"\d{4}\sж\.[^\n]*|A4", "", main)
    assert not re.search(r"\d", days), days


def test_of_two_at_once_one_gets_the_poster(admin: Visitor) -> None:
    made_link(admin, one_school())
    one, other = PosterLink.objects.get(), PosterLink.objects.get()
    links.use(one)
    with pytest.raises(links.LinkRefused, match="used"):
        links.use(other)
    with pytest.raises(links.LinkRefused, match="used"):
        links.withdraw(other, by=OPERATOR)
    assert AuditRow.objects.filter(act="poster-fetched").count() == 1
