"""The route × role table: every address of the house × everybody who may come to it, with the answer expected.

The routes are read from the URL configuration, so that an address which nobody declared here fails the run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core import signing
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import Person
from discussions import reply_links
from discussions.models import Discussion, Tour, TourStop
from interviews.models import Block, ImportJob
from notices import ledger, unsubscribe, wishes
from screenings import follow_links, plans, rsvp_links
from screenings.models import CityRequest, FilmStill, Follow, Rsvp
from tests.house.world import PLANTED, ROLES, World, build_world

OK, SIGN_IN, REFUSED, NOT_THERE, NOT_THAT_WAY = "ok", "sign in", "refused", "not there", "not that way"
NO_TOKEN = "no token"
SIGNED_IN = ROLES[2:]
OURS = ("staff", "manager", "organizer")
LISTS = ("staff", "manager")
READERS = ("keeper", "editor", "team")


@dataclass(frozen=True)
class Route:
    """What a route answers: `answers` by role, else `otherwise` (strangers to sessions are asked to sign in)."""

    answers: dict[str, str] = field(default_factory=dict)
    otherwise: str = NOT_THERE
    public: bool = False
    args: Callable[[World], list[Any]] = lambda world: []
    post: dict[str, Any] | None = None

    def expected(self, role: str) -> str:
        if role not in SIGNED_IN and not self.public:
            return self.answers.get(role, SIGN_IN)
        return self.answers.get(role, self.otherwise)


def public(args: Callable[[World], list[Any]] = lambda world: [], otherwise: str = OK, **more: Any) -> Route:
    return Route(public=True, otherwise=otherwise, args=args, **more)


def signed_in(
    args: Callable[[World], list[Any]] = lambda world: [], otherwise: str = OK, **more: Any
) -> Route:
    return Route(otherwise=otherwise, args=args, **more)


def by_token(args: Callable[[World], list[Any]] = lambda world: [], **more: Any) -> Route:
    """For programs alone: whoever comes with a session, or with nothing, is asked for a token."""
    return public(args, otherwise=NO_TOKEN, **more)


def only(*roles: str, refused: tuple[str, ...] = (), **more: Any) -> Route:
    """`ok` for these roles, refused in words for those, and not there for everybody else."""
    return Route({**dict.fromkeys(refused, REFUSED), **dict.fromkeys(roles, OK)}, **more)


def theater(world: World) -> list[Any]:
    return [world.theater.slug]


def film(world: World) -> list[Any]:
    return [world.film.slug]


def guide(world: World) -> list[Any]:
    return [world.guide.code]


def interview(world: World) -> list[Any]:
    return [world.facts["interview"]]


def excerpt(world: World) -> list[Any]:
    return [world.facts["excerpt"]]


def draft_block(world: World) -> Block:
    """The planted piece of the guide's draft."""
    return Block.objects.get(section__guide=world.guide, text="planted-guide-draft")


def job(world: World) -> list[Any]:
    """An interview on its way in, brought by the guide's editor."""
    asked, _ = ImportJob.objects.get_or_create(film=world.film, asked_by=world.people["editor"])
    return [asked.pk]


def showing(world: World) -> list[Any]:
    return [world.screening.code]


def coming(world: World) -> Rsvp:
    """Somebody without an account means to come to the world's showing."""
    person, _ = Person.objects.get_or_create(email="coming@home.example")
    return Rsvp.objects.get_or_create(person=person, screening=world.screening)[0]


def following(world: World) -> Follow:
    """Somebody without an account follows the world's theater."""
    person, _ = Person.objects.get_or_create(email="coming@home.example")
    return Follow.objects.get_or_create(person=person, theater=world.theater)[0]


def still(world: World) -> str:
    """The name of the film's picture."""
    facts = {
        "name": "0123456789abcdef",
        "image": b"picture",
        "width": 3,
        "height": 2,
        "alt": "A",
        "credit": "B",
    }
    return FilmStill.objects.get_or_create(film=world.film, defaults=facts)[0].name


def tour_stop(world: World) -> TourStop:
    """The organizer has a tour of one room."""
    if standing := TourStop.objects.first():
        return standing
    room = Discussion.objects.get(code=world.facts["room"])
    made_by = world.people["organizer"]
    tour = Tour.objects.create(guide=world.guide, made_by=made_by, name="planted-tour")
    return TourStop.objects.create(tour=tour, discussion=room, key=room.keys.filter(role="host").get())


def reply_token(world: World) -> str:
    """Of the link by which somebody writes back after the world's showing; there is no room at it that is erased."""
    return signing.dumps([world.screening.pk, "prompt_after", "0" * 32], salt=reply_links.SALT)


def asked_for(world: World) -> CityRequest:
    """Somebody without an account wants the world's film in the theater's city."""
    city, person = world.theater.city, coming(world).person
    return CityRequest.objects.get_or_create(film=world.film, city=city, person=person)[0]


def token(path: str) -> str:
    """The signed part of a private link's path."""
    return path.strip("/").rpartition("/")[2]


def own_token(world: World) -> str:
    return token(rsvp_links.mine_path(coming(world).person))


def owed(world: World) -> list[Any]:
    """A notice in the ledger."""
    now = timezone.now()
    subject, useful_until = plans.subject_of(world.screening), now + dt.timedelta(hours=1)
    person = coming(world).person
    return [ledger.plan(person, "reminder_day", subject, due_at=now, useful_until=useful_until, now=now).pk]


def team_routes(
    name: str, key: Callable[[World], list[Any]], members: tuple[str, ...], keepers: tuple[str, ...]
) -> dict[str, Route]:
    """The pages that every kind of team has."""
    others = tuple(role for role in members if role not in keepers)
    role = {"theater": "organizer", "film": "team", "guide": "editor"}[name]

    def second(world: World) -> list[Any]:
        team = getattr(world, name)
        return [*key(world), team.memberships.get(person__email__startswith="second@").pk]

    def invited(world: World) -> list[Any]:
        return [*key(world), world.facts[f"{name}_invitation"]]

    return {
        f"{name}_people": only(*members, args=key),
        f"{name}_withdraw_invitation": only(*keepers, refused=others, args=invited, post={}),
        f"{name}_change_role": only(*keepers, refused=others, args=second, post={"role": role}),
        f"{name}_remove_member": only(*keepers, refused=others, args=second, post={}),
        f"{name}_leave": only(*members, args=key, post={}),
        f"{name}_invitation": only(args=lambda world: [world.facts[f"{name}_invitation"]]),
    }


def room_routes() -> dict[str, Route]:
    """The pages of those who lead a room: its host, who signs in; and whoever has a link, which is its own proof."""

    def by_code(world: World) -> list[Any]:
        return [world.facts["room"]]

    def by_link(world: World) -> list[Any]:
        return [world.facts["host_key"]]

    def by_scribes_link(world: World) -> list[Any]:
        return [world.facts["scribe_key"]]

    reports = ("_after", "_report", "_report_csv", "_report_json", "_report_pdf")
    pages = ("", "_moderate", "_scribe", "_screen", "_said", "_plan", "_links", "_settings", *reports)
    not_the_scribes = ("_moderate", "_screen", "_plan", "_links", "_settings", *reports)
    by_host = {f"lead{page}": only("organizer", args=by_code) for page in pages}
    by_key = {f"key{page}": public(by_link) for page in pages if page not in not_the_scribes}
    kept_from_scribes = {
        f"key{page}": public(by_scribes_link, otherwise=NOT_THERE) for page in not_the_scribes
    }
    sent_from_elsewhere = {
        "lead_act": signed_in(by_code, otherwise=REFUSED, post={"act": "close"}),
        "key_act": public(by_link, otherwise=REFUSED, post={"act": "close"}),
    }
    # Without saying which page they are, nobody is told where to listen.
    streams = {"lead_stream": only(args=by_code), "key_stream": public(by_link, otherwise=NOT_THERE)}
    return by_host | by_key | kept_from_scribes | sent_from_elsewhere | streams


# What goes out of the house: calendars, feeds, pictures, posters, and following.
OUTWARD: dict[str, Route] = {
    "screening_card": public(showing),
    "screening_poster": public(lambda world: [world.screening.code, "a4"]),
    "city_card": public(lambda world: [world.theater.city.slug]),
    "city_calendar": public(lambda world: [world.theater.city.slug]),
    "city_atom": public(lambda world: [world.theater.city.slug]),
    "film_card": public(film),
    "film_calendar": public(film),
    "film_atom": public(film),
    "film_still": public(lambda world: [world.film.slug, still(world)]),
    "theater_card": public(theater),
    "theater_calendar": public(theater),
    "theater_atom": public(theater),
    "theater_embed": public(theater),
    "theater_poster": public(lambda world: [world.theater.slug, "letter"]),
    "sitemap_index": public(),
    "sitemap": public(lambda world: ["screening", 1]),
    "robots": public(),
    "follow_theater": public(theater),
    "follow_film": public(film),
    "follow_asked": public(),
    "follow_settle": public(lambda world: [token(follow_links.settle_path(following(world)))]),
}


TABLE: dict[str, Route] = {
    **OUTWARD,
    # the listing
    "cover": public(),
    "cities": public(),
    "city": public(lambda world: [world.theater.city.slug]),
    "film": public(film),
    "city_names": public(),
    "near": public(otherwise=REFUSED, post={"latitude": "33.75", "longitude": "-84.39"}),
    "bring_here": public(film, otherwise=REFUSED, post={"city": "Atlanta"}),
    "bring_asked": public(film),
    "bring_counted": public(film),
    "bring_confirm": public(lambda world: [token(rsvp_links.request_path(asked_for(world)))]),
    "theater": public(theater),
    "screening": public(showing),
    "screening_calendar": public(showing),
    "manifest": public(),
    "service_worker": public(),
    "offline": public(),
    "for_theaters": public(),
    "try_a_week": public(),
    "bring_week": public(otherwise=REFUSED, post={}),
    # coming to a showing: forms from elsewhere are refused, private links are their own proof
    "rsvp": public(showing, otherwise=REFUSED, post={}),
    "rsvp_asked": public(showing),
    "rsvp_confirm": public(lambda world: [token(rsvp_links.confirm_path(coming(world)))]),
    "mine": public(lambda world: [own_token(world)]),
    "mine_ask": public(),
    "mine_again": public(lambda world: [own_token(world)], otherwise=REFUSED, post={}),
    "mine_export": public(lambda world: [own_token(world)]),
    "mine_erase": public(lambda world: [own_token(world)]),
    "mine_language": public(lambda world: [own_token(world)], otherwise=REFUSED, post={"language": "en"}),
    "mine_request": public(lambda world: [own_token(world), 1], otherwise=REFUSED, post={}),
    "privacy": public(),
    "mine_showing": public(
        lambda world: [own_token(world), world.screening.code], otherwise=REFUSED, post={"act": "withdraw"}
    ),
    "mine_list": public(
        lambda world: [own_token(world), "reminders"], otherwise=REFUSED, post={"wanted": "0"}
    ),
    "mail_events": public(lambda world: ["postmark"], otherwise=NOT_THERE, post={"Type": "HardBounce"}),
    "mail_wishes": public(lambda world: [wishes.make_token(coming(world).person)]),
    "stop_mail": public(lambda world: [unsubscribe.make_token(coming(world).person, "reminders")]),
    # a theater's own pages
    "choose_theater": signed_in(),
    "propose_theater": signed_in(),
    "manage_theater": only(*OURS, args=theater),
    "theater_facts": only("manager", refused=("staff", "organizer"), args=theater),
    "theater_zone": only("manager", refused=("staff", "organizer"), args=theater),
    "theater_share": only(*OURS, args=theater),
    "theater_systems": only("manager", refused=("staff", "organizer"), args=theater),
    "revoke_token": only(
        "manager",
        refused=("staff", "organizer"),
        args=lambda world: [world.theater.slug, world.facts["token"]],
        post={},
    ),
    "theater_trail": only(*LISTS, refused=("organizer",), args=theater),
    "manage_showing": only(
        *LISTS, refused=("organizer",), args=lambda world: [world.theater.slug, world.screening.code]
    ),
    "door_list": only(
        *LISTS, refused=("organizer",), args=lambda world: [world.theater.slug, world.screening.code]
    ),
    "this_week": only(*LISTS, refused=("organizer",), args=theater),
    "week": only(*LISTS, refused=("organizer",), args=lambda world: [world.theater.slug, "2026-08-07"]),
    "week_file": only(*LISTS, refused=("organizer",), args=lambda world: [world.theater.slug, "2026-08-07"]),
    "week_words": only(*LISTS, refused=("organizer",), args=lambda world: [world.theater.slug, "2026-08-07"]),
    "door_sheet": only(*LISTS, refused=("organizer",), args=lambda world: [world.theater.slug, "2026-08-07"]),
    **team_routes("theater", theater, OURS, ("manager",)),
    # a theater's own systems: a token, or nothing; who is signed in counts for nothing there
    "api_token": by_token(),
    "api_theater": by_token(theater),
    "api_nights": by_token(lambda world: [world.theater.slug, "2026-08-07", "2026-08-13"]),
    "api_showing": by_token(lambda world: [world.theater.slug, f"hl:{world.screening.code}"]),
    "api_cancel": by_token(lambda world: [world.theater.slug, f"hl:{world.screening.code}"], post={}),
    "api_week": by_token(lambda world: [world.theater.slug, "2026-08-07"], post={}),
    # a film's team
    "manage_film": only("team", args=film),
    "film_rollout": only("team", args=film),
    "film_titles": only("team", args=film),
    "film_picture": only("team", args=film),
    "merge_own_films": only("team", args=film),
    **team_routes("film", film, ("team",), ("team",)),
    # guides
    "guide": public(guide),
    "ask_for_change": public(lambda world: [world.guide.code, world.facts["quoted_sha256"]]),
    "search_interviews": only("editor", "team", args=film),
    "suggest_quotes": only("editor", "team", args=film),
    "film_interviews": only("editor", "team", args=film),
    "import_interview": signed_in(),
    "import_job": only("editor", args=job),
    "correct_interview": only("keeper", "team", refused=("editor",), args=interview),
    "interview_facts": only("keeper", "team", refused=("editor",), args=interview),
    "read_interview": only(*READERS, args=interview),
    "interview_right": only("keeper", "team", refused=("editor",), args=interview),
    "interview_changes": only("keeper", "team", refused=("editor",), args=interview),
    "interview_annotations": only(*READERS, args=interview),
    "excerpt": only(*READERS, args=excerpt),
    "annotation": only(*READERS, args=excerpt),
    "list_requests": signed_in(),
    "answer_request": only("editor", "keeper", "site_staff", args=lambda world: [world.facts["request"]]),
    "guide_version": public(lambda world: [world.guide.code, 1]),
    "api_guides": public(),
    "api_guide": public(guide),
    "api_interviews": public(),
    "api_interview": public(interview),
    "api_annotations": public(interview),
    # drafts for programs: a session is no token
    "api_drafts": by_token(),
    "api_draft": by_token(guide),
    "api_draft_sections": by_token(guide, post={}),
    "api_draft_section": by_token(lambda world: [world.guide.code, "welcome"]),
    "api_draft_blocks": by_token(lambda world: [world.guide.code, "welcome"], post={}),
    "api_draft_block": by_token(lambda world: [world.guide.code, draft_block(world).pk]),
    "api_draft_block_move": by_token(lambda world: [world.guide.code, draft_block(world).pk], post={}),
    "api_draft_publish": by_token(guide, post={}),
    "guide_tokens": signed_in(),
    "revoke_guide_token": signed_in(lambda world: [0], otherwise=NOT_THERE, post={}),
    "api_schema": public(),
    "api_reference": public(),
    "facilitator": public(guide),
    "facilitator_version": public(lambda world: [world.guide.code, 1]),
    "guide_qr": public(guide),
    "guide_pdf": public(lambda world: [world.guide.code, 1, "guide-a5"]),
    "manage_guide": only("editor", args=guide),
    "guide_section": only(
        "editor",
        args=lambda world: [world.guide.code, world.guide.sections.first().pk],
        post={"act": "prompt"},
    ),
    "guide_block": only("editor", args=lambda world: [world.guide.code, draft_block(world).pk]),
    "preview_guide": only("editor", args=guide),
    "preview_facilitator": only("editor", args=guide),
    "publish_guide": only("editor", args=guide),
    "words_that_stayed": only("editor", "team", args=guide),
    "walk_home": public(),
    "keep_words": public(guide, otherwise=NOT_THAT_WAY),
    "compare_versions": only("editor", args=lambda world: [world.guide.code, 1]),
    "offer_guide": only("editor", args=guide),
    "start_guide": signed_in(),
    "copy_guide": signed_in(lambda world: [world.guide.code, 1]),
    **team_routes("guide", guide, ("editor",), ("editor",)),
    # rooms
    "room": public(lambda world: [world.facts["room"]]),
    "find_room": public(),
    "room_mine": public(lambda world: [world.facts["room"]]),
    # What a phone sends is taken from our own pages only.
    **{
        name: public(lambda world: [world.facts["room"]], otherwise=REFUSED, post={})
        for name in (
            *(
                "room_join",
                "room_forget",
                "room_name",
                "room_answer",
                "room_ask",
                "room_vote",
                "room_hand",
                "room_report",
                "room_poll",
                "room_hand",
                "room_report",
            ),
            "film_ended",
        )
    },
    "open_room": signed_in(),
    # Nobody has opened its page; private links are their own proof.
    "room_after": public(lambda world: [world.facts["room"]], otherwise=NOT_THERE),
    "cities_said": public(guide),
    "tours": signed_in(),
    "plan_tour": signed_in(guide),
    "tour": only("organizer", args=lambda world: [tour_stop(world).tour_id]),
    "tour_sheet": only("organizer", args=lambda world: [tour_stop(world).pk]),
    "tour_new_link": only("organizer", args=lambda world: [tour_stop(world).pk], post={}),
    "filmmaker": public(lambda world: ["planted-filmmakers-link"], otherwise=NOT_THERE),
    "follow_up_reply": public(lambda world: [reply_token(world)]),
    **room_routes(),
    "room_at_theater": only("manager", args=lambda world: [world.facts["room_at_theater"]]),
    # site staff
    "staff_films": only("site_staff"),
    "staff_proposals": only("site_staff"),
    "decide_proposal": only(
        "site_staff",
        args=lambda world: [world.facts["proposal"]],
        post={"answer": "decline", "reason": "No."},
    ),
    "ledger": only("site_staff"),
    "suppressions": only("site_staff"),
    "ledger_notice": only("site_staff", args=owed),
    "ledger_letter": only("site_staff", args=owed),
    # the demo's mailbox: not there in a real house
    "mailbox": public(otherwise=NOT_THERE),
    "mailbox_message": public(lambda world: ["20260807T190000000000-0123abcd"], otherwise=NOT_THERE),
    "mailbox_letter": public(lambda world: ["20260807T190000000000-0123abcd"], otherwise=NOT_THERE),
    "mailbox_attachment": public(
        lambda world: ["20260807T190000000000-0123abcd", "screening.ics"], otherwise=NOT_THERE
    ),
    # oneself
    "account_login": public(),
    "mfa_login_webauthn": public(answers=dict.fromkeys(("anonymous", "attendee"), SIGN_IN)),
    "sign_in_code": public(lambda world: [world.facts["attempt"]], otherwise=REFUSED),
    "sign_out": signed_in(otherwise=SIGN_IN, post={}),
    "home": signed_in(),
    "profile": signed_in(),
    "send_again": signed_in(),
    "kept": signed_in(),
    "kept_json": signed_in(),
    "session_list": signed_in(),
    "end_every_session": signed_in(otherwise=SIGN_IN, post={}),
    "end_session": signed_in(lambda world: [0], otherwise=NOT_THERE, post={}),
    "mfa_list_webauthn": signed_in(),
    "mfa_add_webauthn": signed_in(),
    # Led to prove who they are before anything is looked up.
    "mfa_edit_webauthn": signed_in(lambda world: [0]),
    "mfa_remove_webauthn": signed_in(lambda world: [0]),
    "prove": signed_in(),
    "second_factor": signed_in(),
}


# The API's document names every label that a showing may have.
NAMED_TO_ALL = {"api_schema": {"70mm"}, "api_reference": {"70mm"}}


def walk(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every route's name (with its namespace) and its pattern."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            namespace = f"{pattern.namespace}:" if pattern.namespace else ""
            for name, route in walk(pattern.url_patterns, prefix + str(pattern.pattern)):
                yield namespace + name, route
        else:
            yield pattern.name or "", prefix + str(pattern.pattern)


ROUTES = dict(walk(get_resolver().url_patterns))
ADMIN = [name for name in ROUTES if name.startswith("admin:")]


def test_every_address_is_declared() -> None:
    undeclared = {
        name or route for name, route in ROUTES.items() if not name.startswith("admin:")
    } - TABLE.keys()
    assert not undeclared, (
        f"Say in tests/house/test_routes.py who may come to: {', '.join(sorted(undeclared))}"
    )
    assert not TABLE.keys() - ROUTES.keys(), "The table names an address that is gone."


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def answer_of(response: Any) -> str:
    """A response in the table's words."""
    if response.status_code in (301, 302) and response["Location"].startswith(("/sign-in/", "/admin/login/")):
        return SIGN_IN
    words = {401: NO_TOKEN, 403: REFUSED, 404: NOT_THERE, 405: NOT_THAT_WAY, 410: REFUSED}
    return words.get(
        response.status_code, OK if response.status_code < 400 or response.status_code == 422 else "?"
    )


def ask(world: World, role: str, name: str) -> Any:
    """The response to one role's request; whatever it changes is rolled back."""
    route = TABLE[name]
    client = world.client(role)
    address = reverse(name, args=route.args(world))
    with transaction.atomic():
        response = client.get(address) if route.post is None else client.post(address, route.post)
        content = response.getvalue() if response.streaming else response.content
        transaction.set_rollback(True)
    return response, content.decode(errors="replace")


@pytest.mark.parametrize("name", TABLE)
def test_everybody_gets_the_answer_they_should(world: World, name: str) -> None:
    expected = {role: TABLE[name].expected(role) for role in ROLES}
    found, leaks = {}, []
    for role in ROLES:
        response, content = ask(world, role, name)
        found[role] = answer_of(response)
        leaks += [
            (role, word)
            for word, readers in PLANTED.items()
            if role not in readers and word in content and word not in NAMED_TO_ALL.get(name, ())
        ]
    assert found == expected
    assert not leaks


def test_what_is_planted_can_be_found_by_those_who_may(world: World) -> None:
    """Else the search for leaks would find nothing because there was nothing to find."""
    for name, role, word in (
        ("theater_people", "manager", "planted-invitee@lantern.example"),
        ("theater_trail", "staff", "planted-trail-reason"),
        ("manage_theater", "organizer", "70mm"),
        ("manage_guide", "editor", "planted-guide-draft"),
        ("staff_proposals", "site_staff", "planted-proposal-note"),
        ("excerpt", "keeper", "planted-editors-note"),
        ("answer_request", "keeper", "planted-request"),
    ):
        assert word in ask(world, role, name)[1], (name, role)


def test_the_admin_is_for_site_staff_alone(world: World) -> None:
    for name in ADMIN:
        try:
            address = reverse(name)
        except Exception:  # it wants an object's key: any number will do to be turned away
            continue
        for role in ROLES:
            answer = answer_of(world.client(role).get(address))
            assert (answer == OK) <= (
                role == "site_staff" or name in ("admin:login", "admin:logout", "admin:jsi18n")
            ), (
                name,
                role,
            )


def test_who_is_turned_away_is_told_in_words(world: World) -> None:
    response, content = ask(world, "staff", "theater_facts")
    assert response.status_code == 403
    assert "Only a manager changes what the theater says of itself." in content
    response, content = ask(world, "other_manager", "manage_theater")
    assert response.status_code == 404
    assert "manager" in content


def test_a_role_taken_away_in_the_middle_closes_the_door_at_the_next_click(world: World) -> None:
    client = world.client("staff")
    address = reverse("manage_theater", args=[world.theater.slug])
    assert client.get(address).status_code == 200
    world.theater.memberships.filter(person=world.people["staff"]).delete()
    assert client.get(address).status_code == 404


def test_what_was_typed_is_not_lost_when_a_role_is_taken_away_in_the_middle(world: World) -> None:
    client = world.client("manager")
    address = reverse("theater_facts", args=[world.theater.slug])
    world.theater.memberships.filter(person=world.people["manager"]).delete()
    response = client.post(address, {"name": "The Lantern", "address": "A long address, <b>just</b> typed"})
    assert response.status_code == 404
    assert "A long address, &lt;b&gt;just&lt;/b&gt; typed" in response.content.decode()
    world.theater.refresh_from_db()
    assert world.theater.address == "12 Ponce Street"
