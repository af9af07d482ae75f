"""What the facilitator's edition puts beside the sections and questions of a guide."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from interviews.facilitator_page import Aid, FacilitatorPage
from interviews.reading_page import Card, Section

register = template.Library()


@register.simple_tag
def tips_of(edition: FacilitatorPage, section: Section) -> tuple[SafeString, ...]:
    """The tips of a section, as HTML."""
    return edition.tips.get(section.kind, ())


@register.simple_tag
def aid_of(edition: FacilitatorPage, card: Card) -> Aid:
    """What stands beside a question for who leads."""
    return edition.aids[card.number]
