"""The desk's pages of what goes out: a theater's embed, posters and feeds; a film's picture."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .door_sheet import PAPERS, paper_of
from .models import Film, FilmStill, Theater
from .permits import film_for, theater_for
from .stills import MOST_BYTES, NoPicture, show_still

EMBED_HEIGHT = 640


def embed_snippet(theater: Theater) -> str:
    """What a theater puts on its own page: an element that needs no script and no style."""
    address = settings.BASE_URL + reverse("theater_embed", args=[theater.slug])
    title = escape(f"Showtimes at {theater.name}")
    return (
        f'<iframe src="{address}" title="{title}" width="100%" height="{EMBED_HEIGHT}" '
        'loading="lazy" referrerpolicy="no-referrer"></iframe>'
    )


@never_cache
@require_safe
def theater_share(request: HttpRequest, slug: str) -> HttpResponse:
    """The week on the theater's own site, on paper and in calendars."""
    theater = theater_for(request, slug)
    base = urlsplit(settings.BASE_URL)
    context = {
        "theater": theater,
        "snippet": embed_snippet(theater),
        "frame_source": f"{base.scheme}://{base.netloc}",
        "papers": list(PAPERS.items()),
        "usual_paper": paper_of(theater.locale),
    }
    return render(request, "screenings/manage/theater_share.html", context)


class PictureForm(forms.Form):
    """A picture of the film, and what must be said of it."""

    picture = forms.FileField(
        label="Poster or still",
        required=False,
        help_text="JPEG, PNG or WebP, up to 8 MB. We draw it anew, small; where and with what it was taken is dropped.",
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    alt = forms.CharField(
        label="What it shows",
        max_length=200,
        help_text="For who does not see it: “A woman leads two mules along a salt pan.”",
    )
    credit = forms.CharField(
        label="Whose picture it is",
        max_length=160,
        help_text="Shown below it: “Photograph: Ines Okonkwo”.",
    )

    def clean_picture(self) -> Any:
        picture = self.cleaned_data.get("picture")
        if picture and picture.size > MOST_BYTES:
            raise forms.ValidationError(NoPicture.too_large)
        return picture


@never_cache
def film_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture on the film's page: shown, changed, taken off."""
    film = film_for(request, slug)
    still = FilmStill.objects.filter(film=film).first()
    if request.method == "POST" and request.POST.get("act") == "remove":
        if still:
            still.delete()
        messages.success(request, "The picture is off the page.")
        return redirect("film_picture", slug=film.slug)
    words = {"alt": still.alt, "credit": still.credit} if still else None
    form = PictureForm(request.POST or None, request.FILES or None, initial=words)
    if request.method == "POST" and form.is_valid() and _show(film, form):
        messages.success(request, "Saved. The film’s page shows it now.")
        return redirect("film_picture", slug=film.slug)
    context = {"film": film, "still": still, "form": form}
    return render(request, "screenings/manage/film_picture.html", context, status=422 if form.errors else 200)


def _show(film: Film, form: PictureForm) -> bool:
    """Do what a valid form asks for; False where it cannot be, and the form says why."""
    sent: UploadedFile | None = form.cleaned_data["picture"]
    try:
        show_still(
            film,
            sent=sent.read() if sent else None,
            alt=form.cleaned_data["alt"],
            credit=form.cleaned_data["credit"],
        )
    except NoPicture as error:
        form.add_error("picture", str(error))
        return False
    return True
