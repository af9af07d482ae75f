"""The staff's ledger: what is due, sent, failed, and why; any message as rendered, what is private in it masked."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.staff_pages import staff_only

from .daily_cap import full_today
from .kinds import About, all_kinds, kind_of, load_subjects
from .ledger_search import counts, overdue, row_of, rows_of, say_of_address, search
from .letter_frame import frame_letter, shows_letter
from .letters import Letter, compose
from .models import Notice


class LedgerForm(forms.Form):
    words = forms.CharField(label="Address or film", max_length=254, required=False)
    kind = forms.ChoiceField(label="Kind", required=False)
    state = forms.ChoiceField(label="State", required=False, choices=[("", "Any"), *Notice.State.choices])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        kinds = [(kind.code, kind.name) for kind in all_kinds()]
        self.fields["kind"] = forms.ChoiceField(label="Kind", required=False, choices=[("", "Any"), *kinds])


@never_cache
@staff_only
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """The newest hundred that match."""
    form, now = LedgerForm(request.GET), timezone.now()
    asked = form.cleaned_data if form.is_valid() else {}
    context = {
        "form": form,
        "rows": rows_of(search(**asked)),
        "answer": say_of_address(asked.get("words", "")),
        "counts": counts(now),
        "overdue": overdue(now),
        "full": full_today(now),
        "cap": settings.NOTICE_THEATER_DAILY_CAP,
    }
    return render(request, "notices/ledger.html", context)


def _find(pk: int) -> tuple[Notice, About]:
    notice = get_object_or_404(Notice.objects.select_related("person", "reply_to"), pk=pk)
    return notice, load_subjects([notice]).get(notice.pk)


def _letter(notice: Notice, about: About) -> Letter | None:
    """The letter as it would read now, in its reader's language, masked; None where what it is about is gone, or nobody
    can write it."""
    kind = kind_of(notice.kind)
    if kind is None or about is None:
        return None
    return compose(kind, notice, about, notice.transmitting_since or timezone.now()).masked()


@never_cache
@staff_only
@require_safe
@shows_letter
def ledger_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice: how it stands, and its letter."""
    notice, about = _find(pk)
    context = {"row": row_of(notice, about), "letter": _letter(notice, about)}
    return render(request, "notices/ledger_notice.html", context)


@never_cache
@staff_only
@require_safe
def ledger_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter's HTML, for the frame."""
    letter = _letter(*_find(pk))
    return frame_letter(request, letter.html if letter else "")
