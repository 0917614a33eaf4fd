"""What a request of the plain form leaves in a circle is given back soon, once for everybody who was answered meanwhile."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from django.http import HttpResponse

from balaqorgau.appeals.plain import forgetting


class Circle:
    """Holds itself, as a request does."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def _nobody_else_looks() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_nobody_else_looks")
@pytest.mark.parametrize("fails", [False, True])
def test_a_circle_that_an_answer_left_is_given_back(monkeypatch: pytest.MonkeyPatch, fails: bool) -> None:
    gone = threading.Event()

    @forgetting.forgets
    def view() -> HttpResponse:
        weakref.finalize(Circle(), gone.set)
        if fails:
            raise ValueError
        return HttpResponse("ok")

    monkeypatch.setattr(forgetting, "SECONDS", 0.01)
    try:
        assert view().content == b"ok"
    except ValueError:
        assert fails
    assert gone.wait(30)


def test_many_answers_are_looked_after_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[threading.Thread] = []
    begun = threading.Event()

    class Slow(threading.Thread):
        def __init__(self, seconds: float, act: object) -> None:
            super().__init__(target=begun.set)
            looked.append(self)

    monkeypatch.setattr(forgetting, "_pending", threading.Lock())
    monkeypatch.setattr(forgetting, "Timer", Slow)
    for _ in range(50):
        forgetting.forget_soon()
    assert len(looked) == 1
    forgetting.forget()
    forgetting.forget_soon()
    assert len(looked) == 2
