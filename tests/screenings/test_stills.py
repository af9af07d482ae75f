"""A film's picture: drawn anew from what was sent, with what it shows and whose it is; nothing else gets through."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from PIL import Image

from screenings.models import FilmMembership, FilmStill
from screenings.stills import MOST_BYTES, SMALL_ENOUGH, NoPicture, draw_anew, show_still
from tests.cast import ATTENDEE, MANAGER, make_person
from tests.factories import make_film


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (1600, 900), mode: str = "RGB", **more: object
) -> bytes:
    sent = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(sent, kind, **more)
    return sent.getvalue()


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")],
)
def test_what_is_sent_comes_out_small_and_as_webp(kind: str, mode: str) -> None:
    image, width, height = draw_anew(picture(kind, mode=mode))
    assert (width, height) == (960, 540)
    assert image[:4] == b"RIFF"
    assert image[8:12] == b"WEBP"
    assert len(image) <= SMALL_ENOUGH


def test_a_picture_of_nothing_but_detail_is_made_smaller_until_the_page_stays_light() -> None:
    sent = io.BytesIO()
    Image.effect_noise((1600, 900), 90).convert("RGB").save(sent, "JPEG")
    image, width, height = draw_anew(sent.getvalue())
    assert len(image) <= SMALL_ENOUGH
    assert 320 <= width < 960
    assert round(width / height, 1) == 1.8


def test_where_and_with_what_it_was_taken_is_dropped_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "planted-camera"
    image, width, height = draw_anew(picture(size=(800, 400), exif=exif, comment=b"planted-comment"))
    assert (width, height) == (400, 800)
    assert b"planted" not in image
    assert not Image.open(io.BytesIO(image)).getexif()


def test_what_stands_behind_a_picture_is_not_passed_on() -> None:
    image, *_ = draw_anew(picture("PNG") + b"<script>alert(1)</script>")
    assert b"<script>" not in image


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (b"", "no picture"),
        (SVG, "no picture"),
        (b"GIF89a" + bytes(50), "no picture"),
        (b"%PDF-1.7\n", "no picture"),
        (picture("PNG")[:3000], "no picture"),
        (picture(size=(90, 900)), "too small"),
        (bytes(MOST_BYTES + 1), "larger than 8 MB"),
    ],
    ids=["nothing", "SVG", "GIF", "PDF", "half of one", "too small", "too large"],
)
def test_what_is_no_picture_is_refused_in_words(sent: bytes, says: str) -> None:
    with pytest.raises(NoPicture, match=says):
        draw_anew(sent)


def test_a_picture_that_would_explode_is_refused_by_its_head() -> None:
    sent = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(sent, "PNG")
    assert len(sent.getvalue()) < 200_000
    with pytest.raises(NoPicture, match="25 million"):
        draw_anew(sent.getvalue())


@pytest.mark.django_db
def test_it_is_not_shown_without_what_it_shows_and_whose_it_is() -> None:
    film = make_film()
    for alt, credit in (("", "Ines"), ("A road", "")):
        with pytest.raises(IntegrityError), transaction.atomic():
            show_still(film, sent=picture(), alt=alt, credit=credit)
    assert not FilmStill.objects.exists()


@pytest.mark.django_db
def test_the_team_shows_it_changes_its_words_and_takes_it_off(client: Client) -> None:
    film, person = make_film(), make_person(MANAGER)
    FilmMembership.objects.create(film=film, person=person)
    client.force_login(person, backend="accounts.backend.CodeOrPasskeyBackend")
    desk, words = f"/manage/films/{film.slug}/picture/", {"alt": "A road of salt", "credit": "Ines Okonkwo"}

    def send(sent: bytes) -> int:
        return client.post(
            desk, {**words, "picture": SimpleUploadedFile("a.jpg", sent, "image/jpeg")}
        ).status_code

    assert client.post(desk, words).status_code == 422, "no picture chosen"
    assert send(SVG) == 422
    assert client.post(desk, {"picture": SimpleUploadedFile("a.jpg", picture())}).status_code == 422
    assert send(picture()) == 302
    page = client.get(f"/films/{film.slug}/").content.decode()
    still = FilmStill.objects.get()
    address = f"/films/{film.slug}/still-{still.name}.webp"
    assert f'<img src="{address}" width="960" height="540" alt="A road of salt">' in page
    assert "Ines Okonkwo" in page
    served = client.get(address)
    assert served["Content-Type"] == "image/webp"
    assert served["Cache-Control"] == "public, max-age=31536000, immutable"
    assert served["X-Content-Type-Options"] == "nosniff"
    words["alt"] = "Salt, and a road"
    assert client.post(desk, words).status_code == 302
    assert "Salt, and a road" in client.get(f"/films/{film.slug}/").content.decode()
    assert client.post(desk, {"act": "remove"}).status_code == 302
    assert client.get(address).status_code == 404
    client.force_login(make_person(ATTENDEE), backend="accounts.backend.CodeOrPasskeyBackend")
    assert client.get(desk).status_code == 404
