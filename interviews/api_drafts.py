"""Drafts for programs, behind a token: read one, arrange it, publish it.

What is changed is named by the revision that was read, in `If-Match` (RFC 9110 §13.1.1). Where somebody has written
meanwhile nothing is written: 412 holds what stands now and what was sent. Without it such a change is refused with 428
(RFC 6585 §3), so that no program writes over a person by oversight.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, parsers, permissions, status
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Person
from accounts.token_doors import TokenAuthentication
from common.problems import MEDIA_TYPE, Problem, problem_body

from . import draft_edits, guides
from . import serializers_drafts as shapes
from .draft_edits import TakenOut, WrittenMeanwhile
from .forms_builder import excerpts_for
from .guide_content import arranged_sections
from .models import Block, Guide, GuideSection, GuideToken
from .permits import guide_for
from .publishing import CannotPublish, newest_version, publish, what_stands_in_the_way
from .views_builder import remarks_on

MEANWHILE = "Somebody else has changed this since you read it. Nothing was written: look at both."
NOT_NAMED = "Send in If-Match the ETag of what you have read. Nothing was written."
GONE = "Somebody has taken this out of the draft. Nothing was written; what you sent is here."
_IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag that was read.",
)
_IF_MATCH_MAY = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The draft's ETag: with it a request that is sent again after a lost answer does nothing twice.",
)
_REFUSED = {412: shapes.MeanwhileSerializer, 428: None}


class GuideTokenAuthentication(TokenAuthentication):
    """Opens the drafts that the token's maker may edit."""

    model = GuideToken
    kind = GuideToken.KIND

    def user_of(self, request: HttpRequest, token: GuideToken) -> Person:
        if not token.made_by.is_active:
            raise exceptions.AuthenticationFailed("Whoever made this token comes here no more.")
        return token.made_by


class RevisionNotNamed(Problem):
    def __init__(self) -> None:
        super().__init__("revision-not-named", "Say which revision you have read", 428, NOT_NAMED)


@method_decorator([login_not_required, never_cache], name="dispatch")
class DraftDoor(APIView):
    """What every address of drafts has in common."""

    authentication_classes = (GuideTokenAuthentication,)
    permission_classes = (permissions.IsAuthenticated,)
    parser_classes = (parsers.JSONParser,)

    def guide(self, code: str, permission: str = "interviews.edit_guide") -> Guide:
        """The guide of this code, where the token's maker may edit it; else Http404."""
        return guide_for(self.request._request, code, permission)

    @property
    def person(self) -> Person:
        """Who made the token; nobody else comes in."""
        assert isinstance(self.request.user, Person)
        return self.request.user

    def read(self, shape: type[Any], guide: Guide | None = None, **more: Any) -> dict[str, Any]:
        """What was sent, in this shape; refused with a sentence for each field that is wrong."""
        serializer = shape(data=self.request.data, context={"guide": guide}, **more)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def revision(self) -> int:
        """The revision that the program has read. Raises RevisionNotNamed."""
        named = _etag_in(self.request)
        if not named.isdecimal():
            raise RevisionNotNamed
        return int(named)


def _etag_in(request: Request) -> str:
    return str(request.headers.get("If-Match", "")).strip().removeprefix("W/").strip('"')


def _meanwhile(theirs: Any, yours: Any, etag: object) -> Response:
    more = {"theirs": theirs, "yours": yours}
    refused = _refused("written-meanwhile", "Somebody was quicker", 412, MEANWHILE, **more)
    refused["ETag"] = f'"{etag}"'
    return refused


def _refused(name: str, title: str, code: int, detail: str, **more: Any) -> Response:
    """A problem (RFC 9457) that holds more than words: nothing of what was sent is lost."""
    body = problem_body(name, title, code, detail)
    return Response({**body, **more}, status=code, content_type=MEDIA_TYPE)


def _tagged(data: Any, etag: object, code: int = status.HTTP_200_OK) -> Response:
    return Response(data, status=code, headers={"ETag": f'"{etag}"'})


# --- a draft ---------------------------------------------------------------------------------------------


def draft_of(guide: Guide) -> dict[str, Any]:
    """All of a draft as a program reads it, in a number of queries that does not rise with its length."""
    sections = arranged_sections(guide)
    context = {"guide": guide}
    origin = guide.adapted_from
    newest = newest_version(guide)
    return {
        "code": guide.code,
        "title": guide.title,
        "language": guide.language,
        "film": guide.film.slug,
        "is_films_own": guide.is_films_own,
        "adapted_from": {"code": origin.guide.code, "version": origin.number} if origin else None,
        "newest_version": newest.number if newest else None,
        "sections": shapes.SectionSerializer(sections, many=True, context=context).data,
        "remarks": shapes.said(remarks_on(guide, sections)),
        "in_the_way": what_stands_in_the_way(sections, on=timezone.now().date()),
        "quotes": shapes.QuoteSerializer(excerpts_for(guide), many=True).data,
    }


def etag_of(draft: dict[str, Any]) -> str:
    """One tag for all that editors write in a draft."""
    written = {name: draft[name] for name in ("title", "language", "is_films_own", "sections")}
    return hashlib.sha256(JSONRenderer().render(written)).hexdigest()[:24]


class DraftList(DraftDoor):
    """The drafts that this token opens: those that its maker may edit now."""

    @extend_schema(responses=shapes.DraftLineSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(shapes.DraftLineSerializer(_drafts_of(self.person), many=True).data)


def _drafts_of(person: Person) -> QuerySet[Guide]:
    mine = Guide.objects.filter(memberships__person=person).select_related("film")
    return mine.annotate(newest_version=Max("versions__number")).order_by("title", "pk")


class DraftDetail(DraftDoor):
    """One draft: its sections and blocks with their revisions, remarks on its questions, what stands in the way."""

    @extend_schema(responses=shapes.DraftSerializer)
    def get(self, request: Request, code: str) -> Response:
        draft = draft_of(self.guide(code))
        return _tagged(draft, etag_of(draft))

    @extend_schema(
        request=shapes.FactsSerializer,
        parameters=[_IF_MATCH],
        responses={200: shapes.DraftSerializer, **_REFUSED},
    )
    def patch(self, request: Request, code: str) -> Response:
        """Change the title or the language. `If-Match`: the draft's ETag."""
        guide = self.guide(code)
        if not _etag_in(request):
            raise RevisionNotNamed
        # What cannot be is refused first: a condition counts where the rest would do (RFC 9110 §13.2.1).
        facts = self.read(shapes.FactsSerializer, guide, partial=True)
        if refused := _changed_since(guide, request):
            return refused
        try:
            guide = draft_edits.edit_guide(guide, guide.revision, **facts)
        except WrittenMeanwhile as meanwhile:
            now = draft_of(meanwhile.row)  # type: ignore[arg-type]
            return _meanwhile(now, request.data, etag_of(now))
        draft = draft_of(guide)
        return _tagged(draft, etag_of(draft))


def _changed_since(guide: Guide, request: Request) -> Response | None:
    """The refusal, where the request names an ETag of the draft and another one stands."""
    named = _etag_in(request)
    if not named:
        return None
    draft = draft_of(guide)
    etag = etag_of(draft)
    return None if named == etag else _meanwhile(draft, request.data, etag)


# --- sections --------------------------------------------------------------------------------------------


class DraftSections(DraftDoor):
    @extend_schema(
        request=shapes.NewSectionSerializer,
        responses={200: shapes.SectionSerializer, 201: shapes.SectionSerializer},
    )
    def post(self, request: Request, code: str) -> Response:
        """Add a section of a kind that the draft lacks; one that is there already is given as it stands."""
        guide = self.guide(code)
        facts = self.read(shapes.NewSectionSerializer, guide)
        there = guide.sections.filter(kind=facts["kind"]).first()
        section = there or guides.add_section(guide, **facts)
        return _section(section, guide, status.HTTP_200_OK if there else status.HTTP_201_CREATED)


def _section(section: GuideSection, guide: Guide, code: int = status.HTTP_200_OK) -> Response:
    data = shapes.SectionSerializer(section, context={"guide": guide}).data
    return _tagged(data, section.revision, code)


def _section_of(guide: Guide, kind: str) -> GuideSection:
    section = guide.sections.filter(kind=kind).first()
    if section is None:
        raise Http404("The draft has no such section.")
    return section


class DraftSectionDetail(DraftDoor):
    @extend_schema(responses=shapes.SectionSerializer)
    def get(self, request: Request, code: str, kind: str) -> Response:
        """A section and its blocks."""
        guide = self.guide(code)
        return _section(_section_of(guide, kind), guide)

    @extend_schema(
        request=shapes.SectionSerializer,
        parameters=[_IF_MATCH],
        responses={200: shapes.SectionSerializer, **_REFUSED},
    )
    def patch(self, request: Request, code: str, kind: str) -> Response:
        """Give the section another heading; an empty one is the usual one."""
        guide, seen = self.guide(code), self.revision()
        section = _section_of(guide, kind)
        facts = self.read(shapes.SectionSerializer, guide, partial=True)
        try:
            section = draft_edits.edit_heading(section, seen, facts.get("heading", section.heading))
        except WrittenMeanwhile as meanwhile:
            theirs = shapes.SectionSerializer(meanwhile.row, context={"guide": guide}).data
            return _meanwhile(theirs, request.data, meanwhile.row.revision)
        return _section(section, guide)

    @extend_schema(responses={204: None, 409: None})
    def delete(self, request: Request, code: str, kind: str) -> Response:
        """Take an empty section out; one that holds something stays (409)."""
        if draft_edits.remove_section(_section_of(self.guide(code), kind)):
            return Response(status=status.HTTP_204_NO_CONTENT)
        said = "This section still holds something. Move or take that out first."
        return _refused("not-empty", "The section is not empty", 409, said)


# --- blocks ----------------------------------------------------------------------------------------------


class DraftBlocks(DraftDoor):
    @extend_schema(
        request=shapes.AnyBlock, parameters=[_IF_MATCH_MAY], responses={201: shapes.AnyBlock, **_REFUSED}
    )
    def post(self, request: Request, code: str, kind: str) -> Response:
        """Add a block of a `kind`, at the end of the section or `before` another of its blocks."""
        guide = self.guide(code)
        section = _section_of(guide, kind)
        place = self.read(shapes.NewBlockSerializer, guide)
        facts = self.read(shapes.SHAPES[place["kind"]], guide)
        if refused := _changed_since(guide, request):
            return refused
        block = _add(section, place["kind"], facts)
        before = section.blocks.filter(pk=place.get("before") or 0).first()
        if before:
            draft_edits.move_block(block, section, before)
        return _tagged(shapes.shape_of(block, guide), block.revision, status.HTTP_201_CREATED)


def _add(section: GuideSection, kind: str, facts: dict[str, Any]) -> Block:
    if kind == Block.Kind.PROMPT:
        return guides.add_prompt(section, **facts).block
    if kind == Block.Kind.EXCERPT:
        there = section.blocks.filter(excerpt=facts["excerpt"]).first()
        return there or guides.add_excerpt(section, facts["excerpt"])
    add = {
        Block.Kind.TEXT: guides.add_text,
        Block.Kind.TIP: guides.add_tip,
        Block.Kind.ACTION: guides.add_action,
    }
    return add[Block.Kind(kind)](section, **facts)


class DraftBlockDoor(DraftDoor):
    """What is done to a block that stands in a draft."""

    def block(self, guide: Guide, pk: int) -> Block:
        """Raises TakenOut where it is not in this draft (any more)."""
        rows = Block.objects.filter(section__guide=guide, pk=pk)
        block = rows.select_related("section__guide", "prompt__excerpt", "excerpt").first()
        if block is None:
            raise TakenOut
        return block

    def answer(self, guide: Guide, pk: int) -> Response:
        block = self.block(guide, pk)
        return _tagged(shapes.shape_of(block, guide), block.revision)

    def handle_exception(self, exc: Exception) -> Response:
        """Somebody was quicker: nothing is written, and both texts go back."""
        if isinstance(exc, TakenOut):
            yours = self.request.data
            refused = _refused("taken-out", "It is not in the draft any more", 410, GONE, yours=yours)
        elif isinstance(exc, WrittenMeanwhile):
            refused = self._both(exc.row)
        else:
            return super().handle_exception(exc)
        refused.exception = True
        return refused

    def _both(self, row: Any) -> Response:
        guide = row.section.guide
        block = self.block(guide, row.pk)
        return _meanwhile(shapes.shape_of(block, guide), self.request.data, block.revision)


class DraftBlockDetail(DraftBlockDoor):
    @extend_schema(responses={200: shapes.AnyBlock, 410: None})
    def get(self, request: Request, code: str, pk: int) -> Response:
        """One block; its ETag is its revision."""
        return self.answer(self.guide(code), pk)

    @extend_schema(
        request=shapes.AnyBlock,
        parameters=[_IF_MATCH],
        responses={200: shapes.AnyBlock, 409: None, 410: None, **_REFUSED},
    )
    def patch(self, request: Request, code: str, pk: int) -> Response:
        """Change what a block holds; what is not sent stays. A quote's words are changed in its interview (409)."""
        guide, seen = self.guide(code), self.revision()
        block = self.block(guide, pk)
        if block.kind == Block.Kind.EXCERPT:
            said = "A quote is changed in its interview. Take this one out and another one in."
            return _refused("quote-stands", "A quote’s words are not changed here", 409, said)
        facts = self.read(shapes.SHAPES[block.kind], guide, partial=True)
        draft_edits.edit_block(block, seen, facts)
        return self.answer(guide, pk)

    @extend_schema(parameters=[_IF_MATCH], responses={204: None, 410: None, **_REFUSED})
    def delete(self, request: Request, code: str, pk: int) -> Response:
        """Take a block out of the draft; versions that are out keep it."""
        guide, seen = self.guide(code), self.revision()
        draft_edits.remove_block(self.block(guide, pk), seen=seen)
        return Response(status=status.HTTP_204_NO_CONTENT)


class DraftBlockMove(DraftBlockDoor):
    @extend_schema(
        request=shapes.PlaceSerializer,
        parameters=[_IF_MATCH],
        responses={200: shapes.AnyBlock, 410: None, **_REFUSED},
    )
    def post(self, request: Request, code: str, pk: int) -> Response:
        """Put a block into a section, before another block of it or at its end."""
        guide, seen = self.guide(code), self.revision()
        block = self.block(guide, pk)
        place = self.read(shapes.PlaceSerializer, guide)
        section = _section_of(guide, place["section"])
        before = section.blocks.filter(pk=place.get("before") or 0).first()
        draft_edits.move_block(block, section, before, seen=seen)
        return self.answer(guide, pk)


# --- publishing ------------------------------------------------------------------------------------------


class DraftPublish(DraftDoor):
    @extend_schema(
        request=shapes.ChangelogSerializer,
        parameters=[_IF_MATCH_MAY],
        responses={
            200: shapes.PublishedSerializer,
            422: shapes.InTheWaySerializer,
            412: shapes.MeanwhileSerializer,
        },
    )
    def post(self, request: Request, code: str) -> Response:
        """Publish the draft as its next version. With the draft's ETag in `If-Match`, only what was read goes out."""
        guide = self.guide(code, "interviews.publish_guide")
        changelog = self.read(shapes.ChangelogSerializer, guide)["changelog"]
        if refused := _changed_since(guide, request):
            return refused
        before = newest_version(guide)
        try:
            version = publish(guide, by=self.person, now=timezone.now(), changelog=changelog)
        except CannotPublish as cannot:
            said = {
                "detail": "The guide stays a draft. See what is in the way.",
                "in_the_way": cannot.reasons,
            }
            return Response(said, status=status.HTTP_422_UNPROCESSABLE_ENTITY)
        address = request.build_absolute_uri(reverse("guide_version", args=[guide.code, version.number]))
        return Response(
            {"code": guide.code, "version": version.number, "is_new": before != version, "address": address}
        )
