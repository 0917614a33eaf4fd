"""What a screen reader meets: landmarks, headings, groups, fields and buttons by their names, at every step and afterwards."""

import json

import pytest
from playwright.sync_api import Locator, expect

from balaqorgau.pack import load
from tests.browser.house import House
from tests.browser.reporter.walking import REGION, SEALING_MS, STEPS, Child
from tests.browser.reporter.words import texts
from tests.unit.pack.sareva import ROOT

PACK = load(ROOT / "packs" / "kz")
OFFICES = ("region", "committee", "ombudsman")
DANGER = "мен өлгім келеді"


def node(role: str, name: str = "", *inside: str, mark: str = "") -> str:
    """A node of a snapshot: a role, a name, a state, and what is within."""
    key = " ".join(part for part in (role, json.dumps(name, ensure_ascii=False) if name else "", mark) if part)
    quoted = "'" + key.replace("'", "''") + "'"
    lines = [f"  {line}" for one in inside for line in one.splitlines()]
    return "\n".join([f"- {quoted}{':' if lines else ''}", *lines])


def words(role: str, text: str) -> str:
    """A node whose content is a text."""
    return f"- {role}: {json.dumps(text, ensure_ascii=False)}"


def heading(text: str, level: int = 1) -> str:
    return node("heading", text, mark=f"[level={level}]")


def only(*inside: str) -> str:
    """Exactly these nodes and no others."""
    return "\n".join(["- /children: equal", *inside])


def choices(role: str, said: dict[str, str], *keys: str) -> str:
    """Boxes by their names, one after the other."""
    return "\n".join(f"{node(role, said[key])}\n{words('text', said[key])}" for key in keys)


def group(name: str, *inside: str) -> str:
    """A group by its name, and everything that is in it."""
    return node("group", name, only(words("text", name), *inside))


def calls(said: dict[str, str]) -> str:
    """The helplines, every one a link that says its number and what it is."""
    links = [node("link", f"{one.number} {said[f'helplines.{one.number}']}") for one in PACK.helplines]
    return node("list", "", only(*(node("listitem", "", link) for link in links)))


def matches(part: Locator, *nodes: str) -> None:
    expect(part).to_match_aria_snapshot("\n".join(nodes))


def forward(said: dict[str, str], key: str) -> str:
    """The two buttons below a step."""
    return "\n".join((node("button", said[key]), node("button", said["bar.back"])))


def steps(said: dict[str, str]) -> dict[str, list[str]]:
    """The nodes of every step, in their order."""
    return {
        "start": [
            heading(said["start.title"]),
            words("paragraph", said["start.text"]),
            node("list", "", words("listitem", said["start.who"])),
            node("button", said["start.go"]),
            node("link", said["start.answer"]),
        ],
        "where": [
            heading(said["where.title"]),
            node("combobox", said["where.choose"], node("option", said["where.pick"], mark="[selected]")),
            words("paragraph", said["where.code_hint"]),
            node("textbox", said["where.code"]),
            forward(said, "bar.next"),
        ],
        "what": [
            heading(said["what.title"]),
            words("paragraph", said["what.hint"]),
            node(
                "group",
                said["what.title"],
                only(choices("checkbox", said, *(f"reasons.{one.id}" for one in PACK.reasons))),
            ),
            forward(said, "bar.skip"),
        ],
        "tell": [
            heading(said["tell.title"]),
            words("paragraph", said["tell.hint"]),
            node("status"),
            node("textbox", said["tell.label"]),
            node("button", said["tell.voice"]),
            node("button", said["tell.photo"]),
            forward(said, "bar.skip"),
        ],
        "about": [
            heading(said["about.title"]),
            group(
                said["about.title"],
                choices("checkbox", said, *(f"about.{one}" for one in PACK.about if one not in OFFICES)),
            ),
            group(
                said["about.offices"],
                words("paragraph", said["about.offices_hint"]),
                choices("checkbox", said, *(f"about.{one}" for one in OFFICES)),
            ),
            forward(said, "bar.skip"),
        ],
        "safe": [
            heading(said["safe.title"]),
            group(said["safe.title"], choices("radio", said, "safe.no", "safe.unsure", "safe.yes")),
            words("paragraph", said["safe.note"]),
            forward(said, "bar.skip"),
        ],
        "you": [
            heading(said["you.title"]),
            group(said["you.age"], choices("radio", said, "you.under10", "you.a10_13", "you.a14_17", "you.adult")),
            group(said["you.who"], choices("radio", said, "you.self", "you.someone")),
            forward(said, "bar.skip"),
        ],
        "send": [
            heading(said["send.title"]),
            node("alert", "", words("paragraph", said["send.empty"]), node("button", said["send.empty_go"])),
            words("term", said["send.region"]),
            node("list", "", node("listitem", "", words("text", said["send.who"]), node("list"))),
            forward(said, "send.go"),
        ],
    }


@pytest.fixture
def said(house: House) -> dict[str, str]:
    """The Kazakh texts."""
    return texts(house, "kk")


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_a_heading_its_groups_and_two_buttons(child: Child, said: dict[str, str], step: str) -> None:
    main = child.open().go_to(step).page.locator("main")
    matches(main, node("main", "", *steps(said)[step]))
    expect(main.get_by_role("heading", level=1)).to_have_count(1)
    assert child.faults == []


@pytest.mark.parametrize("step", STEPS[1:])
def test_every_step_says_how_far_it_is(child: Child, said: dict[str, str], step: str) -> None:
    page = child.open().go_to(step).page
    bar = page.get_by_role("progressbar", name=said["bar.progress"])
    assert bar.evaluate("one => [one.value, one.max]") == [STEPS.index(step), len(STEPS) - 1]


def test_help_exit_languages_and_reading_aids_come_before_everything(child: Child, said: dict[str, str]) -> None:
    page = child.open().page
    languages = [node("link", PACK.language_name(one)) for one in PACK.languages]
    matches(
        page.locator("body"),
        node("banner", "", node("group"), node("button", said["bar.exit"])),
        node(
            "main",
            "",
            node(
                "navigation",
                said["bar.language"],
                *languages,
                node("button", said["bar.easy"]),
                node("button", said["bar.listen"]),
            ),
        ),
    )
    expect(page.locator(".tools [aria-current]")).to_have_text(PACK.language_name("kk"))
    page.locator("#help summary").click()
    matches(
        page.locator("#help .card"), heading(said["help.title"], 2), words("paragraph", said["help.text"]), calls(said)
    )
    page.locator("#help summary").click()
    page.locator("#easy").click()
    matches(
        page.locator("nav.tools"),
        node("navigation", said["bar.language"], node("button", said["bar.easy"], mark="[pressed]")),
    )


def test_a_choice_is_said_by_its_state_and_its_name_alone(child: Child, said: dict[str, str]) -> None:
    page = child.open().go_to("what").choose("r01").page
    box = page.get_by_role("checkbox", name=said["reasons.r01"], exact=True)
    expect(box).to_be_checked()
    matches(
        page.locator("#what"),
        node("group", said["what.title"], node("checkbox", said["reasons.r01"], mark="[checked]")),
    )
    child.go_to("safe").choose("yes")
    matches(page.locator("#safe"), node("group", said["safe.title"], node("radio", said["safe.yes"], mark="[checked]")))


def test_danger_is_a_status_with_a_heading_and_the_helplines(child: Child, said: dict[str, str]) -> None:
    page = child.open().write(DANGER).page
    expect(page.locator("#danger .calls a").first).to_be_visible()
    matches(
        page.locator("#tell"),
        node(
            "status",
            "",
            only(heading(said["danger.title"], 2), words("paragraph", said["danger.text"]), calls(said)),
        ),
    )


def test_a_missing_region_is_an_alert(child: Child, said: dict[str, str]) -> None:
    page = child.open().go_to("where").page
    child.forward()
    matches(page.locator("#where"), words("alert", said["where.need"]))


def test_a_letter_about_all_its_readers_is_an_alert_with_a_way_back_and_helplines(
    child: Child, said: dict[str, str]
) -> None:
    page = child.open().write("Хат").go_to("about").page
    for office in OFFICES:
        child.choose(office)
    child.go_to("send")
    matches(
        page.locator("#summary"),
        node(
            "alert",
            "",
            only(words("paragraph", said["error.nobody"]), node("button", said["send.nobody_go"]), calls(said)),
        ),
    )


def test_trouble_with_sending_is_an_alert_with_its_reason(child: Child, said: dict[str, str]) -> None:
    page = child.open().write("Хат").page
    page.route("**/api/appeals", lambda route: route.abort())
    child.go_to("send").forward()
    expect(page.locator("#after [role=alert]")).to_be_visible(timeout=SEALING_MS)
    expect(page.get_by_role("alert").filter(has_text=said["error.network"])).to_be_visible()
    expect(page.get_by_role("button", name=said["error.again"])).to_be_visible()
    expect(page.locator("#after").get_by_text(said["error.kept"])).to_be_visible()


def test_the_receipt_is_a_heading_a_list_of_six_words_and_what_to_do(child: Child, said: dict[str, str]) -> None:
    page = child.open().write("Хат").page
    six = child.send()
    around = (heading(said["receipt.title"]), words("paragraph", said["receipt.write"]))
    below = (words("paragraph", said["receipt.why"]), node("button", said["receipt.go"]))
    listed = node("list", "", only(*(words("listitem", one) for one in six)))
    matches(
        page.locator("#after"),
        *around,
        listed,
        *below,
        node("button", said["receipt.as_digits"]),
        node("button", said["receipt.print"]),
    )
    expect(page.locator("#after h1")).to_be_focused()
    page.get_by_role("button", name=said["receipt.as_digits"]).click()
    number = page.locator(".digits").inner_text()
    matches(
        page.locator("#after"), *around, words("paragraph", number), *below, node("button", said["receipt.as_words"])
    )


def test_the_word_that_is_asked_back_has_its_label_and_a_status(child: Child, said: dict[str, str]) -> None:
    page = child.open().write("Хат").page
    child.send()
    page.get_by_role("button", name=said["receipt.go"]).click()
    number = "".join(filter(str.isdigit, page.locator("#after label").inner_text()))
    page.locator("#word").fill("шатақ")
    page.get_by_role("button", name=said["repeat.check"]).click()
    matches(
        page.locator("#after"),
        heading(said["repeat.title"]),
        words("text", said["repeat.ask"].format(n=number)),
        words(f"textbox {json.dumps(said['repeat.ask'].format(n=number), ensure_ascii=False)}", "шатақ"),
        words("status", said["repeat.wrong"]),
        node("button", said["repeat.check"]),
        node("button", said["repeat.show"]),
        node("button", said["bar.skip"]),
    )


def test_what_happens_next_is_an_ordered_list_with_the_readers_and_helplines(
    child: Child, said: dict[str, str]
) -> None:
    page = child.open().write("Хат").page
    child.send()
    child.finish()
    matches(
        page.locator("#after"),
        heading(said["done.title"]),
        node(
            "list",
            "",
            node(
                "listitem",
                "",
                words("paragraph", said["done.read"]),
                node("list", "", node("listitem"), node("listitem")),
            ),
            words("listitem", said["done.when"]),
            words("listitem", said["done.how"]),
        ),
        words("paragraph", said["done.danger"]),
        calls(said),
        node("button", said["done.close"]),
        node("link", said["done.answer"]),
    )


def test_the_mailbox_s_door_is_a_labelled_field_with_an_alert(child: Child, said: dict[str, str]) -> None:
    child.read("алма алма")
    expect(child.page.locator("#answer-error")).not_to_be_empty()
    matches(
        child.page.locator("#answer"),
        heading(said["answer.title"]),
        words("paragraph", said["answer.hint"]),
        words(f"textbox {json.dumps(said['answer.label'], ensure_ascii=False)}", "алма алма"),
        words("alert", said["answer.few"].format(n=2)),
    )
    expect(child.page.locator("#words")).to_have_accessible_description(
        f"{said['answer.hint']} {said['answer.few'].format(n=2)}"
    )


def test_the_mailbox_is_letters_steps_and_ways_to_write_on(child: Child, said: dict[str, str]) -> None:
    child.open().go_to("what").choose("r01")
    child.read(" ".join(child.write("Менің хатым").send()))
    expect(child.thread).to_have_count(1, timeout=SEALING_MS)
    matches(
        child.page.locator("#after"),
        heading(said["thread.title"]),
        node(
            "list",
            "",
            node(
                "listitem",
                "",
                words("text", said["thread.you"]),
                node("time"),
                node("list", "", words("listitem", said["reasons.r01"])),
                words("paragraph", "Менің хатым"),
            ),
        ),
        words("paragraph", said["thread.none"]),
        node("button", said["thread.refresh"]),
        heading(said["thread.steps"], 2),
        node("list", "", node("listitem", "", words("text", said["thread.received"]), node("time"))),
        node("textbox", said["thread.write"]),
        node("button", said["tell.voice"]),
        node("button", said["tell.photo"]),
        node("button", said["thread.send"]),
        node("button", said["erase.title"]),
        node("button", said["done.close"]),
    )
    expect(child.page.locator("#after h1")).to_be_focused()
    assert child.page.locator("#region").count() == 0
    assert REGION not in child.page.locator("#after").inner_text()
