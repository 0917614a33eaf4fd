"""When sending fails the text stays, the reason is said, one tap tries again, and the same letter goes: never two."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.reporter.walking import Child

APPEALS = "**/api/appeals"
TEXT = "Осы хат жоғалмайды"
Handler = Callable[[Route], None]


def refusal(status: int, **body: object) -> Handler:
    """An answer of the server that is no yes."""
    return lambda route: route.fulfill(status=status, body=json.dumps(body), content_type="application/json")


FAILURES: dict[str, tuple[Handler, str]] = {
    "network": (lambda route: route.abort("internetdisconnected"), "Интернет үзілді"),
    "broken": (lambda route: route.fulfill(status=500, body="<h1>500</h1>"), "Бізде бірдеңе бұзылды"),
    "full": (refusal(503, error="storage_full"), "орын бітіп қалды"),
    "busy": (refusal(503, error="busy"), ""),
    "slow": (refusal(429, error="slow_down", seconds=37), "37"),
    "too large": (refusal(413, error="too_large"), ""),
    "forged": (refusal(201, commitment="x", promise="not a promise"), ""),
}


class Post:
    """What was sent, try by try; the first `fail` tries are answered by a handler, the others by the server."""

    def __init__(self, child: Child, handler: Handler, fail: int = 1) -> None:
        self.sent: list[bytes] = []
        self.handler, self.fail = handler, fail
        child.page.route(APPEALS, self.take)

    def take(self, route: Route) -> None:
        """One try."""
        self.sent.append(route.request.post_data_buffer or b"")
        if len(self.sent) <= self.fail:
            self.handler(route)
        else:
            route.continue_()

    def said(self, name: str) -> list[str]:
        """A field of every try; `manifest` names the letter."""
        return [fields(body)[name] for body in self.sent]


def fields(body: bytes) -> dict[str, str]:
    """The texts in the head of a request: its length in four bytes, then JSON."""
    length = int.from_bytes(body[:4], "big")
    return dict(json.loads(body[4 : 4 + length])["fields"])


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failed_try_keeps_the_text_says_why_and_repeats_the_very_same_letter(child: Child, failure: str) -> None:
    handler, reason = FAILURES[failure]
    page = child.open().page
    post = Post(child, handler)
    child.write(TEXT).go_to("send").forward()
    told = page.locator("#after [role=alert]")
    expect(told).to_contain_text("Хат әлі кеткен жоқ", timeout=60_000)
    expect(told).to_contain_text(reason)
    expect(told).to_contain_text("Ештеңе жоғалған жоқ")
    expect(page.locator("#after .calls a").first).to_be_visible()
    assert page.locator("textarea[name=text]").input_value() == TEXT
    page.locator("#after .main").click()
    child.words()
    assert len(post.sent) == 2
    assert post.sent[0] == post.sent[1]
    assert len(post.sent[0]) > 4096


def test_after_a_failure_the_way_back_leads_to_the_form_as_it_was(child: Child) -> None:
    page = child.open().page
    Post(child, FAILURES["broken"][0])
    child.write(TEXT).go_to("send").forward()
    page.locator("#after button").last.click()
    expect(page.locator("#send")).to_be_visible()
    page.locator("#back").click()
    child.go_to("send")
    expect(page.locator("#summary")).to_contain_text(TEXT)


def test_a_letter_that_was_changed_after_a_failure_is_another_letter(child: Child) -> None:
    page = child.open().page
    post = Post(child, FAILURES["broken"][0])
    child.write(TEXT).go_to("send").forward()
    page.locator("#after button").last.click()
    while child.step != "tell":
        page.locator("#back").click()
    page.locator("textarea[name=text]").fill(f"{TEXT} енді")
    child.send()
    first, second = post.said("manifest")
    assert first != second


def test_a_server_that_lost_the_answer_after_storing_counts_the_letter_once(child: Child) -> None:
    page = child.open().page
    statuses: list[int] = []

    def stored_but_unheard(route: Route) -> None:
        statuses.append(route.fetch().status)
        route.abort("connectionreset")

    Post(child, stored_but_unheard)
    page.on("response", lambda answer: statuses.append(answer.status) if answer.url.endswith("/api/appeals") else None)
    child.write(TEXT).go_to("send").forward()
    expect(page.locator("#after [role=alert]")).to_be_visible(timeout=60_000)
    page.locator("#after .main").click()
    words = child.words()
    assert statuses == [201, 200]
    child.read(" ".join(words))
    expect(child.thread).to_have_count(1, timeout=60_000)


def test_a_server_that_wants_more_work_gets_it_for_the_same_letter_unasked(child: Child) -> None:
    child.open()
    post = Post(child, refusal(428, error="work_too_easy", bits=18))
    child.write(TEXT).send()
    manifests, nonces = post.said("manifest"), post.said("nonce")
    assert manifests[0] == manifests[1]
    assert nonces[0] != nonces[1]


def test_a_server_that_wants_endless_work_is_not_believed(child: Child) -> None:
    child.open()
    post = Post(child, refusal(428, error="work_too_easy", bits=40))
    child.write(TEXT).go_to("send").forward()
    expect(child.page.locator("#after [role=alert]")).to_contain_text("тағы бір тексеру", timeout=60_000)
    assert len(post.sent) == 1


def test_desks_with_new_keys_get_the_letter_sealed_anew_and_its_words_open_it(child: Child) -> None:
    child.open()
    post = Post(child, refusal(422, error="wrong_recipients"))
    words = child.write(TEXT).send()
    first, second = post.said("manifest")
    assert first != second
    child.read(" ".join(words))
    expect(child.thread.first).to_contain_text(TEXT, timeout=60_000)


def test_a_directory_that_stays_wrong_is_said(child: Child) -> None:
    child.open()
    post = Post(child, refusal(422, error="wrong_recipients"), fail=9)
    child.write(TEXT).go_to("send").forward()
    expect(child.page.locator("#after [role=alert]")).to_contain_text("ескі", timeout=60_000)
    assert len(post.sent) == 2


def test_a_network_that_dies_while_the_page_loads_its_rest_is_said_and_the_text_stays(child: Child) -> None:
    page = child.page
    page.route("**/p/site.*", lambda route: route.abort())
    page.goto("/")
    child.write(TEXT).go_to("send").forward()
    expect(page.locator("#trouble, #after [role=alert]").first).to_be_visible()
    assert page.locator("textarea[name=text]").input_value() == TEXT
    page.unroute("**/p/site.*")
    page.locator("#trouble button, #after .main, #next").locator("visible=true").first.click()
    assert len(child.words()) == 6


def test_a_forged_site_file_is_refused(child: Child) -> None:
    page = child.page
    page.route("**/p/site.*", lambda route: route.fulfill(body='{"v":1}', content_type="application/json"))
    page.goto("/")
    child.write(TEXT).go_to("send").forward()
    expect(page.locator("#trouble")).to_be_visible()
    assert not [url for url in child.asked if "/api/" in url]


def test_two_taps_on_send_are_one_letter(child: Child) -> None:
    child.open()
    post = Post(child, lambda route: None, fail=0)
    child.write(TEXT).go_to("send")
    child.page.evaluate("() => { const next = document.querySelector('#next'); next.click(); next.click(); }")
    child.words()
    assert len(post.sent) == 1
