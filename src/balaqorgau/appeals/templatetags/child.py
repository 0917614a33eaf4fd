"""`{% say "p" "tell.hint" %}`: an element that holds one of the child's texts and knows its key, to change language in place."""

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: Context, tag: str, key: str, classes: str = "", **attributes: str) -> SafeString:
    """An element with a text of the page's language; the script finds it by `data-t`."""
    extra = {**({"class": classes} if classes else {}), **attributes, "data-t": key}
    written = format_html_join("", ' {}="{}"', ((name.replace("_", "-"), value) for name, value in extra.items()))
    return format_html("<{}{}>{}</{}>", tag, written, context["texts"][key], tag)


@register.simple_tag(takes_context=True)
def text(context: Context, key: str) -> str:
    """One of the child's texts alone, for an attribute."""
    return str(context["texts"][key])
