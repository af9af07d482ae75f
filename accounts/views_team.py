"""The pages of a team: who is in it, inviting, changing a role, leaving; and answering an invitation.

Every kind of team (theaters, films, guides) has the same pages: a `TeamDoor` says how one is fetched for a
person, which roles there are and where its pages are.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from . import memberships
from .memberships import Invitation, Team, TeamError
from .models import Person


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label="Their e-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
        error_messages={
            "invalid": "This does not look like an address. Check it and send again.",
            "required": "Whom shall we ask? Write their e-mail address.",
        },
    )
    role = forms.ChoiceField(label="What they will do")

    def __init__(self, *args: Any, roles: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(roles)


class TeamDoor(ABC):
    """What the pages need to know of one kind of team. Subclasses fill it in."""

    name = ""
    roles: Sequence[tuple[str, str]] = ()
    role_words: dict[str, str] = {}
    invitation_model: type[Invitation]

    @abstractmethod
    def fetch(self, request: HttpRequest, key: str) -> Any:
        """The team of `key` for a member of it. Raises Http404."""

    @abstractmethod
    def fetch_to_choose(self, request: HttpRequest, key: str) -> Any:
        """The same, for somebody who chooses its people. Raises Http404 or Refused."""

    @abstractmethod
    def may_choose(self, person: Person, team: Any) -> bool:
        """Whether the person chooses who belongs to the team."""

    @abstractmethod
    def key_of(self, team: Any) -> str:
        """What names the team in addresses."""

    @abstractmethod
    def team_of(self, invitation: Any) -> Any:
        """The team that an invitation is to."""

    @abstractmethod
    def home_of(self, team: Any) -> str:
        """The address of the team's own page."""

    @abstractmethod
    def tell(self, invitation: Any, now: dt.datetime) -> None:
        """Owe the invited person the invitation's mail (in the transaction of the act)."""

    # -- addresses ------------------------------------------------------------------------------------------
    def people_url(self, team: Any) -> str:
        return reverse(f"{self.name}_people", args=[self.key_of(team)])

    def urls(self, converter: str) -> list[URLPattern]:
        """The routes: `manage/<name>s/<key>/people/…` and `invitations/<name>s/<id>/`."""
        stem = f"manage/{self.name}s/<{converter}:key>/people/"
        pages: list[tuple[str, str, Callable[..., HttpResponse]]] = [
            (stem, "people", self.people),
            (f"{stem}invitations/<int:pk>/withdraw/", "withdraw_invitation", require_POST(self.withdraw)),
            (f"{stem}<int:pk>/role/", "change_role", require_POST(self.change_role)),
            (f"{stem}<int:pk>/remove/", "remove_member", require_POST(self.remove)),
            (f"{stem}leave/", "leave", require_POST(self.leave)),
            (f"invitations/{self.name}s/<int:pk>/", "invitation", self.answer),
        ]
        return [path(route, never_cache(view), name=f"{self.name}_{act}") for route, act, view in pages]

    # -- pages ----------------------------------------------------------------------------------------------
    def people(self, request: HttpRequest, key: str) -> HttpResponse:
        """Who belongs to the team; its keepers invite here."""
        if request.method != "POST":
            return self._people_page(request, self.fetch(request, key), InvitationForm(roles=self.roles))
        team = self.fetch_to_choose(request, key)
        form = InvitationForm(request.POST, roles=self.roles)
        if form.is_valid() and self._invite(request, team, form):
            return redirect(self.people_url(team))
        return self._people_page(request, team, form, status=422)

    @transaction.atomic
    def _invite(self, request: HttpRequest, team: Any, form: InvitationForm) -> bool:
        """Invite whom the form names and owe them the mail, or tell the form why not."""
        now = timezone.now()
        email, role = form.cleaned_data["email"], form.cleaned_data["role"]
        try:
            invitation, created = memberships.invite(team, email, role, by=_person(request), now=now)
        except TeamError as error:
            form.add_error("email", str(error))
            return False
        if created:
            self.tell(invitation, now)
        said = "is on its way" if created else "stands already; we have not sent it twice"
        messages.success(request, f"The invitation to {invitation.person.email} {said}.")
        return True

    def _people_page(
        self, request: HttpRequest, team: Any, form: InvitationForm, status: int = 200
    ) -> HttpResponse:
        person = _person(request)
        context = {
            "door": self,
            "team": team,
            "key": self.key_of(team),
            "home_url": self.home_of(team),
            "members": team.memberships.select_related("person").order_by("since", "id"),
            "invitations": team.invitations.filter(memberships.OPEN_INVITATION).select_related(
                "person", "invited_by"
            ),
            "may_choose": self.may_choose(person, team),
            "form": form,
            "names": {
                act: f"{self.name}_{act}" for act in ("withdraw_invitation", "change_role", "remove_member")
            },
            "leave_url": reverse(f"{self.name}_leave", args=[self.key_of(team)]),
        }
        return render(request, "accounts/team_people.html", context, status=status)

    def withdraw(self, request: HttpRequest, key: str, pk: int) -> HttpResponse:
        team = self.fetch_to_choose(request, key)
        invitation = _row(team.invitations, pk)
        if memberships.withdraw(invitation, now=timezone.now()):
            messages.success(request, f"The invitation to {invitation.person.email} is taken back.")
        else:
            messages.warning(request, "It had been answered before. Nothing was changed.")
        return redirect(self.people_url(team))

    def change_role(self, request: HttpRequest, key: str, pk: int) -> HttpResponse:
        team = self.fetch_to_choose(request, key)
        role = request.POST.get("role", "")
        if role not in dict(self.roles):
            raise Http404("No such role.")
        membership = _row(team.memberships, pk)
        said = f"{membership.person} is {dict(self.roles)[role].lower()} now."
        return self._try(request, team, lambda: memberships.change_role(team, membership, role), said)

    def remove(self, request: HttpRequest, key: str, pk: int) -> HttpResponse:
        team = self.fetch_to_choose(request, key)
        membership = _row(team.memberships, pk)
        said = f"{membership.person} is no longer on the team."
        return self._try(request, team, lambda: memberships.remove(team, membership), said)

    def leave(self, request: HttpRequest, key: str) -> HttpResponse:
        team = self.fetch(request, key)
        membership = team.memberships.get(person=_person(request))
        try:
            memberships.remove(team, membership)
        except TeamError as error:
            messages.error(request, str(error))
            return redirect(self.people_url(team))
        messages.success(request, f"You have left {team}.")
        return redirect("home")

    def answer(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Somebody's invitation: shown to the person of its address, accepted or declined by a button."""
        person = _person(request)
        invitation = self.invitation_model._default_manager.filter(pk=pk, person=person).first()
        if invitation is None:
            raise Http404("An invitation is seen by the person of its address only.")
        team = self.team_of(invitation)
        if request.method == "POST":
            return self._answered(request, team, invitation, person)
        context = {"invitation": invitation, "team": team, "words": self.role_words.get(invitation.role, "")}
        return render(request, "accounts/team_invitation.html", context)

    def _answered(self, request: HttpRequest, team: Any, invitation: Any, person: Person) -> HttpResponse:
        try:
            if request.POST.get("answer") == "no":
                memberships.decline(invitation, person, now=timezone.now())
                messages.success(request, f"You declined. {team} can see that, and may ask again.")
                return redirect("home")
            memberships.accept(team, invitation, person, now=timezone.now())
        except TeamError as error:
            messages.error(request, str(error))
            return redirect("home")
        messages.success(request, f"Welcome to {team}.")
        return HttpResponseRedirect(self.home_of(team))

    def _try(self, request: HttpRequest, team: Team, act: Callable[[], None], said: str) -> HttpResponse:
        """Do the act and say so, or say why not; then back to the people, or home for who let themselves go."""
        try:
            act()
        except TeamError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, said)
        if not team.memberships.filter(person=_person(request)).exists():
            return redirect("home")
        return redirect(self.people_url(team))


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def _row(rows: Any, pk: int) -> Any:
    row = rows.select_related("person").filter(pk=pk).first()
    if row is None:
        raise Http404("Nobody by this number is here.")
    return row
