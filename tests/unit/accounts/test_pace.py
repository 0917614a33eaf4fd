"""How guessing gets slower."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from balaqorgau.accounts.pace import FREE, LONGEST, delay_after

failures = st.integers(min_value=0, max_value=10**6)


def test_the_first_failures_cost_nothing() -> None:
    assert [delay_after(number) for number in range(FREE)] == [timedelta(0)] * FREE


def test_then_every_failure_doubles_the_wait() -> None:
    waits = [delay_after(number) // timedelta(seconds=1) for number in range(FREE, FREE + 7)]
    assert waits == [1, 2, 4, 8, 16, 30, 30]


@given(failures)
def test_one_more_failure_never_shortens_the_wait_and_nobody_waits_forever(number: int) -> None:
    assert delay_after(number) <= delay_after(number + 1) <= LONGEST
