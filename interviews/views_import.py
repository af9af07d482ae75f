"""The pages of bringing an interview in: the list, the import, its progress, the facts."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from accounts.models import Person

from . import importing
from .archive import CannotImport, keep_as_found
from .forms_import import FactsForm, ImportForm
from .forms_quotes import RightForm
from .models import ImportJob, Interview
from .permits import film_to_search, interview_for
from .tasks import ring
from .text_map import UnreadableSource
from .visible_text import MAX_BYTES

# A form's other fields and its boundaries take less than this.
ROOM_FOR_FIELDS = 1024 * 1024
RIGHT_FIELDS = ["right", "right_note", "right_given_on", "right_until"]
View = Callable[..., HttpResponse]


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def upload(view: View) -> View:
    """A view that takes files: what is larger than any interview is answered before a byte of it is read.

    (The check of the CSRF token reads the form; so it comes after this one, not in the middleware.)
    """
    guarded = csrf_protect(view)

    @wraps(view)
    def measured(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES + ROOM_FOR_FIELDS:
            return _too_large(request)
        try:
            _ = request.POST
        except RequestDataTooBig:
            return _too_large(request)
        return guarded(request, *args, **kwargs)

    return never_cache(csrf_exempt(measured))


def _too_large(request: HttpRequest) -> HttpResponse:
    context = {"megabytes": MAX_BYTES // (1024 * 1024)}
    return render(request, "interviews/manage/too_large.html", context, status=413)


@never_cache
def film_interviews(request: HttpRequest, slug: str) -> HttpResponse:
    """Every interview about a film, for those who work on it."""
    film = film_to_search(request, slug)
    doubtful = Q(sources__turns__confidence__lt=0.5)
    rows = (
        film.interviews.select_related("kept_by")
        .annotate(turns=Count("sources__turns"), doubtful=Count("sources__turns", filter=doubtful))
        .order_by("publication", "published_on", "pk")
    )
    jobs = ImportJob.objects.filter(film=film, asked_by=_person(request)).exclude(state=ImportJob.State.KEPT)
    context = {"film": film, "interviews": rows, "jobs": jobs.defer("content")[:10]}
    return render(request, "interviews/manage/film_interviews.html", context)


@upload
def import_interview(request: HttpRequest) -> HttpResponse:
    """Paste, choose a file, or give an address."""
    person = _person(request)
    films = importing.films_of(person)
    if request.method != "POST":
        chosen = films.filter(slug=request.GET.get("film", "")).first()
        return _show_import(request, ImportForm(person=person, initial={"film": chosen}))
    form = ImportForm(request.POST, request.FILES, person=person)
    if not form.is_valid():
        return _show_import(request, form, 422)
    return _bring_in(request, form, person)


def _show_import(request: HttpRequest, form: ImportForm, status: int = 200) -> HttpResponse:
    has_films = importing.films_of(_person(request)).exists()
    context = {"form": form, "has_films": has_films, "max_bytes": MAX_BYTES}
    return render(request, "interviews/manage/import.html", context, status=status)


def _bring_in(request: HttpRequest, form: ImportForm, person: Person) -> HttpResponse:
    now, film = timezone.now(), form.cleaned_data["film"]
    content, filename = form.content()
    if url := form.cleaned_data["url"]:
        return _have_it_read(importing.ask_for(film, person, url=url, now=now))
    if not importing.is_short(content):
        return _have_it_read(importing.ask_for(film, person, content=content, filename=filename, now=now))
    try:
        interview, _, is_new = keep_as_found(
            content, film=film, kept_by=person, retrieved_at=now, filename=filename
        )
    except (UnreadableSource, CannotImport) as refusal:
        form.add_error("file" if filename else "text", f"{refusal} Nothing was kept of it.")
        return _show_import(request, form, 422)
    return _onward(request, interview, is_new)


def _have_it_read(job: ImportJob) -> HttpResponse:
    ring(job)
    return redirect("import_job", pk=job.pk)


def _onward(request: HttpRequest, interview: Interview, is_new: bool) -> HttpResponse:
    if is_new:
        return redirect("interview_facts", pk=interview.pk)
    messages.info(request, "This interview is kept already: here it is. Nothing was added.")
    return redirect("correct_interview", pk=interview.pk)


@never_cache
def import_job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a long import is; once it is kept, its facts."""
    job = ImportJob.objects.defer("content").select_related("film", "interview").filter(pk=pk).first()
    if job is None or job.asked_by_id != _person(request).pk:
        raise Http404("This is nobody’s page, or not yours.")
    if job.state == ImportJob.State.KEPT and job.interview:
        return _onward(request, job.interview, job.is_new)
    context = {"job": job, "left_waiting": job.is_left_waiting(timezone.now())}
    return render(request, "interviews/manage/import_job.html", context)


@never_cache
def interview_facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the interview was published, and on what right it may be quoted."""
    interview = interview_for(request, pk, "interviews.correct_interview")
    data = request.POST if request.method == "POST" else None
    facts = FactsForm(data, instance=interview)
    initial = {name: getattr(interview, name) for name in RIGHT_FIELDS}
    right = RightForm(data, initial=initial, otherwise="Not settled yet: nothing can be quoted until it is")
    if data is not None and facts.is_valid() and right.is_valid():
        for name in RIGHT_FIELDS:
            setattr(interview, name, right.cleaned_data[name])
        facts.save()
        messages.success(request, "Kept. Here is what was read in it.")
        return redirect("correct_interview", pk=interview.pk)
    context = {"interview": interview, "facts": facts, "right": right}
    return render(
        request, "interviews/manage/facts.html", context, status=422 if facts.errors or right.errors else 200
    )
