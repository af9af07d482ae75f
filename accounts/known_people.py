"""People of whom nothing is kept but the address: forgotten after a while.

Somebody typed an address and never confirmed it; or everything that we knew them for has been forgotten. What only
follows from knowing them (messages sent to them, codes that they asked for) is no reason to keep them.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.reverse_related import ManyToOneRel

from .models import Person

FORGOTTEN_AT_ONCE = 500
# What is no reason to keep somebody, as `app_label.model`; higher apps name theirs.
_traces = {"accounts.signinattempt", "account.emailaddress"}


def is_trace(*models: str) -> None:
    """Rows of these models (`notices.notice`) are no reason to keep the person that they belong to."""
    _traces.update(models)


def _reasons() -> list[ManyToOneRel]:
    """Every relation to a person that is a reason to keep them: any that nobody called a trace.

    A model that comes new keeps its people by itself. Histories, which name who changed what, do not: they keep what
    was done and lose the name.
    """
    relations = Person._meta.get_fields(include_hidden=True)
    return [
        relation
        for relation in relations
        if isinstance(relation, ManyToOneRel)
        and relation.related_model._meta.label_lower not in _traces
        and not relation.related_model.__name__.startswith("Historical")
    ]


def _without_reason(before: dt.datetime) -> Q:
    """People whom we have known since before `before`, have not seen since, and have no reason to keep."""
    quiet = Q(created_at__lt=before, is_staff=False) & (Q(last_login=None) | Q(last_login__lt=before))
    for relation in _reasons():
        rows = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
        quiet &= ~Q(Exists(rows))
    return quiet


@transaction.atomic
def forget_people(before: dt.datetime, now: dt.datetime) -> int:
    """Forget them, some hundreds at a time; the next ring goes on. Gives how many people."""
    found = Person.objects.select_for_update(skip_locked=True, of=("self",)).filter(_without_reason(before))
    people = list(found.order_by("pk").values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
    Person.objects.filter(pk__in=people).delete()
    return len(people)
