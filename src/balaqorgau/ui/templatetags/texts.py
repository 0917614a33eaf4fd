"""What a template says and shows: `t` for the pack's texts, `direction`, `asset` for built files, `icon` and `icon_sprite`."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from balaqorgau import pack
from balaqorgau.ui import assets, icons

register = template.Library()


@register.simple_tag(takes_context=True)
def t(context: Context, key: str, **values: Any) -> str:
    """`{% t "child.tell.title" name=value %}` in the page's language (`language` in the context), escaped."""
    return pack.current().text(str(context["language"]), key, **values)


@register.simple_tag(takes_context=True)
def direction(context: Context) -> str:
    """`{% direction %}`: "ltr" or "rtl", how the page's language is written."""
    return pack.current().language(str(context["language"])).direction


@register.simple_tag
def asset(name: str) -> str:
    """`{% asset "console/desk.js" %}`: the address of a built file."""
    return assets.url(name)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """`{% icon "lock" %}`: an icon of the sprite; with a label it speaks."""
    return icons.icon(name, label)


@register.simple_tag
def icon_sprite() -> SafeString:
    """`{% icon_sprite %}` once, at the top of the body."""
    return icons.sprite()
