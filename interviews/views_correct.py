"""The page of correcting: each act is a small form, kept at once, and can be undone."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.models import Person

from . import correcting, corrections
from .correcting_page import Item, items_of, speakers_in, stretches_of
from .corrections import CannotCorrect, Piece, Pieces
from .models import Source
from .permits import interview_for
from .search import newest_of
from .utf16_offsets import SplitsCharacter, from_utf16

Change = Callable[[Pieces], Pieces]


class CorrectingDoor:
    """One request to the page: the interview, its newest source, the person."""

    def __init__(self, request: HttpRequest, pk: int) -> None:
        self.request = request
        self.interview = interview_for(request, pk, "interviews.correct_interview")
        source = newest_of(self.interview)
        if source is None:
            raise Http404("There is no text of this interview.")
        self.source: Source = source
        assert isinstance(request.user, Person)
        self.person: Person = request.user

    # -- what was posted ---------------------------------------------------------------------------------------
    def number(self, name: str) -> int:
        """A number of the form. Raises CannotCorrect where there is none."""
        given = self.request.POST.get(name, "")
        if not given.isdecimal() or len(given) > 9:
            raise CannotCorrect("Choose a turn first.")
        return int(given)

    def word(self, name: str) -> str:
        return self.request.POST.get(name, "")

    def place(self) -> int:
        """Where to split: before a sentence, at the mark of a finger, or before words that were typed."""
        if self.word("place"):
            return self.number("place")
        if self.word("place16"):
            try:
                return from_utf16(self.source.visible_text, self.number("place16"))
            except SplitsCharacter as error:
                raise CannotCorrect("This goes through the middle of a letter.") from error
        return self._place_of_words(self.word("words").split())

    def _place_of_words(self, words: list[str]) -> int:
        text, at = self.source.visible_text, self.number("at")
        turns = corrections.turns_of(self._pieces())
        end = next((turn.pieces[-1].end for turn in turns if turn.head.start == at), at)
        sought = re.compile(r"\s+".join(map(re.escape, words)))
        found = sought.search(text, at + 1, end) if words else None
        if not found:
            raise CannotCorrect("Write the words with which the second turn begins, exactly as they stand.")
        return found.start()

    def _pieces(self) -> Pieces:
        return correcting.pieces_of(self.source)

    # -- acts --------------------------------------------------------------------------------------------------
    def change(self, act: str) -> Change:
        text = self.source.visible_text
        if act in corrections.SPOKEN:
            return partial(corrections.set_kind, at=self.number("at"), kind=act)
        changes: dict[str, Callable[[], Change]] = {
            "split": lambda: partial(_split, text, self.place()),
            "join": lambda: partial(corrections.join, at=self.number("at")),
            "leave_out": lambda: partial(corrections.leave_out, at=self.number("at")),
            "put_back": lambda: partial(corrections.put_back, at=self.number("at")),
            "speaker": lambda: partial(
                corrections.set_speaker, at=self.number("at"), speaker=self.word("speaker")
            ),
            "rename": lambda: partial(corrections.rename, old=self.word("old"), new=self.word("speaker")),
        }
        if act not in changes:
            raise Http404("No such act.")
        return changes[act]()

    def do(self, act: str) -> HttpResponse:
        now = timezone.now()
        try:
            seen = self.number("seen")
            if act in (correcting.UNDO, correcting.REDO):
                step = correcting.undo if act == correcting.UNDO else correcting.redo
                edit = step(self.source, by=self.person, now=now, seen=seen)
                return self.back(edit.added[0][0] if edit.added else None)
            made = correcting.correct(self.source, act, self.change(act), by=self.person, now=now, seen=seen)
        except CannotCorrect as refusal:
            messages.error(self.request, str(refusal))
            return self.back(_whole_number(self.word("at")))
        at = _whole_number(self.word("at"))
        return self.back(_second_half(made.added) if made and act == "split" else at)

    def back(self, at: int | None) -> HttpResponse:
        """The page again, at the turn that has the words at this place."""
        response = redirect("correct_interview", pk=self.interview.pk)
        if at is not None:
            head = next((i.at for i in reversed(self._items()) if i.at <= at), at)
            response["Location"] += f"?turn={head}#t{head}"
        return response

    # -- the page ----------------------------------------------------------------------------------------------
    def _items(self) -> list[Item]:
        source = Source.objects.only("visible_text", "asides").get(pk=self.source.pk)
        return items_of(source.visible_text, correcting.pieces_of(source))

    def show(self) -> HttpResponse:
        pieces, text = self._pieces(), self.source.visible_text
        items = items_of(text, pieces)
        context = {
            "interview": self.interview,
            "source": self.source,
            "items": items,
            "stretches": stretches_of(text, pieces),
            "speakers": speakers_in(pieces),
            "history": correcting.history_of(self.source),
            "open": _whole_number(self.request.GET.get("turn", "")),
            "doubtful": [item for item in items if item.doubt],
            "unplaced": [item for item in items if item.kind == corrections.UNPLACED],
        }
        return render(self.request, "interviews/manage/correct.html", context)


def _split(text: str, place: int, pieces: Pieces) -> Pieces:
    return corrections.split(text, pieces, place)


def _second_half(added: list[list[object]]) -> int:
    pieces = [Piece(*row) for row in added]  # type: ignore[arg-type]
    return pieces[-1].start


def _whole_number(given: str) -> int | None:
    return int(given) if given.isdecimal() and len(given) <= 9 else None


@never_cache
def correct_interview(request: HttpRequest, pk: int) -> HttpResponse:
    """Source and turns beside each other; each of the page's forms posts to it with the name of its act."""
    door = CorrectingDoor(request, pk)
    if request.method == "POST":
        return door.do(request.POST.get("act", ""))
    return door.show()
