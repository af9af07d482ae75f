"""The house as it is served: one ASGI application, static files before Django, pages from a pool."""

from __future__ import annotations

import httpx
import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from playwright.sync_api import Page

from tests.factories import make_film
from tests.live_house import LiveHouse


def test_a_static_file_is_for_ever_compressed_and_says_what_it_is(live_house: LiveHouse) -> None:
    url = live_house.url + staticfiles_storage.url("admin/css/base.css")
    response = httpx.get(url, headers={"Accept-Encoding": "br"})
    assert response.status_code == 200
    assert response.headers["Content-Encoding"] == "br"
    assert response.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_static_file_that_is_not_there_is_not_found(live_house: LiveHouse) -> None:
    assert httpx.get(f"{live_house.url}/static/nothing.css").status_code == 404


def test_a_host_that_is_not_ours_is_refused(live_house: LiveHouse) -> None:
    assert httpx.get(f"{live_house.url}/", headers={"Host": "evil.example"}).status_code == 400


def test_what_a_test_writes_is_what_the_house_shows(live_house: LiveHouse) -> None:
    film = make_film("The Salt Road")
    page = httpx.get(f"{live_house.url}/films/{film.slug}/")
    assert page.status_code == 200
    assert "The Salt Road" in page.text


def test_a_closed_house_answers_again_at_the_same_address(live_house: LiveHouse) -> None:
    live_house.close()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{live_house.url}/")
    live_house.open()
    assert httpx.get(f"{live_house.url}/nowhere/").status_code == 404


def test_a_phone_is_a_phone_and_a_desk_a_desk(phone: Page, desk: Page) -> None:
    for page, width in ((phone, 390), (desk, 1280)):
        page.goto("/")
        assert page.evaluate("innerWidth") == width
        assert page.evaluate("matchMedia('(pointer: coarse)').matches") is (page is phone)
