"""An officer's own page of mail and duty: a form without a script, an address that is proved, and a banner that tells."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from balaqorgau.accounts.models import Officer
from balaqorgau.audit.models import AuditRow
from balaqorgau.kernel import clock
from balaqorgau.waking import codes
from balaqorgau.waking.models import Duty, Notice, Postbox
from balaqorgau.waking.sweep import wake
from tests.factories.appeals import REGION
from tests.integration.desk.office import Visitor, at_work
from tests.integration.waking import mailman
from tests.integration.waking.mailman import Mailman

pytestmark = pytest.mark.django_db
PAGE = "/desk/waking/"
MAIL = "officer@desk.example"


@pytest.fixture
def man(settings: Any) -> Iterator[Mailman]:
    """A mail server."""
    with mailman.at_work() as found:
        settings.MAIL = found.config()
        yield found


def fill(visitor: Visitor, act: str, **fields: str) -> Any:
    """Send one of the page's forms, with the token that the page gave."""
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', visitor.get(PAGE).content.decode())
    assert token
    return visitor.client.post(f"{PAGE}{act}", {**fields, "csrfmiddlewaretoken": token[1]})


def page(visitor: Visitor) -> str:
    """What is shown."""
    return str(visitor.get(PAGE).content.decode())


def mailed_code(man: Mailman) -> str:
    """The code in the last mail."""
    wake(now=clock.now())
    found = re.search(r"\b\d{8}\b", man.kept[-1].text)
    assert found
    return found[0]


def later(monkeypatch: pytest.MonkeyPatch, **time: float) -> None:
    """Let time pass."""
    then = clock.now() + timedelta(**time)
    monkeypatch.setattr(clock, "now", lambda: then)


def test_an_address_serves_only_after_its_code_was_typed_back(officer: Visitor, man: Mailman) -> None:
    assert fill(officer, "address", address=MAIL).status_code == 303
    assert Postbox.objects.get().address == ""
    code = mailed_code(man)
    assert man.kept[-1].to == MAIL
    assert fill(officer, "code", code=f"{code[:4]} {code[4:]}").status_code == 303
    assert Postbox.objects.get().address == MAIL
    assert MAIL in page(officer)
    assert list(AuditRow.objects.filter(act__startswith="mail-").values_list("act", flat=True)) == [
        "mail-asked",
        "mail-confirmed",
    ]


def test_a_wrong_code_is_refused_five_times_and_then_the_right_one_too(officer: Visitor, man: Mailman) -> None:
    fill(officer, "address", address=MAIL)
    code = mailed_code(man)
    wrong = "00000000" if code != "00000000" else "11111111"
    for _ in range(codes.TRIES):
        assert fill(officer, "code", code=wrong).status_code == 422
    assert fill(officer, "code", code=code).status_code == 422
    assert Postbox.objects.get().address == ""


def test_a_code_ends_after_half_an_hour(officer: Visitor, man: Mailman, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(officer, "address", address=MAIL)
    code = mailed_code(man)
    later(monkeypatch, minutes=29)
    assert 'name="code"' in page(officer)
    later(monkeypatch, minutes=1)
    assert 'name="code"' not in page(officer)
    assert fill(officer, "code", code=code).status_code == 422


def test_a_code_is_for_one_officer_and_one_address(officer: Visitor, man: Mailman, monkeypatch: Any) -> None:
    fill(officer, "address", address=MAIL)
    first = mailed_code(man)
    colleague = at_work("colleague", REGION)
    fill(colleague, "address", address=MAIL)
    assert fill(colleague, "code", code=first).status_code == 422
    later(monkeypatch, minutes=3)
    fill(officer, "address", address="another@desk.example")
    assert fill(officer, "code", code=first).status_code == 422


def test_codes_are_not_mailed_as_often_as_somebody_pushes(officer: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fill(officer, "address", address=MAIL).status_code == 303
    assert fill(officer, "address", address=MAIL).status_code == 429
    assert Notice.objects.count() == 1
    later(monkeypatch, minutes=2)
    assert fill(officer, "address", address=MAIL).status_code == 303


def test_the_old_address_serves_until_the_new_one_is_confirmed(
    officer: Visitor, man: Mailman, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(officer, "address", address=MAIL)
    fill(officer, "code", code=mailed_code(man))
    later(monkeypatch, minutes=3)
    fill(officer, "address", address="new@desk.example")
    assert Postbox.objects.get().address == MAIL
    fill(officer, "code", code=mailed_code(man))
    assert Postbox.objects.get().address == "new@desk.example"


@pytest.mark.parametrize("address", ["", "name", "a b@c.example", "a@b\nBcc: c@d.example", "<a@b.example>", "a" * 260])
def test_what_is_no_address_is_refused_with_words_and_what_was_typed(officer: Visitor, address: str) -> None:
    answer = fill(officer, "address", address=address)
    assert answer.status_code == 422
    assert "This does not look like a mail address" in answer.content.decode()
    assert not Notice.objects.exists()


def test_forgetting_leaves_no_address(officer: Visitor, man: Mailman) -> None:
    fill(officer, "address", address=MAIL)
    fill(officer, "code", code=mailed_code(man))
    assert fill(officer, "forget").status_code == 303
    assert not Postbox.objects.exists()
    assert MAIL not in page(officer)


def test_the_rhythm_is_one_of_three(officer: Visitor) -> None:
    for rhythm in ("digest", "alarms", "once"):
        assert fill(officer, "rhythm", rhythm=rhythm).status_code == 303
        assert re.search(rf'value="{rhythm}" checked', page(officer))
    assert fill(officer, "rhythm", rhythm="never").status_code == 400


def test_duty_begins_and_ends_and_is_written_down(officer: Visitor) -> None:
    for on in ("1", "1", "0", "0"):
        assert fill(officer, "duty", desk=REGION, on=on).status_code == 303
    duty = Duty.objects.get()
    assert duty.until is not None
    assert list(AuditRow.objects.filter(act__startswith="duty-").values_list("act", "subject")) == [
        ("duty-began", f"desk:{REGION}"),
        ("duty-ended", f"desk:{REGION}"),
    ]


def test_colleagues_see_who_is_on_duty(officer: Visitor) -> None:
    colleague = at_work("colleague", REGION)
    fill(officer, "duty", desk=REGION, on="1")
    assert "On duty now: Officer of-the-desk" in page(colleague)
    fill(officer, "duty", desk=REGION, on="0")
    assert "Nobody is on duty now" in page(colleague)


def test_nobody_goes_on_duty_for_another_desk(officer: Visitor) -> None:
    assert fill(officer, "duty", desk="KZ-11", on="1").status_code == 403
    assert fill(officer, "duty", desk="nowhere", on="1").status_code == 403
    assert not Duty.objects.exists()


def test_nobody_sees_another_s_address(officer: Visitor, man: Mailman) -> None:
    fill(officer, "address", address=MAIL)
    fill(officer, "code", code=mailed_code(man))
    colleague = at_work("colleague", REGION)
    assert MAIL not in page(colleague)
    assert MAIL not in colleague.get("/desk/api/waking").content.decode()


def test_a_forged_form_is_refused(officer: Visitor) -> None:
    answer = officer.client.post(f"{PAGE}address", {"address": MAIL})
    assert answer.status_code == 403
    assert not Postbox.objects.exists()


def test_whoever_is_not_signed_in_is_shown_the_way(nobody: Visitor) -> None:
    answer = nobody.get(PAGE)
    assert answer.status_code == 401
    assert 'href="/desk/"' in answer.content.decode()


def test_the_banner_knows_what_is_missing(officer: Visitor, man: Mailman, settings: Any) -> None:
    found = officer.get("/desk/api/waking").json()
    assert (found["has_server"], found["has_address"], found["unreached"]) == (True, False, [REGION])
    fill(officer, "address", address=MAIL)
    fill(officer, "code", code=mailed_code(man))
    found = officer.get("/desk/api/waking").json()
    assert (found["has_address"], found["own"], found["unreached"]) == (True, "", [])
    settings.MAIL = None
    assert officer.get("/desk/api/waking").json()["has_server"] is False


def test_a_code_that_could_not_be_mailed_is_told_on_the_page(officer: Visitor, man: Mailman) -> None:
    man.says["RCPT"] = "550 no such person"
    fill(officer, "address", address=MAIL)
    wake(now=clock.now())
    assert "did not take your address" in page(officer)
    assert officer.get("/desk/api/waking").json()["own"] == "address"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_speaks_the_officer_s_language(officer: Visitor, language: str) -> None:
    Officer.objects.filter(username="of-the-desk").update(language=language)
    assert f'<html lang="{language}"' in page(officer)
