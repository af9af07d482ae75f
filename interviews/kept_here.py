"""What interviews keep about a person: the changes that they asked for, and their tokens for programs."""

from __future__ import annotations

from accounts.kept import Record, Section
from accounts.models import Person

from .guide_tokens import tokens_of
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


def tell_tokens(person: Person) -> Section:
    records: list[Record] = [
        {
            "Name": one.name,
            "Token": one.mask,
            "Made": one.created_at,
            "Last used": one.used_at,
            "Revoked": one.revoked_at,
        }
        for one in tokens_of(person)
    ]
    return Section(
        "guide_tokens", "Tokens for programs", "To know whose program writes in your guides.", records
    )
