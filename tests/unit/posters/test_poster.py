"""What is written on one school's poster."""

import pytest

from balaqorgau.places.posters import Poster, PosterError


def poster(**changes: object) -> Poster:
    given = {
        "names": {"aa": "Бірінші"},
        "region": "ZZ-1",
        "code": "7K3MQX9T",
        "origin": "https://host.example",
    }
    return Poster(**{**given, **changes})


def test_the_address_carries_region_and_code_behind_the_hash() -> None:
    assert poster().url == "https://host.example/#ZZ-1.7K3MQX9T"


def test_a_child_types_the_host_without_a_scheme_and_the_code_in_two_groups() -> None:
    assert poster(origin="http://host.example:8000").host == "host.example:8000"
    assert poster().typed == "ZZ-1 · 7K3M-QX9T"


def test_a_name_that_is_missing_in_a_language_is_given_in_the_first_one() -> None:
    assert poster(names={"aa": "Бірінші", "bb": ""}).name("bb") == "Бірінші"


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "7K3MQX9"},
        {"code": "7K3MQX9O"},
        {"code": "7k3mqx9t"},
        {"code": "7K3M-QX9T"},
        {"region": ""},
        {"region": "ZZ-1.X"},
        {"origin": "host.example"},
        {"origin": "https://host.example/"},
        {"origin": "https://host.example/#"},
        {"origin": "javascript:alert(1)"},
    ],
)
def test_what_no_phone_could_follow_is_never_printed(wrong: dict[str, str]) -> None:
    with pytest.raises(PosterError, match="cannot be printed"):
        poster(**wrong)
