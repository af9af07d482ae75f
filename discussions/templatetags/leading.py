"""A button that acts in a room."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def act(context: template.Context, name: str, words: str, **given: object) -> SafeString:
    """A form of one button: the act `name` with the values `given`, said in `words`.

    It is sent by script where there is one (js/lead.js), by the browser where there is none. The template's `act_url`
    says where acts are taken.
    """
    fields = format_html_join("", '<input type="hidden" name="{}" value="{}">', given.items())
    return format_html(
        '<form method="post" action="{}" data-act><input type="hidden" name="act" value="{}">{}'
        '<button class="button act">{}</button></form>',
        context["act_url"],
        name,
        fields,
        words,
    )
