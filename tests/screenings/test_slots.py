"""Higher rooms fill named slots of the listing's pages; the listing does not know them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils.safestring import mark_safe

from screenings import slots
from tests.factories import make_screening

NOW = dt.datetime(2026, 8, 1, 16, tzinfo=dt.UTC)


@pytest.fixture
def empty_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_fillers", {name: [] for name in slots.SLOTS})


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_slots")
def test_what_fills_the_guide_slot_stands_on_the_screenings_page(client: Client) -> None:
    slots.register("screening.guide", lambda screening, now: mark_safe(f"<b>Guide to {screening.film}</b>"))
    screening = make_screening()
    assert "<b>Guide to The Salt Road</b>" in client.get(f"/s/{screening.code}/").content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_slots")
def test_a_slot_is_filled_in_order_once_each_and_text_is_escaped() -> None:
    def first(screening: object, now: dt.datetime) -> str:
        return "<script>"

    slots.register("screening.guide", first)
    slots.register("screening.guide", lambda screening, now: mark_safe("<i>second</i>"))
    slots.register("screening.guide", lambda screening, now: "")
    slots.register("screening.guide", first)
    assert slots.fill("screening.guide", make_screening(), now=NOW) == "&lt;script&gt;<i>second</i>"


def test_a_slot_that_no_page_has_is_refused() -> None:
    with pytest.raises(slots.UnknownSlot, match=r"“screening\.gide” is no slot"):
        slots.register("screening.gide", lambda screening, now: "")
