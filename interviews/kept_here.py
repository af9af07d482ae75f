"""What interviews keep about a person: the changes that they asked for."""

from __future__ import annotations

from accounts.kept import Record, Section
from accounts.models import Person

from .models import ChangeRequest


def tell_requests(person: Person) -> Section:
    asked = ChangeRequest.objects.filter(asked_by=person).select_related("source__interview")
    records: list[Record] = [
        {
            "About": str(one.source.interview),
            "Name": one.name,
            "Part": one.get_part_display(),
            "Asked": one.words,
            "On": one.created_at,
            "Answer": one.answer,
        }
        for one in asked.defer("source__content", "source__visible_text", "source__source_map")
    ]
    return Section(
        "requests", "Changes you asked for", "To answer you, and to know what was changed.", records
    )
