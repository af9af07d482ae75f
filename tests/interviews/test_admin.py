"""Site staff can read what is kept and published, and cannot touch what is frozen."""

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.contrib import admin
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Model
from django.test import RequestFactory
from django.urls import reverse

from accounts.proof import BY_PASSKEY
from interviews.models import Excerpt, Guide, GuideVersion, Interview, Source
from interviews.publishing import publish
from tests.cast import make_person
from tests.interviews.zine import NOW, make_guide

pytestmark = pytest.mark.django_db
FROZEN = [Source, Excerpt, Guide, GuideVersion]


@pytest.fixture
def staff_request(rf: RequestFactory) -> object:
    request = rf.get("/")
    request.session = SessionStore()
    request.user = make_person("staff@houselights.example", is_staff=True, is_superuser=True)
    record_authentication(request, request.user, BY_PASSKEY)
    return request


@pytest.mark.parametrize("model", [Interview, *FROZEN])
def test_every_list_and_every_row_can_be_read(model: type[Model], staff_request: object) -> None:
    publish(make_guide(), by=None, now=NOW)
    page = admin.site._registry[model]
    listing = page.changelist_view(staff_request).render()
    assert listing.status_code == 200
    row = model._default_manager.first()
    shown = page.changeform_view(staff_request, str(row.pk)).render()
    assert shown.status_code == 200


@pytest.mark.parametrize("model", FROZEN)
def test_what_is_frozen_has_no_form(model: type[Model], staff_request: object) -> None:
    page = admin.site._registry[model]
    assert not page.has_add_permission(staff_request)
    assert not page.has_change_permission(staff_request)
    assert not page.has_delete_permission(staff_request)


def test_a_sources_page_shows_who_says_what_and_no_bytes(staff_request: object) -> None:
    make_guide()
    source = Source.objects.get(filename="tide.txt")
    html = (
        admin.site._registry[Source].changeform_view(staff_request, str(source.pk)).render().content.decode()
    )
    assert "My grandmother drew it" in html
    assert 'name="content"' not in html
    assert "field-content" not in html


def test_a_guides_page_leads_to_the_guide(staff_request: object) -> None:
    guide = make_guide()
    html = admin.site._registry[Guide].changeform_view(staff_request, str(guide.pk)).render().content.decode()
    assert reverse("guide", args=[guide.code]) in html
    assert "prompt: Which scene is still with you?" in html
