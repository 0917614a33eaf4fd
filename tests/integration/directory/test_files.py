"""What is published for phones: one file for each region, all of one length, with a way around everybody it is about."""

import json
from itertools import combinations

import pytest

from balaqorgau.directory import country, queries
from balaqorgau.kernel.ids import unb64
from balaqorgau.sealed import canonical, keys
from tests.factories.appeals import COMMITTEE, OMBUDSMAN, REGION, desk_keys, publish_desks

pytestmark = pytest.mark.django_db
ROLES = ("region", "committee", "ombudsman")


@pytest.fixture(autouse=True)
def _desks(db: None) -> None:
    publish_desks()


@pytest.fixture
def file() -> dict[str, object]:
    """The file of one region."""
    found: dict[str, object] = json.loads(queries.directory_files()[REGION])
    return found


def test_every_region_s_file_has_the_same_length() -> None:
    files = queries.directory_files()
    assert set(files) == set(country.regions())
    assert len({len(file) for file in files.values()}) == 1


def test_a_file_is_canonical_and_says_the_same_every_time() -> None:
    first, second = queries.directory_files(), queries.directory_files()
    assert first == second
    assert all(canonical.dumps(json.loads(file)) == file for file in first.values())


def test_a_file_has_the_keys_that_the_wire_describes(file: dict[str, object]) -> None:
    assert set(file) == {"v", "deployment", "region", "version", "desks", "route", "retired", "pad"}


def test_a_file_names_the_published_keys_of_those_it_routes_to(file: dict[str, list[dict[str, str]]]) -> None:
    assert {desk["id"] for desk in file["desks"]} == {REGION, COMMITTEE, OMBUDSMAN}
    for desk in file["desks"]:
        known = desk_keys(desk["id"])
        assert unb64(desk["recipient"]) == known.recipient.recipient
        assert unb64(desk["verify"]) == known.verify_key


def test_a_desk_has_a_name_in_every_language(file: dict[str, list[dict[str, dict[str, str]]]]) -> None:
    assert all(set(desk["names"]) == {"kk", "ru", "en"} and all(desk["names"].values()) for desk in file["desks"])


def test_about_nobody_goes_to_the_region_and_the_ombudsman() -> None:
    assert country.route(REGION)[""] == [REGION, OMBUDSMAN]


@pytest.mark.parametrize(
    ("about", "desks"),
    [
        ("region", [COMMITTEE, OMBUDSMAN]),
        ("committee", [OMBUDSMAN]),
        ("ombudsman", [REGION, COMMITTEE]),
        ("committee+region", [OMBUDSMAN]),
        ("ombudsman+region", [COMMITTEE]),
        ("committee+ombudsman", [REGION]),
        ("committee+ombudsman+region", []),
    ],
)
def test_an_appeal_never_goes_to_those_it_is_about(about: str, desks: list[str]) -> None:
    assert country.route(REGION)[about] == desks


def test_every_combination_has_a_route_and_none_names_whom_it_is_about() -> None:
    route = country.route(REGION)
    wanted = {"+".join(sorted(some)) for size in (1, 2, 3) for some in combinations(ROLES, size)}
    assert wanted <= set(route)
    for about in wanted:
        forbidden = {country.desk_of(role, REGION) for role in about.split("+")}
        assert forbidden.isdisjoint(route[about])


def test_an_appeal_about_everybody_may_be_sealed_to_nobody() -> None:
    assert country.desks_for(REGION, ROLES) == []
    assert frozenset() not in queries.routes()


def test_whoever_has_no_desk_changes_no_route() -> None:
    assert country.desks_for(REGION, ["family", "school_head"]) == [REGION, OMBUDSMAN]
    assert country.desks_for(REGION, ["family", "region"]) == [COMMITTEE, OMBUDSMAN]


def test_a_region_that_does_not_exist_has_no_route() -> None:
    with pytest.raises(LookupError):
        country.route("KZ-99")


def test_a_published_fingerprint_can_be_recomputed_from_the_file(file: dict[str, list[dict[str, str]]]) -> None:
    for desk in file["desks"]:
        computed = keys.desk_fingerprint(unb64(desk["recipient"]), unb64(desk["verify"]))
        assert queries.fingerprint(desk["id"], int(desk["epoch"])) == computed
