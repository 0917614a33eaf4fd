"""Icons: drawn here, named, silent for screen readers unless they have a label."""

import pytest

from balaqorgau.ui import icons


def test_every_icon_is_in_the_sprite_once() -> None:
    sprite = icons.sprite()
    assert icons.names()
    assert all(sprite.count(f'id="icon-{name}"') == 1 for name in icons.names())


def test_an_icon_is_hidden_from_screen_readers_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in icons.icon("lock")
    assert 'aria-label="Lock"' in icons.icon("lock", "Lock")


def test_a_label_is_text() -> None:
    assert "<b>" not in icons.icon("lock", '"><b>')


def test_an_unknown_icon_names_those_that_there_are() -> None:
    with pytest.raises(LookupError, match="lock"):
        icons.icon("dragon")


def test_no_icon_carries_script_or_style() -> None:
    assert not [word for word in ("<script", "style=", "onload", "href=") if word in icons.sprite()]
