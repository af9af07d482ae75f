"""The pages of those who manage: a theater's week, its facts and its trail; a film's page; proposals."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import Person
from accounts.staff_pages import staff_only
from accounts.trail import act_as

from . import proposals
from .forms_manage import DecisionForm, FilmFactsForm, ProposalForm, TheaterFactsForm, ZoneForm
from .models import City, Screening, Theater, TheaterProposal
from .permits import film_for, theater_for
from .requests.demand import demand_near
from .showings import NotPossible, time_film
from .spoken_times import say_zone
from .trails import trail_of
from .week_view import play_week
from .zones import Keep, change_zone


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


@never_cache
def manage_theater(request: HttpRequest, slug: str) -> HttpResponse:
    """This week at a glance."""
    theater = theater_for(request, slug)
    now = timezone.now()
    context = {
        "theater": theater,
        "week": play_week(theater, now),
        "next_week": play_week(theater, now, 1),
        "demand": demand_near(theater, now),
    }
    return render(request, "screenings/manage/theater.html", context)


@never_cache
def theater_facts(request: HttpRequest, slug: str) -> HttpResponse:
    """What the theater says of itself, changed by a manager."""
    theater = theater_for(request, slug, "screenings.edit_theater")
    form = TheaterFactsForm(request.POST or None, instance=theater)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved. Your public page shows it now.")
        return redirect("manage_theater", slug=theater.slug)
    status = 422 if form.errors else 200
    context = {"theater": Theater.objects.get(pk=theater.pk), "form": form}
    return render(request, "screenings/manage/theater_facts.html", context, status=status)


@never_cache
def theater_zone(request: HttpRequest, slug: str) -> HttpResponse:
    """Another time zone, and what should stay: the hour on the wall, or the instant."""
    theater, now = theater_for(request, slug, "screenings.edit_theater"), timezone.now()
    form = ZoneForm(request.POST or None, initial={"zone": theater.zone})
    if request.method == "POST" and form.is_valid():
        zone, keep = form.cleaned_data["zone"], Keep(form.cleaned_data["keep"])
        try:
            changed = change_zone(theater, zone, keep=keep, now=now)
        except NotPossible as error:
            form.add_error("keep", str(error))
        else:
            showings = f"{changed} coming showing{'' if changed == 1 else 's'}"
            said = f"The theater’s clock is {say_zone(zone)} now; {showings} changed with it."
            messages.success(request, said)
            return redirect("theater_facts", slug=theater.slug)
    coming = Screening.objects.published().filter(engagement__theater=theater, starts_at__gt=now)
    context = {
        "theater": theater,
        "form": form,
        "clock": say_zone(theater.zone),
        "coming": coming.count(),
        "next": coming.select_related("engagement__film", "engagement__theater")
        .order_by("starts_at")
        .first(),
        "zones": City.objects.order_by("zone").values_list("zone", flat=True).distinct(),
    }
    return render(request, "screenings/manage/theater_zone.html", context, status=422 if form.errors else 200)


@never_cache
def theater_trail(request: HttpRequest, slug: str) -> HttpResponse:
    """Who changed what, from what to what, when."""
    theater = theater_for(request, slug, "screenings.read_trail")
    return render(request, "screenings/manage/trail.html", {"theater": theater, "entries": trail_of(theater)})


@transaction.atomic
def _save_film(form: FilmFactsForm) -> None:
    """What the team says; another running time changes when its showings end."""
    film, minutes = form.instance, form.cleaned_data["running_minutes"]
    film.running_minutes = form.initial["running_minutes"]
    form.save()
    time_film(film, minutes, now=timezone.now())


@never_cache
def manage_film(request: HttpRequest, slug: str) -> HttpResponse:
    """The film's page as its team keeps it, and its roll-out."""
    film = film_for(request, slug)
    form = FilmFactsForm(request.POST or None, instance=film)
    if request.method == "POST" and form.is_valid():
        _save_film(form)
        messages.success(request, "Saved. The film’s page shows it now.")
        return redirect("manage_film", slug=film.slug)
    rollout = film.engagements.select_related("theater__city").order_by("opens_on", "theater__name")
    context = {"film": film, "form": form, "rollout": rollout}
    return render(request, "screenings/manage/film.html", context, status=422 if form.errors else 200)


@never_cache
def propose_theater(request: HttpRequest) -> HttpResponse:
    """“Our theater is missing.”"""
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {key: form.cleaned_data[key] for key in ("address", "phone", "website", "note")}
        _, created = proposals.propose(
            form.cleaned_data["name"], form.cleaned_data["city"], by=_person(request), **facts
        )
        said = (
            "Thank you. We look at every proposal ourselves and write to you."
            if created
            else ("You have proposed it before; it waits for us. We have kept the first one.")
        )
        messages.success(request, said)
        return redirect("home")
    return render(
        request, "screenings/manage/propose.html", {"form": form}, status=422 if form.errors else 200
    )


@never_cache
@staff_only
def staff_proposals(request: HttpRequest) -> HttpResponse:
    """Theaters that people proposed, the oldest first."""
    waiting = TheaterProposal.objects.filter(state="open").select_related("city", "proposed_by")
    decided = TheaterProposal.objects.exclude(state="open").select_related(
        "city", "proposed_by", "decided_by"
    )
    context = {"waiting": waiting, "decided": decided.order_by("-decided_at")[:20]}
    return render(request, "screenings/manage/proposals.html", context)


@never_cache
@staff_only
@require_POST
def decide_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or decline; the first decision stands."""
    proposal = get_object_or_404(TheaterProposal.objects.select_related("city", "proposed_by"), pk=pk)
    form = DecisionForm(request.POST)
    act_as(request, "site staff")
    if not form.is_valid():
        messages.error(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
        return redirect("staff_proposals")
    try:
        if form.cleaned_data["answer"] == "approve":
            proposals.approve(proposal, by=_person(request), now=timezone.now())
        else:
            proposals.decline(
                proposal, by=_person(request), reason=form.cleaned_data["reason"], now=timezone.now()
            )
    except proposals.AlreadyDecided as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, f"{proposal.name}: {proposal.get_state_display()}.")
    return redirect("staff_proposals")
