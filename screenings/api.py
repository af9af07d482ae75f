"""What a theater's own systems ask: its showings in sets under their own ids, a pasted week, one showing."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.http import parse_etags
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.token_doors import HasScope, TokenAuthentication, require_scope
from accounts.token_throttles import TokenThrottle
from accounts.trail import act_as, as_program
from common.problems import Problem, ReadableJSON

from . import api_words as words
from . import serializers
from .box_office.kept_answers import find_answer, fingerprint_of, keep_answer, read_key
from .box_office.pasted_weeks import WeekText, publish_text, try_text
from .box_office.showing_sets import (
    MOST_NIGHTS,
    etag_of,
    find_showing,
    replace_showings,
    tell_set,
    tell_showing,
)
from .models import Screening, Theater, TheaterToken
from .showings import NotPossible, cancel
from .spoken_times import tonight_in
from .week_publishing import UNDO_FOR, WITHDRAWN_BY_THEATER
from .week_view import week_start

READ, PUBLISH = TheaterToken.Scope.READ.value, TheaterToken.Scope.PUBLISH.value
Act = Callable[[Theater, dt.datetime], Mapping[str, Any]]


class TheaterTokenAuthentication(TokenAuthentication):
    """A theater's token: it acts for the theater, and the trail names it."""

    model = TheaterToken
    kind = TheaterToken.KIND

    def user_of(self, request: HttpRequest, token: TheaterToken) -> Any:
        act_as(request, as_program(token.name))
        return super().user_of(request, token)

    def note_in_address(self, token: TheaterToken) -> None:
        TheaterToken.objects.filter(pk=token.pk, leaked_at=None).update(leaked_at=timezone.now())


@method_decorator(login_not_required, name="dispatch")
class TheaterAPI(APIView):
    """One request of a theater's system. No cookie, no session: a token in the header, or nothing."""

    authentication_classes = (TheaterTokenAuthentication,)
    permission_classes = (HasScope,)
    throttle_classes = (TokenThrottle,)
    parser_classes = (ReadableJSON,)
    renderer_classes = (JSONRenderer,)
    http_method_names = ["get", "head", "put", "post"]
    scopes: Mapping[str, str] = {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Who asks is asked first; then the body is read whole, for its fingerprint and its limit."""
        super().initial(request, *args, **kwargs)
        try:
            self.sent = request._request.body
        except RequestDataTooBig as error:
            raise Problem("too-large", "That is too much at once", 413, words.TOO_LARGE) from error

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """What is told to one token is kept by no shared cache."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Authorization"])
        return response

    @property
    def token(self) -> TheaterToken:
        token = self.request.auth
        assert isinstance(token, TheaterToken)
        return token

    def theater(self) -> Theater:
        """The theater of the address, which must be the token's. Raises NotFound for any other."""
        theater = Theater.objects.filter(pk=self.token.theater_id, slug=self.kwargs["theater"]).first()
        if theater is None:
            raise NotFound("Your token opens no theater of this name.")
        return theater

    def given(self, document: type[serializers.Strict]) -> dict[str, Any]:
        """What was sent, as a document. Raises ValidationError with a pointer for everything wrong."""
        form = document(data=self.request.data)
        form.is_valid(raise_exception=True)
        return form.validated_data

    def tell(self, body: Mapping[str, Any]) -> Response:
        """What was asked for, with its ETag; nothing where the asker has it (RFC 9110 §13.1.2)."""
        etag = etag_of(body)
        known = [tag.removeprefix("W/") for tag in parse_etags(self.request.headers.get("If-None-Match", ""))]
        if etag in known or known == ["*"]:
            return Response(status=304, headers={"ETag": etag})
        return Response(body, headers={"ETag": etag})

    def refuse_out_of_date(self, stands: Mapping[str, Any]) -> None:
        """Raise a problem (412) where the asker has seen something else than what stands (RFC 9110 §13.1.1)."""
        seen = parse_etags(self.request.headers.get("If-Match", ""))
        if "If-Match" in self.request.headers and seen != ["*"] and etag_of(stands) not in seen:
            raise Problem("out-of-date", "It was changed since you saw it", 412, words.OUT_OF_DATE)

    def act_once(self, theater: Theater, act: Act) -> Response:
        """Do `act` under the theater's lock and keep its answer under the request's Idempotency-Key, if it has one."""
        key, now = read_key(self.request.headers.get("Idempotency-Key")), timezone.now()
        fingerprint = fingerprint_of(
            str(self.request.method), self.request._request.get_full_path(), self.sent
        )
        with transaction.atomic():
            theater = Theater.objects.select_for_update().get(pk=theater.pk)
            if key and (kept := find_answer(self.token, key, fingerprint, now)):
                headers = {"Idempotency-Replayed": "true"}
                return Response(json.loads(kept.body), kept.status, headers=headers)
            body = act(theater, now)
            if key:
                text = json.dumps(body, ensure_ascii=False)
                keep_answer(self.token, key, fingerprint, status=200, body=text, now=now)
        return Response(body)


def _nights(first: str, last: str) -> tuple[dt.date, dt.date]:
    """The nights of an address. Raises Problem (404) for what are no dates, or too many nights."""
    try:
        start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    except ValueError as error:
        raise NotFound("The nights are dates: 2026-08-07.") from error
    if not 1900 < start.year < 9000 or not 0 <= (end - start).days < MOST_NIGHTS:
        raise NotFound(
            f"The last night is not before the first, and at most {MOST_NIGHTS} nights are told at once."
        )
    return start, end


def _day(text: str) -> dt.date:
    return _nights(text, text)[0]


def _tell_theater(theater: Theater, now: dt.datetime) -> dict[str, Any]:
    first = week_start(theater, tonight_in(theater.tzinfo, now))

    def week(start: dt.date) -> dict[str, str]:
        return {"first": start.isoformat(), "last": (start + dt.timedelta(days=6)).isoformat()}

    return {
        "theater": theater.slug,
        "name": theater.name,
        "zone": theater.zone,
        "locale": theater.locale,
        "this_week": week(first),
        "next_week": week(first + dt.timedelta(days=7)),
        "screens": list(theater.screens.values_list("name", flat=True)),
    }


class TokenView(TheaterAPI):
    scopes = {"GET": READ}

    @extend_schema(**words.TOKEN)
    def get(self, request: Request) -> Response:
        token = self.token
        theater = _tell_theater(token.theater, timezone.now())
        return self.tell({"name": token.name, "scopes": token.scopes, "theater": theater})


class TheaterView(TheaterAPI):
    scopes = {"GET": READ}

    @extend_schema(**words.THEATER)
    def get(self, request: Request, theater: str) -> Response:
        return self.tell(_tell_theater(self.theater(), timezone.now()))


class NightsView(TheaterAPI):
    scopes = {"GET": READ, "PUT": PUBLISH}

    @extend_schema(**words.LIST)
    def get(self, request: Request, theater: str, first: str, last: str) -> Response:
        return self.tell(tell_set(self.theater(), *_nights(first, last)))

    @extend_schema(**words.PUT)
    def put(self, request: Request, theater: str, first: str, last: str) -> Response:
        here, (start, end) = self.theater(), _nights(first, last)
        given = self.given(serializers.ShowingSet)

        def replace(here: Theater, now: dt.datetime) -> Mapping[str, Any]:
            self.refuse_out_of_date(tell_set(here, start, end))
            done = replace_showings(
                here,
                start,
                end,
                given["showings"],
                new_films=given.get("new_films", ()),
                now=now,
                request_key=uuid.uuid4(),
            )
            stands = tell_set(here, start, end)
            showings = [{**row, "outcome": done.outcomes.get(row["id"], "")} for row in stands["showings"]]
            undoable = (now + UNDO_FOR).isoformat(timespec="seconds") if done.publication else None
            return {
                **stands,
                "showings": showings,
                "changes": done.counts,
                "undoable_until": undoable,
                "etag": etag_of(stands),
            }

        return self.act_once(here, replace)


class ShowingView(TheaterAPI):
    scopes = {"GET": READ}

    @extend_schema(**words.SHOWING)
    def get(self, request: Request, theater: str, showing: str) -> Response:
        return self.tell(tell_showing(_showing(self.theater(), showing)))


class CancelView(TheaterAPI):
    scopes = {"POST": PUBLISH}

    @extend_schema(**words.CANCEL)
    def post(self, request: Request, theater: str, showing: str) -> Response:
        here = self.theater()
        reason = self.given(serializers.Cancellation).get("reason") or WITHDRAWN_BY_THEATER

        def call_off(here: Theater, now: dt.datetime) -> Mapping[str, Any]:
            row = _showing(here, showing)
            self.refuse_out_of_date(tell_showing(row))
            try:
                cancel(row, reason=reason, now=now)
            except NotPossible as error:
                raise Problem("has-begun", "The showing has begun", 409, str(error)) from error
            return tell_showing(_showing(here, showing))

        return self.act_once(here, call_off)


class WeekView(TheaterAPI):
    scopes = {"POST": READ}

    @extend_schema(**words.WEEK)
    def post(self, request: Request, theater: str, day: str) -> Response:
        here, week = self.theater(), _day(day)
        given = self.given(serializers.PastedWeek)
        text = given["text"].replace("\r\n", "\n")
        if not given["publish"]:
            tried = WeekText(here, week, text, given.get("answers", {}))
            return Response(try_text(tried, now=timezone.now()))
        require_scope(self.request, PUBLISH)

        def publish(here: Theater, now: dt.datetime) -> Mapping[str, Any]:
            pasted = WeekText(here, week, text, given.get("answers", {}))
            return publish_text(pasted, now=now, request_key=uuid.uuid4())

        return self.act_once(here, publish)


def _showing(theater: Theater, name: str) -> Screening:
    showing = find_showing(theater, name)
    if showing is None:
        raise NotFound("You have no showing under this id.")
    return showing
