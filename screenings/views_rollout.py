"""The film's team pastes its release."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from . import rollout, rollout_text
from .permits import film_for


class ReleaseForm(forms.Form):
    text = forms.CharField(
        label="The release as you wrote it",
        max_length=rollout_text.MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="A date, a city, a comma, a theater: “Aug 3 Chicago, Music Hall; Aug 10 Atlanta, The Lantern”.",
    )
    day_first = forms.BooleanField(required=False, label="8/3 means the 8th of March")


@never_cache
def film_rollout(request: HttpRequest, slug: str) -> HttpResponse:
    """Read the release, show what it books; announcing it is a second, deliberate press."""
    film = film_for(request, slug)
    form = ReleaseForm(request.POST or None)
    matched: list[rollout.Matched] = []
    doubts: list[rollout_text.NotUnderstood] = []
    if request.method == "POST" and form.is_valid():
        openings, doubts = rollout_text.read(
            form.cleaned_data["text"],
            today=timezone.now().date(),
            month_first=not form.cleaned_data["day_first"],
        )
        matched = rollout.match_all(film, openings)
        if request.POST.get("act") == "announce":
            booked = rollout.announce(film, matched)
            messages.success(
                request,
                f"Announced: {len(booked)} booking{'' if len(booked) == 1 else 's'}. Showtimes follow from each theater’s own week.",
            )
            return redirect("manage_film", slug=film.slug)
    context = {"film": film, "form": form, "matched": matched, "doubts": doubts}
    return render(request, "screenings/manage/rollout.html", context, status=422 if form.errors else 200)
