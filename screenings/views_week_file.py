"""Bringing a week as a file: it becomes the draft's text, doubts and all, or nothing of it is kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from .forms_week_file import ColumnsForm, WeekFileForm
from .showtimes_file import FileWeek, Unreadable
from .showtimes_table import is_complete, read_table
from .views_week import WeekDoor
from .week_file import columns_for, is_calendar, remember_columns, week_of_calendar, week_of_table


@never_cache
def week_file(request: HttpRequest, slug: str, starting: str) -> HttpResponse:
    """The file's form, and the form of its columns where it must be said what they are."""
    door = WeekDoor(request, slug, starting)
    if request.method != "POST":
        return _show(door, WeekFileForm())
    try:
        return _columns_said(door) if "table" in request.POST else _file_brought(door)
    except Unreadable as error:
        return _show(door, WeekFileForm(), status=422, wrong=error.sentences)


def _file_brought(door: WeekDoor) -> HttpResponse:
    form = WeekFileForm(door.request.POST, door.request.FILES)
    if not form.is_valid():
        return _show(door, form, status=422)
    file = form.cleaned_data["file"]
    data, name = file.read(), file.name or ""
    if is_calendar(data, name):
        return _keep(door, week_of_calendar(door.theater, door.starting, data))
    table = read_table(data, name)
    columns = columns_for(door.theater, table)
    if form.cleaned_data["choose"] or not is_complete(columns):
        return _ask(door, ColumnsForm(table=table, columns=columns))
    return _keep(door, week_of_table(door.theater, door.starting, table, columns))


def _columns_said(door: WeekDoor) -> HttpResponse:
    form = ColumnsForm(door.request.POST)
    if not form.is_valid():
        return _ask(door, form, status=422)
    week = week_of_table(door.theater, door.starting, form.kept, form.columns)
    remember_columns(door.theater, form.kept, form.columns)
    return _keep(door, week)


def _keep(door: WeekDoor, week: FileWeek) -> HttpResponse:
    door.save(text=week.text)
    messages.success(door.request, " ".join(["The file is read; nothing is live yet.", *week.remarks]))
    return redirect("week", slug=door.theater.slug, starting=door.starting.isoformat())


def _ask(door: WeekDoor, form: ColumnsForm, status: int = 200) -> HttpResponse:
    rows = form.kept.rows[:3]
    samples = list(zip(form.kept.headers, *rows, strict=False)) if rows else []
    context = {"theater": door.theater, "starting": door.starting, "form": form, "samples": samples}
    return render(door.request, "screenings/manage/week_columns.html", context, status=status)


def _show(door: WeekDoor, form: WeekFileForm, status: int = 200, wrong: tuple[str, ...] = ()) -> HttpResponse:
    context = {
        "theater": door.theater,
        "starting": door.starting,
        "draft": door.draft,
        "form": form,
        "wrong": wrong,
    }
    return render(door.request, "screenings/manage/week_file.html", context, status=status)
