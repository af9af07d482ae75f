"""What a film is called, and two records of one film made one: by its team, by site staff."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.models import Person
from accounts.staff_pages import staff_only
from accounts.trail import act_as

from .film_merging import merge_films
from .films import call_it, forget_title
from .forms_films import AliasForm, OwnRecordForm, TitleForm, TwoRecordsForm
from .models import Film
from .permits import film_for

SURE = "sure"


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


@never_cache
def film_titles(request: HttpRequest, slug: str) -> HttpResponse:
    """The titles by which theaters' listings find the film; its team adds and takes away."""
    film = film_for(request, slug)
    form = TitleForm(film=film)
    if request.method == "POST" and "alias" in request.POST:
        return _forget(request, film)
    if request.method == "POST":
        form = TitleForm(request.POST, film=film)
        if form.is_valid():
            alias = call_it(film, form.cleaned_data["title"])
            messages.success(request, f"Listings that say “{alias.title}” mean this film now.")
            return redirect("film_titles", slug=film.slug)
    context = {"film": film, "form": form, "aliases": film.aliases.order_by("title")}
    return render(request, "screenings/manage/film_titles.html", context, status=422 if form.errors else 200)


def _forget(request: HttpRequest, film: Film) -> HttpResponse:
    form = AliasForm(request.POST, film=film)
    if not form.is_valid():
        messages.warning(request, "That title was gone already.")
    elif forget_title(film, form.cleaned_data["alias"]):
        messages.success(request, f"“{form.cleaned_data['alias'].title}” means this film no more.")
    else:
        messages.warning(request, "A film always goes by its own title.")
    return redirect("film_titles", slug=film.slug)


@never_cache
def merge_own_films(request: HttpRequest, slug: str) -> HttpResponse:
    """Another record of the film becomes part of this one; the person is of the team of both."""
    keep = film_for(request, slug)
    films = Film.objects.filter(memberships__person=_person(request)).exclude(pk=keep.pk).order_by("title")
    form = OwnRecordForm(request.POST or None, films=films)
    if form.is_valid() and request.POST.get(SURE):
        kept = _merge(request, keep, form.cleaned_data["other"])
        return redirect("film_titles", slug=kept.slug)
    pair = (keep, form.cleaned_data["other"]) if form.is_valid() else None
    return _show(request, form, pair, keep=keep, has_others=films.exists())


@never_cache
@staff_only
def staff_films(request: HttpRequest) -> HttpResponse:
    """Two records of one film become one, whoever's they are."""
    act_as(request, "site staff")
    form = TwoRecordsForm(request.POST or None)
    if form.is_valid() and request.POST.get(SURE):
        _merge(request, form.cleaned_data["keep"], form.cleaned_data["other"])
        return redirect("staff_films")
    pair = (form.cleaned_data["keep"], form.cleaned_data["other"]) if form.is_valid() else None
    return _show(request, form, pair, has_others=True)


def _merge(request: HttpRequest, keep: Film, other: Film) -> Film:
    title = other.title
    kept = merge_films(keep, other, by=_person(request), now=timezone.now())
    messages.success(request, f"“{title}” is part of “{kept}” now. Its old address leads there.")
    return kept


def _show(request: HttpRequest, form: Any, pair: tuple[Film, Film] | None, **facts: Any) -> HttpResponse:
    counted = Film.objects.annotate(
        bookings=Count("engagements", distinct=True), showings=Count("engagements__screenings", distinct=True)
    ).prefetch_related("credits", "aliases")
    records = [counted.get(pk=film.pk) for film in pair] if pair else []
    context = {"form": form, "records": records, **facts}
    return render(request, "screenings/manage/merge_films.html", context, status=422 if form.errors else 200)
