"""A condition for long lists: `filter(AnyOf(F("person_id"), ids))` finds what `filter(person_id__in=ids)` finds.

Django writes `IN` with a parameter for each value, and the driver a literal for each of those. On PostgreSQL this is one
parameter, an array (`= ANY`, PostgreSQL §9.25.3), whatever the length; elsewhere it is `IN`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler


class AnyOf(In):
    """Whether a column is one of `values`: numbers or text, as the driver takes them."""

    def __init__(self, column: F, values: Collection[int] | Collection[str]) -> None:
        super().__init__(column, list(values))

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*parameters, self.rhs)
