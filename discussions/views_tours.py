"""Tours: made in one act, and watched on one page. Each is a 404 to everybody but who made it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Person
from interviews.models import Guide

from .forms_tour import TourForm
from .models import TourStop
from .permits import published_guides
from .report_print import PAPERS
from .tour_sheet import print_sheet
from .tours import NoTour, make_tour, new_link, showings_for, stops_of, tours_of


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


@never_cache
@require_safe
def tours(request: HttpRequest) -> HttpResponse:
    """One's tours, and the guides that another can be made with: those whose film has showings that are one's own to
    host."""
    person, now = _person(request), timezone.now()
    guides = published_guides().order_by("film__title", "title")
    context = {
        "tours": tours_of(person),
        "guides": [guide for guide in guides if showings_for(person, guide, now).exists()],
    }
    return render(request, "discussions/tours.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan_tour(request: HttpRequest, code: str) -> HttpResponse:
    """Choose showings of a guide's film; one act makes all rooms, or none."""
    guide: Guide = get_object_or_404(published_guides(), code=code)
    person, now = _person(request), timezone.now()
    form = TourForm(
        request.POST or None, person=person, guide=guide, now=now, initial={"name": guide.film.title}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            tour = make_tour(
                guide,
                given["showings"],
                name=given["name"],
                by=person,
                now=now,
                minutes=given["minutes"],
                choices=form.choices,
            )
        except NoTour as error:
            form.add_error("showings", str(error))
        else:
            messages.success(request, "The rooms are made. Give each host their sheet.")
            return redirect("tour", pk=tour.pk)
    context = {"form": form, "guide": guide}
    return render(request, "discussions/tour_form.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def tour(request: HttpRequest, pk: int) -> HttpResponse:
    """All stops of a tour: opened, host present, people, closed."""
    found = get_object_or_404(tours_of(_person(request)), pk=pk)
    now = timezone.now()
    return render(
        request, "discussions/tour.html", {"tour": found, "stops": stops_of(found, now), "now": now}
    )


def _stop(request: HttpRequest, pk: int) -> TourStop:
    stops = TourStop.objects.select_related(
        "tour__guide__film",
        "key",
        "discussion__guide_version__guide",
        "discussion__screening__engagement__theater__city",
        "discussion__screening__engagement__film",
    )
    mine = stops.filter(tour__made_by=_person(request), discussion__erased_at=None)
    return get_object_or_404(mine, pk=pk)


@never_cache
@require_safe
def tour_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet for a stop's host, on A4 or on letter paper (`?paper=letter`)."""
    stop, paper = _stop(request, pk), request.GET.get("paper", "")
    pdf = print_sheet(stop, paper if paper in PAPERS else "a4")
    named = f'attachment; filename="host-{stop.discussion.code}.pdf"'
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": named})


@never_cache
@require_http_methods(["POST"])
def tour_new_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a stop's link back; its sheet holds another from now on."""
    stop = _stop(request, pk)
    new_link(stop, timezone.now())
    messages.success(request, "The old link leads nowhere any more. Print the sheet again.")
    return redirect("tour", pk=stop.tour_id)
