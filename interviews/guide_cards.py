"""The card on a screening's and a film's page that leads to the guide."""

from __future__ import annotations

import datetime as dt

from django.db.models import signals
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from screenings import page_tags
from screenings.models import Film, Screening

from .choices import guide_for, guide_for_film
from .guide_content import prompts_of
from .models import GuideChoice, GuideVersion


def screening_card(screening: Screening, *, now: dt.datetime) -> SafeString:
    """The card of the guide that a screening offers; `""` where it offers none."""
    return _card(guide_for(screening))


def film_card(film: Film, *, now: dt.datetime) -> SafeString:
    """The card of the guide that a film offers; `""` where it offers none."""
    return _card(guide_for_film(film))


def _card(version: GuideVersion | None) -> SafeString:
    if version is None:
        return mark_safe("")
    content = version.content
    interviews = {quote["source_sha256"] for quote in content["excerpts"].values()}
    return render_to_string(
        "interviews/_guide_card.html",
        {
            "guide": version.guide,
            "title": content["guide"]["title"],
            "quotes": len(content["excerpts"]),
            "interviews": len(interviews),
            "prompts": len(prompts_of(content)),
        },
    )


def watch() -> None:
    """Have pages that show a card made anew when another guide is chosen, or a guide is published (called once)."""
    for model in (GuideChoice, GuideVersion):
        for signal in (signals.post_save, signals.post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=f"guide_cards.{model.__name__}")


def _changed(instance: GuideChoice | GuideVersion, **_: object) -> None:
    page_tags.touch([f"film-{instance.guide.film_id}"])
