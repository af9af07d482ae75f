"""Who may do what with guides: the rules by name, and the one place where a guide is fetched for a person."""

from __future__ import annotations

import rules
from django.http import Http404, HttpRequest

from accounts.models import Person
from accounts.permits import permit
from accounts.trail import act_as

from .models import Guide, GuideMembership, GuideRole


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


rules.add_perm("interviews.edit_guide", edits)
rules.add_perm("interviews.publish_guide", edits)
rules.add_perm("interviews.choose_editors", owns)

SENTENCES = {
    "interviews.choose_editors": "Only the guide’s owner chooses who works on it. Ask them.",
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
