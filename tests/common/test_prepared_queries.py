"""Prepared queries: what a queryset gives, from SQL that was compiled before, on every database."""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from typing import Any, NamedTuple

import pytest
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from common.prepared_queries import fill, prepared, prepared_rows
from discussions.models import Discussion
from screenings.models import Engagement, PageChange, Screening
from tests.discussions.test_rooms import make_room
from tests.factories import make_film, make_screening

pytestmark = pytest.mark.django_db
FRIDAY = dt.date(2026, 8, 7)
BEFORE = dt.datetime(2026, 8, 1, tzinfo=dt.UTC)


@prepared
def by_code(*, code: str) -> QuerySet[Screening]:
    found = Screening.objects.select_related("engagement__film", "engagement__theater__city", "screen")
    return found.prefetch_related("engagement__film__credits").filter(code=code)


@prepared
def on_nights(
    label: str = "", *, nights: list[dt.date], after: dt.datetime | None
) -> QuerySet[Screening, Any]:
    showings = Screening.objects.filter(night__in=nights).order_by("starts_at")
    wanted = showings.labelled(label) if label else showings
    late = wanted if after is None else wanted.filter(starts_at__gt=after)
    return late.values_list("code", "starts_at", "night", "labels", "sold_out")


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The SQL that has been compiled since."""
    written: list[str] = []
    as_sql = SQLCompiler.as_sql

    def noting(self: SQLCompiler, *args: Any, **kwargs: Any) -> Any:
        written.append("compiled")
        return as_sql(self, *args, **kwargs)

    monkeypatch.setattr(SQLCompiler, "as_sql", noting)
    return written


def test_rows_are_objects_with_all_that_the_queryset_selects_and_prefetches(
    django_assert_num_queries: Any,
) -> None:
    showings = [make_screening("2026-08-07T18:00", labels=("oc",))]
    showings.append(make_screening("2026-08-07T21:00", engagement=showings[0].engagement, labels=("oc",)))
    for showing in (*showings, *showings):
        with django_assert_num_queries(2):
            (found,) = by_code(code=showing.code)
        assert (found, found.starts_at, found.labels) == (showing, showing.starts_at, ("oc",))
        assert found.starts_at.tzinfo is not None
        with django_assert_num_queries(0):
            assert found.engagement.theater.city.name == "Atlanta"
            assert [credit.name for credit in found.engagement.film.credits.all()] == ["Mara Lindqvist"]
    assert by_code(code="none") == []


def test_sql_is_compiled_once_for_each_shape_and_run_with_each_value(compiled: list[str]) -> None:
    early = make_screening("2026-08-07T18:00", labels=("oc", "qa"))
    late = make_screening("2026-08-08T21:00", engagement=early.engagement)
    saturday = FRIDAY + dt.timedelta(days=1)
    compiled.clear()
    asked: list[tuple[tuple[str, ...], list[dt.date], dt.datetime | None, list[Screening]]] = [
        ((), [FRIDAY], BEFORE, [early]),
        ((), [saturday], BEFORE, [late]),
        ((), [saturday], late.starts_at, []),
        ((), [FRIDAY, saturday], BEFORE, [early, late]),
        ((), [saturday, saturday], BEFORE, [late]),
        (("oc",), [FRIDAY, saturday], BEFORE, [early]),
        ((), [], BEFORE, []),
        ((), [FRIDAY], None, [early]),
    ]
    for shape, nights, after, expected in asked:
        rows = on_nights(*shape, nights=nights, after=after)
        assert rows == [(one.code, one.starts_at, one.night, one.labels, one.sold_out) for one in expected], (
            shape,
            nights,
            after,
        )
    # One night, two, two with a label, none (which no database is asked for), one at whatever time.
    assert len(compiled) == 5
    for shape, nights, after, _ in asked:
        on_nights(*shape, nights=nights, after=after)
    assert len(compiled) == 5


def test_every_kind_of_value_is_written_as_the_database_keeps_it() -> None:
    at = dt.datetime(2026, 8, 7, 23, 0, 0, 123456, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    kept = PageChange.objects.create(tag="it's 100% “kept”", version=uuid.uuid4(), changed_at=at)
    other = PageChange.objects.create(tag="other", version=uuid.uuid4(), changed_at=at)

    @prepared
    def change(*, pk: int, tag: str, version: uuid.UUID, at: dt.datetime) -> QuerySet[PageChange, Any]:
        same = PageChange.objects.filter(pk=pk, tag=tag, version=version, changed_at=at)
        return same.values_list("pk", "tag", "version", "changed_at")

    for row in (kept, other):
        (found,) = change(pk=row.pk, tag=row.tag, version=row.version, at=at)
        assert found == (row.pk, row.tag, row.version, at)
        assert type(found[2]) is uuid.UUID
    assert change(pk=kept.pk, tag=other.tag, version=kept.version, at=at) == []

    @prepared
    def at_wall(*, sold_out: bool, fold: int, night: dt.date) -> QuerySet[Screening, str]:
        rows = Screening.objects.filter(sold_out=sold_out, fold=fold, night=night)
        return rows.values_list("code", flat=True)

    showing = make_screening()
    assert at_wall(sold_out=False, fold=0, night=FRIDAY) == [showing.code]
    assert at_wall(sold_out=True, fold=0, night=FRIDAY) == []


def test_json_is_compared_and_read_as_what_it_is() -> None:
    facts = {"phones": 12, "words": ["it’s", None]}
    room = make_room()
    Discussion.objects.filter(pk=room.pk).update(counts=facts)

    @prepared
    def rooms(*, counts: dict[str, Any]) -> QuerySet[Discussion]:
        return Discussion.objects.filter(counts=counts)

    for _ in range(2):
        (found,) = rooms(counts=facts)
        assert (found, found.counts) == (room, facts)
    assert rooms(counts={"phones": 13}) == []


def test_values_reach_into_subqueries_annotations_windows_and_groups() -> None:
    showing = make_screening("2026-08-07T18:00")
    for hour in (20, 22):
        make_screening(f"2026-08-07T{hour}:00", engagement=showing.engagement)

    @prepared
    def counted(*, after: dt.datetime, theater: int, each: int) -> QuerySet[Screening, Any]:
        ranked = Screening.objects.filter(engagement__theater=theater, starts_at__gt=after)
        rank = Window(RowNumber(), partition_by="engagement_id", order_by="starts_at")
        return (
            ranked.annotate(rank=rank).filter(rank__lte=each).order_by("rank").values_list("rank", flat=True)
        )

    @prepared
    def booked(*, after: dt.datetime, film: int) -> QuerySet[Engagement, Any]:
        coming = Screening.objects.filter(starts_at__gt=after, engagement=OuterRef("pk"))
        late = Count("screenings", filter=Q(screenings__starts_at__gt=after))
        rows = Engagement.objects.filter(Q(film=film) & Q(Exists(coming))).annotate(late=late)
        return rows.values_list("pk", "late")

    theater, film = showing.engagement.theater_id, showing.engagement.film_id
    for after, ranks in ((BEFORE, [1, 2]), (showing.starts_at, [1, 2]), (showing.ends_at, [1, 2])):
        assert counted(after=after, theater=theater, each=2) == ranks
    assert counted(after=BEFORE, theater=theater, each=3) == [1, 2, 3]
    assert booked(after=BEFORE, film=film) == [(showing.engagement_id, 3)]
    assert booked(after=showing.starts_at, film=film) == [(showing.engagement_id, 2)]
    assert booked(after=showing.starts_at + dt.timedelta(days=1), film=film) == []


def test_what_is_in_the_database_now_is_read_each_time() -> None:
    showing = make_screening()
    (found,) = by_code(code=showing.code)
    Screening.objects.filter(pk=showing.pk).update(sold_out=True)
    (again,) = by_code(code=showing.code)
    assert (found.sold_out, again.sold_out) == (False, True)


def test_a_value_never_shapes_a_query() -> None:
    @prepared
    def shaped(*, label: str) -> QuerySet[Screening]:
        return Screening.objects.labelled("oc") if label else Screening.objects.all()

    with pytest.raises(TypeError, match="Give it by position"):
        shaped(label="oc")

    @prepared
    def of_film(*, film: object) -> QuerySet[Screening]:
        return Screening.objects.filter(engagement__film=film)

    with pytest.raises(TypeError, match="cannot be given a Film"):
        of_film(film=make_film())

    @prepared
    def locked(*, pk: int) -> QuerySet[Screening]:
        return Screening.objects.select_for_update().filter(pk=pk)

    with pytest.raises(TypeError, match="locks rows"):
        locked(pk=1)


def test_values_do_not_stay_behind() -> None:
    """A plan lives as long as the process: it must not keep a phone's token in memory."""
    showing = make_screening()
    secret = showing.code
    by_code(code=secret)
    for plan in by_code._plans.values():
        assert secret not in repr((plan._parameters, plan._sql, plan._rows.query.where))


@pytest.mark.django_db(transaction=True)
def test_threads_share_a_query_each_over_its_own_connection() -> None:
    showings = [make_screening()]
    showings += [
        make_screening(f"2026-08-{day:02}T19:00", engagement=showings[0].engagement) for day in range(8, 14)
    ]
    wrong: list[str] = []

    def ask(number: int) -> None:
        try:
            for turn in range(30):
                showing = showings[(number + turn) % len(showings)]
                (found,) = by_code(code=showing.code)
                if found.code != showing.code or found.starts_at != showing.starts_at:
                    wrong.append(f"{showing.code} was answered with {found.code}")
        except Exception as error:
            wrong.append(repr(error))
        finally:
            connection.close()

    by_code._plans.clear()
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not wrong
    assert timezone.is_aware(by_code(code=showings[0].code)[0].starts_at)


class Line(NamedTuple):
    code: str
    at: dt.datetime
    labels: tuple[str, ...]


@prepared_rows(Line._make, kept=3)
def lines(*, ids: list[int]) -> QuerySet[Screening, Any]:
    rows = Screening.objects.filter(pk__in=ids).order_by("starts_at")
    return rows.values_list("code", "starts_at", "labels")


def test_rows_are_made_of_their_columns_once_and_anew_when_one_changes() -> None:
    first = make_screening("2026-08-07T19:00", labels=("oc",))
    run = first.engagement
    others = [make_screening(f"2026-08-{day:02}T19:00", engagement=run) for day in (8, 9, 10)]
    before = lines(ids=[first.pk, others[0].pk])
    assert before == [(one.code, one.starts_at, one.labels) for one in (first, others[0])]
    again = lines(ids=[first.pk, others[0].pk])
    assert [id(row) for row in again] == [id(row) for row in before]
    Screening.objects.filter(pk=first.pk).update(labels=("qa",))
    changed = lines(ids=[first.pk, others[0].pk])
    assert changed == [(first.code, first.starts_at, ("qa",)), before[1]]
    # More than are kept: forgotten, and right all the same.
    assert [row.code for row in lines(ids=[one.pk for one in others])] == [one.code for one in others]
    assert [row.code for row in lines(ids=[first.pk, *(one.pk for one in others)])] == [
        one.code for one in (first, *others)
    ]
    assert lines(ids=[]) == []


def test_lists_of_nearly_the_same_length_are_one_shape(compiled: list[str]) -> None:
    run = make_screening().engagement
    ids = [
        one.pk for one in (make_screening(f"2026-08-{day:02}T19:00", engagement=run) for day in range(8, 16))
    ]
    compiled.clear()
    for length in range(5, 9):
        assert len(lines(ids=ids[:length])) == length
    assert len(compiled) <= 1


def test_what_was_read_elsewhere_is_as_if_it_had_been_prefetched(django_assert_num_queries: Any) -> None:
    film = make_film()
    credits = list(film.credits.all())
    fill(film, "credits", credits)
    with django_assert_num_queries(0):
        assert list(film.credits.all()) == credits
    with django_assert_num_queries(1):
        assert film.credits.filter(role="director").count() == 1


def test_the_first_row_is_asked_for_by_name_and_may_be_none() -> None:
    showing = make_screening()
    assert by_code.first(code=showing.code) == showing
    assert by_code.first(code="nobodys") is None
