"""What desks are called: names that begin a line begin with a capital, and keep every other letter as the pack wrote it."""

from balaqorgau import pack
from balaqorgau.directory.country import capital, desk_names


def test_every_desk_s_name_begins_with_a_capital() -> None:
    names = [name for region in pack.current().region_codes for name in desk_names("region", region).values()]
    assert len(names) == len(pack.current().region_codes) * len(pack.current().languages)
    assert [name for name in names if not name[0].isupper()] == []


def test_only_the_first_letter_changes() -> None:
    assert capital("область Abai") == "Область Abai"
    assert capital("") == ""
