"""An interview's other pages: on what right it may be quoted and taking it all back; a text that changed at its source."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.models import Person

from .archive import CannotImport, add_source
from .excerpts import withdraw_source
from .forms_quotes import ReasonForm, RightForm
from .models import ChangeRequest, Interview, Refinding
from .permits import interview_for
from .reimports import carry_over
from .rights import right_stated, say_right, what_is_missing
from .text_map import UnreadableSource
from .views_excerpt import RIGHT_FIELDS

NOT_STATED = "Not stated yet"


class ChangedTextForm(forms.Form):
    """The text as its publication has it now: a file or pasted."""

    file = forms.FileField(label="The file", required=False)
    text = forms.CharField(
        label="Or the text itself", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 8})
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if not data.get("file") and not str(data.get("text") or "").strip():
            self.add_error("file", "Choose a file, or paste the text.")
        return data

    def content(self) -> tuple[bytes, str, str | None]:
        """The bytes, the file's name, and the format where only we know it."""
        file = self.cleaned_data["file"]
        if file:
            return file.read(), file.name, None
        return self.cleaned_data["text"].replace("\r\n", "\n").encode(), "", "txt"


@never_cache
def interview_right(request: HttpRequest, pk: int) -> HttpResponse:
    """On what right the interview may be quoted; and the one act that takes back everything quoted from it."""
    interview = interview_for(request, pk, "interviews.correct_interview")
    act = request.POST.get("act") if request.method == "POST" else None
    right_form = RightForm(
        request.POST if act == "right" else None,
        initial={name: getattr(interview, name) for name in RIGHT_FIELDS},
        otherwise=NOT_STATED,
    )
    reason_form = ReasonForm(request.POST if act == "withdraw" else None)
    if act == "right" and right_form.is_valid():
        return _keep_right(request, interview, right_form)
    if act == "withdraw" and reason_form.is_valid():
        return _withdraw_all(request, interview, reason_form.cleaned_data["reason"])
    right, today = right_stated(interview), timezone.now().date()
    context = {
        "interview": interview,
        "right": say_right(right, today),
        "missing": what_is_missing(right, today),
        "right_form": right_form,
        "reason_form": reason_form,
        "withdrawn": interview.sources.exclude(withdrawn_at=None).select_related("withdrawn_by").first(),
        "asked": ChangeRequest.objects.filter(source__interview=interview),
    }
    return render(request, "interviews/manage/right.html", context, status=422 if act else 200)


def _keep_right(request: HttpRequest, interview: Interview, form: RightForm) -> HttpResponse:
    for name in RIGHT_FIELDS:
        setattr(interview, name, form.cleaned_data[name])
    interview.save(update_fields=RIGHT_FIELDS)
    messages.success(request, say_right(right_stated(interview), timezone.now().date()))
    return redirect("interview_right", pk=interview.pk)


def _withdraw_all(request: HttpRequest, interview: Interview, reason: str) -> HttpResponse:
    person: Person = request.user  # type: ignore[assignment]
    now = timezone.now()
    taken = sum(
        withdraw_source(source, reason=reason, now=now, by=person) for source in interview.sources.all()
    )
    quotes = "1 quote was" if taken == 1 else f"{taken} quotes were"
    messages.success(request, f"{quotes} withdrawn from every published guide. Nothing new can be quoted.")
    return redirect("interview_right", pk=interview.pk)


@never_cache
def interview_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """The interview's texts, and bringing in the one that its publication has now."""
    interview = interview_for(request, pk, "interviews.correct_interview")
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ChangedTextForm(*sent)
    if request.method == "POST" and form.is_valid() and _bring_in(request, interview, form):
        return redirect("interview_changes", pk=pk)
    open_ones = Refinding.objects.filter(source__interview=interview, state=Refinding.State.OPEN)
    context = {
        "interview": interview,
        "form": form,
        "sources": interview.sources.defer("content", "visible_text").order_by("-retrieved_at", "-id"),
        "open": open_ones.select_related("excerpt"),
    }
    return render(request, "interviews/manage/changes.html", context, status=422 if form.errors else 200)


def _bring_in(request: HttpRequest, interview: Interview, form: ChangedTextForm) -> bool:
    data, filename, format = form.content()
    now = timezone.now()
    try:
        source, is_new = add_source(interview, data, filename=filename, format=format, retrieved_at=now)
    except (UnreadableSource, CannotImport) as error:
        form.add_error("file" if filename else "text", f"{error} Nothing was changed.")
        return False
    if not is_new:
        messages.success(request, "These are the words that we have already. Nothing changes.")
        return True
    outcome = carry_over(source, now=now)
    found, flagged = len(outcome.found), len(outcome.flagged)
    said = f"The new text is kept beside the old one. {found} {'quote stands' if found == 1 else 'quotes stand'} in it word for word."
    if flagged:
        said += f" {flagged} {'does' if flagged == 1 else 'do'} not: look at {'it' if flagged == 1 else 'them'} below."
    messages.success(request, said)
    return True
