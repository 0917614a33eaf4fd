"""A phone whose clock is wrong by years sends, reads and writes on like any other."""

import pytest
from playwright.sync_api import expect

from tests.browser.reporter.walking import Child

DAYS = 4000
SHIFTED = """(() => {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...parts) { parts.length ? super(...parts) : super(Real.now() + %d); }
    static now() { return Real.now() + %d; }
  };
})()"""


def shifted(days: int) -> str:
    """A script that sets the page's clock."""
    milliseconds = days * 86_400_000
    return SHIFTED % (milliseconds, milliseconds)


@pytest.mark.parametrize("days", [-DAYS, DAYS])
def test_a_letter_goes_and_its_answer_is_read_whatever_the_phone_s_clock_says(child: Child, days: int) -> None:
    child.page.add_init_script(shifted(days))
    words = child.open().write("Сағатым қате").send()
    assert abs(int(child.page.evaluate("Date.now()")) // 86_400_000 - 20_780) > DAYS // 2
    child.read(" ".join(words))
    expect(child.thread).to_have_count(1, timeout=60_000)
    child.page.locator("#reply").fill("Тағы бір хат")
    child.page.locator("#after section > button.main").click()
    expect(child.thread).to_have_count(2)
    assert child.faults == []
