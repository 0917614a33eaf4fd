"""A day at the desk: what is urgent comes first, an appeal is opened, looked at, heard, answered and passed on."""

from pathlib import Path

from playwright.sync_api import APIResponse, Page, Route, expect

from tests.browser.desk.child import REGION, send
from tests.browser.desk.conftest import watch
from tests.browser.desk.officer import SPEECH, answer, enter, pass_on, picture, read, row, take_copy, thread_id
from tests.browser.house import House

PIXEL = "canvas => [...canvas.getContext('2d').getImageData(160, 120, 1, 1).data]"
HEARD = "audio => new Promise(done => audio.ontimeupdate = () => audio.currentTime > 0.2 && done(true))"
DURATION = """audio => new Promise(done => {
    if (audio.duration) done(audio.duration);
    else audio.onloadedmetadata = () => done(audio.duration);
})"""


def test_those_who_are_not_safe_come_first(page: Page, house: House, told: str) -> None:
    for safe in ("yes", "unsure", "no", ""):
        send(house, f"{safe or 'none'}-{told}", safe=safe, region="KZ-47")
    enter(page, house, "KZ-47", language="en")
    expect(page.locator("#rows .row-text", has_text=told)).to_have_count(4, timeout=30_000)
    lines = page.locator("#rows .row").all_text_contents()
    assert [("no-" in line, "unsure-" in line) for line in lines][:2] == [(True, False), (False, True)]
    expect(page.locator("#rows .row").first.locator(".badge.is-danger")).to_have_text("Not safe")


def test_folders_show_what_they_say(page: Page, house: House, told: str) -> None:
    send(house, f"calm-{told}", safe="yes", region="KZ-55")
    send(house, f"danger-{told}", safe="no", region="KZ-55")
    enter(page, house, "KZ-55", language="en")
    row(page, f"danger-{told}")
    page.locator("[data-folder=unsafe]").click()
    expect(page.locator("#rows .row")).to_have_count(1)
    expect(page.locator("#rows .row")).to_contain_text("danger-")
    page.locator("[data-folder=answered]").click()
    expect(page.locator("#inbox-empty")).to_be_visible()


def test_a_desk_without_appeals_says_what_will_happen(page: Page, house: House) -> None:
    enter(page, house, "KZ-75", language="en")
    expect(page.locator("#inbox-empty-title")).to_have_text("No appeals yet")


def test_a_new_appeal_appears_by_itself(page: Page, house: House, told: str) -> None:
    enter(page, house, "KZ-35")
    send(house, f"Жаңа {told}", region="KZ-35")
    expect(page.locator("#rows .row", has_text=told)).to_have_count(1, timeout=40_000)


def test_an_appeal_shows_everything_that_the_child_said(page: Page, house: House, told: str) -> None:
    send(house, f"Бірінші {told}\n\nекінші", safe="no", reasons=["r01"], about=["other_child"], age="10_13", who="self")
    enter(page, house, REGION, language="en")
    first = read(page, told)
    assert first.locator(".message-text").inner_text() == f"Бірінші {told}\n\nекінші"
    facts = page.locator("#facts")
    for said in ("Not safe", "10–13", "For myself", "Қазақша", "Sealed on the phone"):
        expect(facts).to_contain_text(said)
    expect(page.locator("#thread-notices")).to_contain_text("not safe now")
    expect(page.locator("#trail")).to_contain_text("opened it")


def test_a_picture_is_behind_a_cover_then_blurred_then_clear(page: Page, house: House, told: str) -> None:
    send(house, f"Сурет {told}", files=[("photo", "image/jpeg", picture())])
    enter(page, house, REGION)
    read(page, told)
    canvas = page.locator("#messages canvas")
    expect(canvas).to_be_hidden()
    page.locator(".photo-cover").click()
    expect(canvas).to_be_visible()
    assert "blur" in canvas.evaluate("element => getComputedStyle(element).filter")
    page.locator(".photo-button").click()
    assert canvas.evaluate("element => getComputedStyle(element).filter") == "none"
    red, green, blue, _ = canvas.evaluate(PIXEL)
    assert (red > 200, green < 60, blue < 60) == (True, True, True)


def test_a_voice_can_be_heard(page: Page, house: House, told: str) -> None:
    send(house, f"Дауыс {told}", files=[("voice", "audio/ogg", SPEECH.read_bytes())])
    enter(page, house, REGION)
    read(page, told)
    page.locator(".voice [data-slot=open]").click()
    player = page.locator("#messages audio")
    expect(player).to_be_visible()
    assert player.evaluate(DURATION) > 1
    player.evaluate("audio => { audio.muted = true; return audio.play() }")
    assert player.evaluate(HEARD)


def test_an_answer_with_a_file_joins_the_thread_and_can_be_saved_again(
    page: Page, house: House, told: str, tmp_path: Path
) -> None:
    send(house, f"Көмек {told}")
    letter = tmp_path / "хат.txt"
    letter.write_text("Мекенжай мен уақыт", encoding="utf-8")
    enter(page, house, REGION, language="en")
    read(page, told)
    answer(page, "Біз сені естідік", letter)
    reply = page.locator("#messages .message.is-desk")
    expect(reply.locator(".message-text")).to_have_text("Біз сені естідік")
    expect(page.locator("#trail")).to_contain_text("answered")
    with page.expect_download() as saved:
        take_copy(page, reply.locator(".document"))
    assert saved.value.suggested_filename == "хат.txt"
    assert Path(saved.value.path()).read_text(encoding="utf-8") == "Мекенжай мен уақыт"


def test_what_was_opened_stays_open_when_an_answer_joins(page: Page, house: House, told: str) -> None:
    send(house, f"Сурет {told}", files=[("photo", "image/jpeg", picture())])
    enter(page, house, REGION)
    read(page, told)
    page.locator(".photo-cover").click()
    answer(page, "Көрдік")
    expect(page.locator("#messages canvas")).to_be_visible()


def test_a_photo_in_an_answer_leaves_the_camera_s_notes_behind(
    page: Page, house: House, told: str, tmp_path: Path
) -> None:
    send(house, f"Көмек {told}")
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(picture().replace(b"\xff\xd8", b"\xff\xd8\xff\xfe\x00\x0cSECRETNOTE", 1))
    enter(page, house, REGION)
    read(page, told)
    answer(page, "Карта", photo)
    page.locator(".message.is-desk .photo-cover").click()
    expect(page.locator(".message.is-desk canvas")).to_be_visible()


def test_an_empty_answer_and_one_that_is_too_long_are_not_sent(page: Page, house: House, told: str) -> None:
    send(house, f"Көмек {told}")
    enter(page, house, REGION, language="en")
    read(page, told)
    page.locator("#answer-button").click()
    page.locator("#answer-send").click()
    expect(page.locator("#answer-error")).to_have_text("Write a few words or add a file.")
    page.locator("#answer-text").fill("ә" * 40_000)
    expect(page.locator("#answer-room")).to_contain_text("Too long by")
    page.locator("#answer-send").click()
    expect(page.locator("#messages .message")).to_have_count(1)


def test_what_is_written_stays_while_the_officer_looks_elsewhere(page: Page, house: House, told: str) -> None:
    send(house, f"Көмек {told}")
    enter(page, house, REGION)
    read(page, told)
    page.locator("#answer-button").click()
    page.locator("#answer-text").fill("Жартысы жазылған")
    page.locator("#back-button").click()
    row(page, told).click()
    expect(page.locator("#answer-text")).to_have_value("Жартысы жазылған")


def test_when_a_colleague_was_quicker_both_see_it_and_nothing_is_lost(page: Page, house: House, told: str) -> None:
    send(house, f"Көмек {told}")
    other = page.context.new_page()
    for tab in (page, other):
        enter(tab, house, REGION)
        read(tab, told)
    page.locator("#answer-button").click()
    page.locator("#answer-text").fill("Баяу жауап")
    answer(other, "Жылдам жауап")
    page.locator("#answer-send").click()
    expect(page.locator("#answer-conflict")).to_be_visible(timeout=30_000)
    expect(page.locator("#messages")).to_contain_text("Жылдам жауап")
    expect(page.locator("#answer-text")).to_have_value("Баяу жауап")
    page.locator("#answer-send").click()
    expect(page.locator("#messages .message")).to_have_count(3, timeout=30_000)
    other.close()


def test_passing_on_lets_the_other_desk_read_and_answer(page: Page, house: House, told: str, faults: list[str]) -> None:
    send(house, f"Көмек {told}", files=[("photo", "image/jpeg", picture("blue"))])
    enter(page, house, REGION, language="en")
    read(page, told)
    answer(page, "Комитетке де айтамыз")
    pass_on(page, "committee")
    expect(page.locator("#holders")).to_contain_text("National committee")
    browser = page.context.browser
    assert browser
    elsewhere = browser.new_context(base_url=house.url)
    committee = elsewhere.new_page()
    watch(committee, faults)
    enter(committee, house, "committee", language="en")
    read(committee, told)
    expect(committee.locator("#messages")).to_contain_text("Комитетке де айтамыз")
    committee.locator(".photo-cover").click()
    expect(committee.locator("#messages canvas")).to_be_visible()
    answer(committee, "Комитет те осында")
    expect(committee.locator("#messages .message")).to_have_count(3)
    elsewhere.close()


def test_an_appeal_about_a_desk_cannot_be_passed_to_it(page: Page, house: House, told: str) -> None:
    send(house, f"Бөлім туралы {told}", about=["committee"])
    enter(page, house, "ombudsman", language="en")
    read(page, told)
    page.locator("#pass-button").click()
    expect(page.locator("#pass-desks input[value=committee]")).to_be_disabled()
    expect(page.locator("#pass-desks .choice", has_text="National committee")).to_contain_text(
        "The appeal may be about people there"
    )


def test_an_appeal_about_the_region_never_reaches_the_region(page: Page, house: House, told: str) -> None:
    send(house, f"Өңір туралы {told}", about=["region"], region="KZ-59", safe="no")
    enter(page, house, "KZ-59")
    expect(page.locator("#inbox-status:visible, #inbox-empty:visible").first).to_be_visible()
    expect(page.locator("#rows .row", has_text=told)).to_have_count(0)


def test_an_address_of_another_desk_s_appeal_opens_nothing(page: Page, house: House, told: str) -> None:
    send(house, f"Көмек {told}")
    enter(page, house, REGION)
    read(page, told)
    thread = thread_id(page)
    browser = page.context.browser
    assert browser
    elsewhere = browser.new_context(base_url=house.url)
    other = elsewhere.new_page()
    enter(other, house, "KZ-11", language="en")
    other.goto(f"{house.url}/desk/in/en/#{thread}")
    expect(other.locator("#thread-title")).to_have_text("This appeal is not here any more.")
    expect(other.locator("#messages .message")).to_have_count(0)
    elsewhere.close()


def test_an_appeal_by_the_plain_form_is_marked_everywhere(page: Page, house: House, told: str) -> None:
    child = page.context.new_page()
    child.goto("/plain/?language=en")
    child.locator("textarea[name=text]").fill(f"Plain {told}")
    child.locator("select[name=region]").select_option(REGION)
    child.locator("form button[type=submit]").last.click()
    expect(child.locator("body")).not_to_contain_text(told)
    child.close()
    enter(page, house, REGION, language="en")
    expect(row(page, told).locator(".badge.is-warn")).to_have_count(1)
    first = read(page, told)
    expect(first).to_contain_text("Not protected from the server")
    expect(page.locator("#thread-notices")).to_contain_text("Sent by the plain form")


def test_what_is_answered_waits_no_longer_when_the_officer_is_back_at_the_list(
    page: Page, house: House, told: str
) -> None:
    send(house, f"Сұрақ {told}", region="KZ-35")
    enter(page, house, "KZ-35")
    page.locator("[data-folder=waiting]").click()
    read(page, told)
    answer(page, "Біз осындамыз")
    page.locator("#back-button").click()
    expect(page.locator("#rows .row", has_text=told)).to_have_count(0, timeout=2_000)
    page.locator("[data-folder=answered]").click()
    row(page, told)


def test_what_the_server_said_before_an_answer_does_not_bring_the_appeal_back(
    page: Page, house: House, told: str
) -> None:
    send(house, f"Ескі тізім {told}", region="KZ-35")
    enter(page, house, "KZ-35")
    page.locator("[data-folder=waiting]").click()
    read(page, told)
    late: list[tuple[Route, APIResponse]] = []
    page.route("**/desk/api/inbox*", lambda route: late.append((route, route.fetch())), times=1)
    while not late:
        page.wait_for_timeout(200)
    answer(page, "Біз осындамыз")
    with page.expect_response("**/desk/api/inbox*", timeout=30_000):
        late[0][0].fulfill(response=late[0][1])
    page.locator("#back-button").click()
    page.wait_for_timeout(1000)
    expect(page.locator("#rows .row", has_text=told)).to_have_count(0)
