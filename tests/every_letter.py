"""One letter of every kind that the ledger knows, owed through the real acts: for tests and for pictures.

Whoever registers a kind adds its writer here; a test fails until then.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts import memberships
from accounts.models import Person
from accounts.sign_in import ask_for_code
from discussions import filmmaker
from interviews import change_requests, guides
from interviews.choices import choose_guide
from interviews.models import Guide, Prompt
from interviews.publishing import publish
from notices import mail_merge, replies
from notices.kinds import About, Kind, kind_of, load_subjects
from notices.letters import Letter, compose
from notices.mail import attachments_of, private_values
from notices.models import Notice, ReplyAddress
from screenings import follows, proposals
from screenings.models import Publication, Screening
from screenings.private_link_mail import send_link
from screenings.requests import asking
from screenings.rsvps import confirm, rsvp_to, withdraw
from screenings.showings import book, cancel, move, reinstate, relabel
from screenings.team_mails import owe_invitation
from screenings.waiting.offers import offer_places
from tests.cast import ATTENDEE, EDITOR, MANAGER, STRANGER, make_person
from tests.discussions.rooms import LIGHTS, ask, do, make_planned_room
from tests.factories import make_city, make_engagement, make_film, make_screening, make_theater
from tests.interviews.zine import make_guide

# Monday noon in Atlanta; the showing is on Friday 7 August 2026 at 7 pm there (23:00 UTC).
NOW = dt.datetime(2026, 8, 3, 16, 0, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
# Kinds of letters to those who work with us; all others go to attendees.
TO_COLLEAGUES = {
    "theater_invitation",
    "film_invitation",
    "guide_invitation",
    "proposal_decided",
    "change_asked",
    "change_answered",
}


@dataclass(frozen=True)
class Written:
    """A letter of one kind: its row, what it is about, and the letter as of its hour, for its reader and for staff."""

    kind: Kind
    notice: Notice
    about: About
    at: dt.datetime
    letter: Letter
    masked: Letter
    content: bytes


def write(code: str, title: str = "The Salt Road", language: str = "en") -> Written:
    """A letter of the kind `code`, about a film of this title, to a reader of `language`. Raises KeyError for a kind
    without a writer here."""
    WRITERS[code](title)
    Person.objects.update(language=language)
    ReplyAddress.objects.update(language=language)
    notice = Notice.objects.select_related("person", "reply_to").filter(kind=code).latest("pk")
    kind, about = kind_of(code), load_subjects([notice])[notice.pk]
    assert kind is not None
    at = max(notice.due_at, notice.created_at)
    verdict = kind.check(notice, about, at)
    assert verdict.ending is None, f"{code} would not go: {verdict.reason}"
    letter = compose(kind, notice, about, at)
    sent = mail_merge.alone(kind, notice, about, letter, attachments_of(kind, notice, about))
    filled = letter.filled(private_values(kind, notice, about))
    return Written(kind, notice, about, at, filled, letter.masked(), sent.content)


def _showing(title: str, **facts: Any) -> Screening:
    facts = {"labels": ["OC", "QA"], **facts}
    return make_screening(engagement=make_engagement(make_film(title), make_theater()), **facts)


def _going(screening: Screening, email: str = ATTENDEE, **wishes: Any) -> None:
    confirm(rsvp_to(screening, email, now=NOW, wants_prompts=True, **wishes), NOW)


def sign_in(title: str) -> None:
    ask_for_code(ATTENDEE, "a browser", NOW)


def rsvp_confirm(title: str) -> None:
    rsvp_to(_showing(title, entry=Screening.Entry.RESERVED, capacity=9), ATTENDEE, now=NOW, party_size=2)


def reminder(title: str) -> None:
    _going(_showing(title, entry=Screening.Entry.RESERVED, capacity=9), party_size=2)


def changed(title: str) -> None:
    screening = _showing(title)
    _going(screening)
    relabel(screening, ["QA"], now=NOW)
    move(screening, dt.datetime(2026, 8, 7, 19, 30), now=NOW)


def cancelled(title: str) -> None:
    screening = _showing(title)
    _going(screening)
    cancel(screening, reason="The projector’s lamp has gone. A new one comes on Monday.", now=NOW)


def reinstated(title: str) -> None:
    screening = _showing(title)
    _going(screening)
    cancel(screening, reason="", now=NOW)
    Notice.objects.filter(kind="showing_cancelled").update(
        state="sent", settled_at=NOW, transmitting_since=NOW
    )
    reinstate(Screening.objects.get(pk=screening.pk), now=NOW + HOUR)


def place_offered(title: str) -> None:
    screening = _showing(title, entry=Screening.Entry.RESERVED, capacity=1)
    first = confirm(rsvp_to(screening, STRANGER, now=NOW), NOW)
    _going(screening)
    withdraw(first, NOW)
    offer_places(screening, NOW)


def _guide(title: str) -> Guide:
    return make_guide(make_film(title))


def prompt(title: str) -> None:
    guide = _guide(title)
    after = guide.sections.get(kind="after")
    Prompt.objects.filter(guide=guide, moment="opening").update(moment="before")
    guides.add_prompt(after, "What will you keep of it, now that you have slept?", moment="closing")
    guides.add_prompt(
        after, "Who made the road nearest to your house, and who keeps it open?", moment="action"
    )
    choose_guide(guide, guide.film)
    publish(guide, by=None, now=NOW)
    _going(make_screening(engagement=make_engagement(guide.film, make_theater())))


def week_published(title: str) -> None:
    theater = make_theater()
    follows.confirm(follows.ask_to_follow(theater, ATTENDEE, now=NOW), NOW)
    booking = make_engagement(make_film(title), theater)
    showings = [
        make_screening(f"2026-08-{day:02}T{hour}:00", engagement=booking, labels=["OC"] if hour == 19 else [])
        for day in (7, 8, 9)
        for hour in (16, 19)
    ]
    changes = [["added", row.pk, None, None, row.revision] for row in showings]
    week = dt.date(2026, 8, 7)
    follows.owe_week(
        Publication.objects.create(
            theater=theater,
            week_starting=week,
            request_key=uuid.uuid4(),
            changes=changes,
            published_at=NOW,
        )
    )


def new_cities(title: str) -> None:
    film = make_film(title)
    follows.confirm(follows.ask_to_follow(film, ATTENDEE, now=NOW), NOW)
    for name, city in (("The Lantern", "Atlanta"), ("Facets Hall", "Chicago")):
        booking = make_engagement(film, make_theater(name, city))
        type(booking).objects.filter(pk=booking.pk).update(created_at=NOW)
        booking.refresh_from_db()
        follows.owe_new_city(booking, NOW)


def follow_confirm(title: str) -> None:
    follows.ask_to_follow(make_film(title), ATTENDEE, now=NOW)


def request_confirm(title: str) -> None:
    asking.ask_by_address(make_film(title), make_city(), ATTENDEE, NOW)


def film_opens(title: str) -> None:
    film = make_film(title)
    asking.confirm(asking.ask_by_address(film, make_city(), ATTENDEE, NOW), NOW)
    book(film, make_theater(), dt.date(2026, 8, 21), now=NOW)


def private_link(title: str) -> None:
    send_link(make_person(), NOW)


def _inviter() -> Person:
    return make_person(MANAGER, name="Marta Vale")


def theater_invitation(title: str) -> None:
    invitation, _ = memberships.invite(make_theater(), ATTENDEE, "staff", by=_inviter(), now=NOW)
    owe_invitation("theater", invitation, NOW)


def film_invitation(title: str) -> None:
    invitation, _ = memberships.invite(make_film(title), ATTENDEE, "team", by=_inviter(), now=NOW)
    owe_invitation("film", invitation, NOW)


def guide_invitation(title: str) -> None:
    invitation, _ = memberships.invite(_guide(title), ATTENDEE, "editor", by=_inviter(), now=NOW)
    owe_invitation("guide", invitation, NOW)


def proposal_decided(title: str) -> None:
    proposal, _ = proposals.propose("The Rialto", make_city(), by=make_person(), address="3 Low Street")
    proposals.approve(proposal, by=make_person(EDITOR), now=NOW)


def change_asked(title: str) -> None:
    _ask(title)


def change_answered(title: str) -> None:
    words = "Thank you. The word is “patience”; we have corrected it, and the guide shows it."
    change_requests.answer(_ask(title), words, by=make_person(EDITOR), now=NOW)


def _ask(title: str) -> change_requests.ChangeRequest:
    guide = _guide(title)
    make_person(EDITOR, is_staff=True)
    publish(guide, by=None, now=NOW)
    excerpt = guide.film.interviews.first().sources.first()
    return change_requests.ask_for_change(
        guide,
        excerpt,
        email="wanda@tide.example",
        name="Wanda Reyes",
        part="writer",
        words="The second sentence says “patients”. She said “patience”.",
        key=uuid.uuid4(),
        now=NOW,
    )


def room_answer(title: str) -> None:
    """A question that a room of theirs did not reach comes back answered."""
    showing = make_screening(engagement=make_engagement(make_film(title), make_theater()))
    room = make_planned_room(showing, now=NOW, words_may_leave=True, theater_agreed_at=NOW)
    asked = ask(room, "Who paid for the salt?", reply_key=uuid.uuid4())
    replies.leave_address(asked.reply_key, ATTENDEE, NOW, purpose="answer")
    filmmaker.send_on_what_was_not_reached(room, NOW)
    link, _ = filmmaker.make_link(room, "Ines Aguilar", NOW)
    words = "My aunt did, and a bank in Oaxaca that has since closed.\n\nShe was paid back in salt."
    saved = filmmaker.save_answer(link, asked.pk, words, based_on=0, now=NOW)
    filmmaker.approve(room, saved.pk, NOW)


def discussion_open(title: str) -> None:
    showing = _showing(title)
    room = make_planned_room(showing)
    _going(showing)
    do(room, "lights_up", now=LIGHTS)


WRITERS: Mapping[str, Callable[[str], None]] = {
    "sign_in": sign_in,
    "rsvp_confirm": rsvp_confirm,
    "reminder_day": reminder,
    "reminder_hours": reminder,
    "showing_changed": changed,
    "showing_cancelled": cancelled,
    "showing_reinstated": reinstated,
    "place_offered": place_offered,
    "discussion_open": discussion_open,
    "prompt_after": prompt,
    "prompt_next_day": prompt,
    "prompt_week_later": prompt,
    "follow_confirm": follow_confirm,
    "week_published": week_published,
    "new_cities": new_cities,
    "request_confirm": request_confirm,
    "film_opens": film_opens,
    "private_link": private_link,
    "theater_invitation": theater_invitation,
    "film_invitation": film_invitation,
    "guide_invitation": guide_invitation,
    "proposal_decided": proposal_decided,
    "change_asked": change_asked,
    "change_answered": change_answered,
    "room_answer": room_answer,
}
