"""Who may do what with guides and interviews: the rules by name, and the one place where each is fetched for a person."""

from __future__ import annotations

from uuid import UUID

import rules
from django.contrib import admin
from django.http import Http404, HttpRequest

from accounts.models import Person
from accounts.permits import permit
from accounts.trail import act_as
from screenings.models import Film
from screenings.permits import is_of_films_team

from .change_requests import requests_for
from .models import ChangeRequest, Excerpt, Guide, GuideMembership, GuideRole, Interview


def role_in(person: Person, guide: Guide) -> str | None:
    """The person's role in the guide: owner or editor; None where they have none."""
    if not person.is_authenticated:
        return None
    return GuideMembership.objects.filter(person=person, guide=guide).values_list("role", flat=True).first()


@rules.predicate
def owns(person: Person, guide: Guide) -> bool:
    return role_in(person, guide) == GuideRole.OWNER


@rules.predicate
def edits(person: Person, guide: Guide) -> bool:
    return role_in(person, guide) is not None


@rules.predicate
def edits_a_guide_of(person: Person, film: Film) -> bool:
    return (
        person.is_authenticated and GuideMembership.objects.filter(person=person, guide__film=film).exists()
    )


@rules.predicate
def keeps(person: Person, interview: Interview) -> bool:
    return person.is_authenticated and interview.kept_by_id == person.pk


@rules.predicate
def works_on_its_film(person: Person, interview: Interview) -> bool:
    return edits_a_guide_of(person, interview.film) or is_of_films_team(person, interview.film)


@rules.predicate
def speaks_for_its_film(person: Person, interview: Interview) -> bool:
    return is_of_films_team(person, interview.film)


rules.add_perm("interviews.edit_guide", edits)
rules.add_perm("interviews.publish_guide", edits)
rules.add_perm("interviews.choose_editors", owns)

rules.add_perm("interviews.read_interview", keeps | works_on_its_film)
rules.add_perm("interviews.correct_interview", keeps | speaks_for_its_film)
rules.add_perm("interviews.search_film", edits_a_guide_of | is_of_films_team)

SENTENCES = {
    "interviews.choose_editors": "Only the guide’s owner chooses who works on it. Ask them.",
    "interviews.correct_interview": "Who imported an interview corrects it, or the film’s team. You can read it and quote from it; ask them to mend what is wrong.",
}


def guide_for(request: HttpRequest, code: str, permission: str = "interviews.edit_guide") -> Guide:
    """The guide of this code for somebody who works on it, permitted to do `permission`.

    Raises Http404 where it is none of theirs, Refused with a sentence where they may see it and not do this.
    """
    person: Person = request.user  # type: ignore[assignment]
    guide = Guide.objects.select_related("film").filter(code=code).first()
    role = role_in(person, guide) if guide else None
    if guide is None or role is None:
        raise Http404("This is nobody’s page, or not yours.")
    permit(person, permission, guide, SENTENCES.get(permission, ""))
    act_as(request, str(GuideRole(role).label).lower())
    return guide


def guide_to_hear_of(request: HttpRequest, code: str) -> Guide:
    """The guide of this code for somebody who works on it, or speaks for its film: both may hear how it is read.

    Raises Http404 for anybody else.
    """
    person: Person = request.user  # type: ignore[assignment]
    guide = Guide.objects.select_related("film").filter(code=code).first()
    if guide is None or not (edits(person, guide) or is_of_films_team(person, guide.film)):
        raise Http404("This is nobody’s page, or not yours.")
    return guide


def interview_for(request: HttpRequest, pk: int, permission: str = "interviews.read_interview") -> Interview:
    """The interview with this number for its keeper, an editor of a guide to the same film, or the film's team.

    Raises Http404 where it is none of theirs, Refused with a sentence where they may read it and not do `permission`.
    """
    person: Person = request.user  # type: ignore[assignment]
    interview = Interview.objects.select_related("film").filter(pk=pk).first()
    if interview is None or not rules.has_perm("interviews.read_interview", person, interview):
        raise Http404("This is nobody’s page, or not yours.")
    permit(person, permission, interview, SENTENCES.get(permission, ""))
    act_as(request, _capacity(person, interview))
    return interview


def _capacity(person: Person, interview: Interview) -> str:
    if keeps(person, interview):
        return "keeper"
    return "editor" if edits_a_guide_of(person, interview.film) else "member of the film’s team"


def excerpt_for(request: HttpRequest, uuid: UUID) -> Excerpt:
    """The excerpt with this UUID for those who may read its interview. Raises Http404 for anybody else."""
    excerpt = Excerpt.objects.select_related("source__interview__film").filter(uuid=uuid).first()
    if excerpt is None:
        raise Http404("This is nobody’s page, or not yours.")
    interview_for(request, excerpt.source.interview_id)
    return excerpt


def film_to_search(request: HttpRequest, slug: str) -> Film:
    """The film of this slug for an editor of one of its guides, or its team. Raises Http404 for anybody else."""
    person: Person = request.user  # type: ignore[assignment]
    film = Film.objects.filter(slug=slug).first()
    if film is None or not rules.has_perm("interviews.search_film", person, film):
        raise Http404("This is nobody’s page, or not yours.")
    return film


def request_for(request: HttpRequest, pk: int) -> ChangeRequest:
    """The request for a change with this number, for those who may answer it: its editors, the keeper of its
    interview, and site staff who have shown their passkey. Raises Http404 for anybody else."""
    person: Person = request.user  # type: ignore[assignment]
    found = requests_for(person, all_of_them=is_site_staff(request)).filter(pk=pk).first()
    if found is None:
        raise Http404("This is nobody’s page, or not yours.")
    act_as(request, "site staff" if is_site_staff(request) else "editor")
    return found


def is_site_staff(request: HttpRequest) -> bool:
    """Whether site staff ask, and have shown their passkey in this session."""
    return admin.site.has_permission(request)
