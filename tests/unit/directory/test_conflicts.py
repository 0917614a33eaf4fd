"""The table of conflicts: whoever an appeal is about never reads it, however many it is about."""

from hypothesis import given
from hypothesis import strategies as st

from balaqorgau.directory.country import desk_of, left_by, roles_by_about

ROLES = ("region", "committee", "ombudsman", "court")
TABLE = {
    "": ["region", "ombudsman"],
    "region": ["committee", "ombudsman"],
    "committee": ["ombudsman"],
    "ombudsman": ["committee"],
}


@st.composite
def tables(draw: st.DrawFn) -> dict[str, list[str]]:
    """A pack's table: for nobody any roles, for each role the others that may read instead."""
    codes = draw(st.lists(st.sampled_from(ROLES), unique=True))
    rows = {
        code: draw(st.lists(st.sampled_from([role for role in ROLES if role != code]), unique=True)) for code in codes
    }
    return {"": draw(st.lists(st.sampled_from(ROLES), unique=True, min_size=1)), **rows}


@given(tables())
def test_nobody_reads_what_is_about_them(table: dict[str, list[str]]) -> None:
    for about, readers in roles_by_about(table).items():
        assert set(readers).isdisjoint(about.split("+"))


@given(tables())
def test_every_set_of_codes_has_a_row(table: dict[str, list[str]]) -> None:
    codes = [code for code in table if code]
    assert len(roles_by_about(table)) == 2 ** len(codes)


@given(tables())
def test_one_code_alone_is_read_by_those_of_its_row(table: dict[str, list[str]]) -> None:
    for code, readers in table.items():
        assert roles_by_about(table)[code] == readers


def test_about_two_it_goes_to_those_both_rows_leave() -> None:
    assert left_by(TABLE, ["region", "committee"]) == ["ombudsman"]


def test_about_two_that_replace_each_other_it_goes_to_the_third() -> None:
    assert left_by(TABLE, ["committee", "ombudsman"]) == ["region"]


def test_about_everybody_it_goes_to_nobody() -> None:
    assert left_by(TABLE, ["region", "committee", "ombudsman"]) == []


def test_a_region_s_role_is_that_region_s_desk() -> None:
    assert [desk_of(role, "KZ-10") for role in ("region", "committee")] == ["KZ-10", "committee"]
