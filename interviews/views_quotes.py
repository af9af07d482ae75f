"""Reading an interview and quoting from it: words marked with a finger, or named by their first and last ones."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import Person

from .annotations import MEDIA_TYPE, annotation_of, annotations_of
from .excerpts import CannotCut
from .forms_quotes import MarkedForm, WordsForm
from .marked_words import TwoSpeakers, quote_marked
from .models import Excerpt, Interview, Source
from .permits import excerpt_for, interview_for
from .rights import right_stated, say_right
from .search import newest_of
from .selectors import Span
from .source_page import passages_of
from .trimming import find_in
from .utf16_offsets import SplitsCharacter, Utf16Places, from_utf16


@never_cache
def read_interview(request: HttpRequest, pk: int) -> HttpResponse:
    """The interview's newest source, to read and to quote from. What cannot be quoted is said in words above it."""
    interview = interview_for(request, pk)
    source = newest_of(interview)
    if request.method != "POST" or source is None:
        return _page(request, interview, source)
    try:
        start, end, part, speaker = _wanted(request, source)
        excerpt = quote_marked(
            source, start, end, part=part, speaker=speaker, by=_person(request), now=timezone.now()
        )
    except TwoSpeakers as several:
        return _choice(request, interview, source, several)
    except (CannotCut, SplitsCharacter) as error:
        return _page(request, interview, source, wrong=str(error), status=422)
    return redirect("excerpt", uuid=excerpt.uuid)


def _person(request: HttpRequest) -> Person:
    return request.user  # type: ignore[return-value]


def _wanted(request: HttpRequest, source: Source) -> tuple[int, int, int | None, str]:
    """The span that a form names, in code points; which part of it, and who is said to speak."""
    if "turn" in request.POST:
        start, end = _named_words(request, source)
        return start, end, None, ""
    form = MarkedForm(request.POST)
    if not form.is_valid():
        raise CannotCut("Nothing is marked: choose the words to quote.")
    data, text = form.cleaned_data, source.visible_text
    return from_utf16(text, data["start"]), from_utf16(text, data["end"]), data["part"], data["speaker"]


def _named_words(request: HttpRequest, source: Source) -> Span:
    form = WordsForm(request.POST)
    turns = list(source.turns.all())
    if not form.is_valid() or form.cleaned_data["turn"] > len(turns):
        raise CannotCut("Say which turn: its number stands beside the speaker’s name.")
    turn, data = turns[form.cleaned_data["turn"] - 1], form.cleaned_data
    segments, text = [(low, high) for low, high in turn.segments], source.visible_text
    start = find_in(segments, data["opening"], text)[0] if data["opening"] else turn.start
    end = find_in([(start, turn.end)], data["closing"], text)[1] if data["closing"] else turn.end
    return start, end


def _page(
    request: HttpRequest, interview: Interview, source: Source | None, *, wrong: str = "", status: int = 200
) -> HttpResponse:
    excerpts = source.excerpts.filter(withdrawn_at=None) if source else Excerpt.objects.none()
    quoted = [(low, high) for excerpt in excerpts for low, high in excerpt.segments]
    context = {
        "interview": interview,
        "source": source,
        "passages": passages_of(source, quoted) if source else [],
        "excerpts": excerpts,
        "words_form": WordsForm(request.POST if "turn" in request.POST else None),
        "wrong": wrong,
        "right": say_right(right_stated(interview), timezone.now().date()),
    }
    return render(request, "interviews/manage/read.html", context, status=status)


def _choice(request: HttpRequest, interview: Interview, source: Source, several: TwoSpeakers) -> HttpResponse:
    """Whose words: each person's part of what was marked."""
    text, places = source.visible_text, Utf16Places(source.visible_text)
    parts = [
        {
            "number": number,
            "speaker": said.speaker,
            "words": " […] ".join(" ".join(text[low:high].split()) for low, high in said.segments),
        }
        for number, said in enumerate(several.parts)
    ]
    start, end, _, _ = _wanted(request, source)
    context = {
        "interview": interview,
        "several": several,
        "parts": parts,
        "start": places(start),
        "end": places(end),
    }
    return render(request, "interviews/manage/whose.html", context, status=422)


@never_cache
@require_safe
def export_annotation(request: HttpRequest, uuid: object) -> HttpResponse:
    """The excerpt as a W3C Web Annotation."""
    excerpt = excerpt_for(request, uuid)  # type: ignore[arg-type]
    return JsonResponse(annotation_of(excerpt), content_type=MEDIA_TYPE)


@never_cache
@require_safe
def export_annotations(request: HttpRequest, pk: int) -> HttpResponse:
    """Every excerpt of an interview as a W3C AnnotationCollection."""
    interview = interview_for(request, pk)
    excerpts = Excerpt.objects.filter(source__interview=interview).select_related("source__interview")
    collection = annotations_of(interview, excerpts, request.build_absolute_uri())
    return JsonResponse(collection, content_type=MEDIA_TYPE)
