"""The pages about an installation: every section the pack has, who runs it, on what legal basis, in every language."""

import html
import re

import pytest
from django.test import Client

from balaqorgau import pack
from balaqorgau.about.views import PAGES
from balaqorgau.pack import Pack

pytestmark = pytest.mark.django_db
LANGUAGES = ("kk", "ru", "en")
WRITTEN = ("privacy", "privacy-adults", "accessibility")
SECTION = re.compile(r"<section[^>]*>\s*<h2[^>]*>(.*?)</h2>(.*?)</section>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def shown(client: Client, path: str) -> str:
    """A page as a browser gets it."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    return answer.content.decode()


def words(markup: str) -> str:
    """What is read of a piece of markup."""
    return " ".join(html.unescape(TAG.sub(" ", markup)).split())


def sections(page: str) -> list[tuple[str, str]]:
    """Title and text of every section."""
    return [(words(title), words(body)) for title, body in SECTION.findall(page)]


def said(country: Pack, language: str, name: str) -> list[tuple[str, str]]:
    """The numbered sections of the pack, read from its texts and not by the program."""
    texts = country.namespace(language, "about")
    numbers = sorted(int(found[1]) for key in texts if (found := re.fullmatch(rf"about\.{name}\.s(\d+)_text", key)))
    assert numbers == list(range(1, len(numbers) + 1))
    return [
        (
            " ".join(country.text(language, f"about.{name}.s{number}_title").split()),
            " ".join(country.text(language, f"about.{name}.s{number}_text").split()),
        )
        for number in numbers
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", WRITTEN)
def test_every_section_of_the_pack_is_on_its_page(client: Client, page: str, language: str) -> None:
    country = pack.current()
    expected = said(country, language, PAGES[page])
    assert len(expected) >= 4
    assert sections(shown(client, f"/about/{page}/{language}/")) == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_speaks_its_language_and_leads_to_the_others(client: Client, page: str, language: str) -> None:
    country = pack.current()
    found = shown(client, f"/about/{page}/{language}/")
    title = country.text(language, f"about.{PAGES[page]}.title")
    assert f'<html lang="{language}"' in found
    assert [words(one) for one in re.findall(r"<h1[^>]*>(.*?)</h1>", found, re.DOTALL)] == [title]
    links = re.findall(r'<a href="/about/([^/]+)/([^/]+)/"([^>]*)>(.*?)</a>', found)
    named = {(name, words(text)): "page" in more for name, lang, more, text in links if "lang=" not in more}
    assert named == {(one, country.text(language, f"about.nav.{key}")): one == page for one, key in PAGES.items()}
    assert {lang for name, lang, *_ in links if name == page} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_operator_is_named_with_ways_to_reach_it(client: Client, language: str) -> None:
    country = pack.current()
    title, body = sections(shown(client, f"/about/operator/{language}/"))[0]
    assert title == country.text(language, "about.operator.s1_title")
    assert country.operator.names[language] in body
    assert country.operator.contact["mail"] in body
    assert country.operator.contact["security"] not in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_legal_basis_is_cited_with_act_number_article_and_rule(client: Client, language: str) -> None:
    country = pack.current()
    title, body = sections(shown(client, f"/about/operator/{language}/"))[1]
    assert title == country.text(language, "about.operator.s2_title")
    assert len(country.legal) >= 4
    for basis in country.legal:
        assert f"{basis.act[language]} {basis.number}, {basis.article}: {basis.rule[language]}" in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_for_help_is_there_with_what_it_is(client: Client, language: str) -> None:
    country = pack.current()
    _, body = sections(shown(client, f"/about/operator/{language}/"))[2]
    for line in country.helplines:
        assert f"{line.number}: {country.text(language, f'helplines.{line.number}')}" in body


@pytest.mark.parametrize("page", PAGES)
def test_without_a_language_the_page_speaks_the_country_s_first(client: Client, page: str) -> None:
    assert f'<html lang="{pack.current().languages[0]}"' in shown(client, f"/about/{page}/")


@pytest.mark.parametrize("path", ["/about/nothing/", "/about/privacy/de/", "/about/nothing/kk/", "/about/"])
def test_a_page_or_a_language_that_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_are_only_read(client: Client, page: str) -> None:
    assert client.post(f"/about/{page}/").status_code == 405
