"""Finding the good ones: search over a film's interviews, and what we would suggest."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from screenings.models import Film

from .heard import heard_about
from .models import Interview
from .permits import film_to_search
from .search import publications_of, search, speakers_of
from .suggestions import echoes, suggest


class SearchForm(forms.Form):
    q = forms.CharField(label="Words", required=False, max_length=200)
    speaker = forms.ChoiceField(label="Said by", required=False)
    publication = forms.ChoiceField(label="Published in", required=False)

    def __init__(self, *args: object, film: Film, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, anyone, names in (
            ("speaker", "Anybody", speakers_of(film)),
            ("publication", "Anywhere", publications_of(film)),
        ):
            self.fields[name].choices = [("", anyone), *((one, one) for one in names)]  # type: ignore[attr-defined]


@never_cache
@require_safe
def search_interviews(request: HttpRequest, slug: str) -> HttpResponse:
    """Who said what about it, in every interview of the film."""
    film = film_to_search(request, slug)
    form = SearchForm(request.GET, film=film)
    results = None
    if form.is_valid() and form.cleaned_data["q"].strip():
        data = form.cleaned_data
        results = search(film, data["q"], speaker=data["speaker"], publication=data["publication"])
    interviews = Interview.objects.filter(film=film)
    context = {"film": film, "form": form, "results": results, "interviews": interviews}
    return render(request, "interviews/manage/search.html", context)


@never_cache
@require_safe
def suggest_quotes(request: HttpRequest, slug: str) -> HttpResponse:
    """Passages that would make a room talk, and two answers to the same question; each is put in by a person."""
    film = film_to_search(request, slug)
    heard = heard_about(film)
    context = {
        "film": film,
        "interviews": len(heard),
        "passages": suggest(heard),
        "echoes": echoes(heard),
    }
    return render(request, "interviews/manage/suggestions.html", context)
