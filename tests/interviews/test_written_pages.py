"""Published guides lie as compressed files for a proxy: the bytes that the house answers, gone at once when taken back."""

from __future__ import annotations

import gzip
import os
import re
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.conf import settings as house
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from interviews import excerpts, guides, written_pages
from interviews.models import Excerpt, Guide
from interviews.publishing import publish
from tests.interviews.zine import NOW, make_guide

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def files(settings: Any, tmp_path: Path) -> Path:
    settings.GUIDE_FILES = tmp_path / "guides"
    return tmp_path / "guides" / "g"


@pytest.fixture
def guide(files: Path) -> Guide:
    guide = make_guide()
    publish(guide, by=None, now=NOW)
    return guide


def said(place: Path) -> str:
    """The page that lies at a place, the same in both encodings."""
    packed = brotli.decompress((place / "index.html.br").read_bytes())
    assert gzip.decompress((place / "index.html.gz").read_bytes()) == packed
    return packed.decode()


def second_version(guide: Guide) -> None:
    guides.add_text(guides.add_section(guide, "resources"), "A book about salt.")
    publish(guide, by=None, now=NOW)


def test_what_is_published_lies_there_byte_for_byte_as_the_house_answers(
    client: Client, guide: Guide, files: Path
) -> None:
    for path in ("", "v1/", "facilitator/", "v1/facilitator/"):
        place = files / guide.code / path
        for encoding, ending in (("br", "br"), ("gzip", "gz")):
            answer = client.get(f"/g/{guide.code}/{path}", headers={"Accept-Encoding": encoding})
            assert answer.content == (place / f"index.html.{ending}").read_bytes()
            assert answer["Content-Encoding"] == encoding
        assert (place / "index.html.br").stat().st_mode & 0o777 == 0o644


def test_the_next_version_takes_the_guides_address_and_the_old_one_keeps_its_own(
    guide: Guide, files: Path
) -> None:
    second_version(guide)
    assert "A book about salt." in said(files / guide.code)
    assert "A book about salt." in said(files / guide.code / "v2")
    assert "A book about salt." not in said(files / guide.code / "v1")


def test_a_draft_and_a_refused_publication_leave_no_file(files: Path) -> None:
    guide = make_guide()
    Excerpt.objects.filter(exact__startswith="People").update(exact="Other words.")
    with pytest.raises(ValueError, match="does not stand"):
        publish(guide, by=None, now=NOW)
    assert not files.exists()


def test_words_taken_back_are_in_no_file_of_any_version(guide: Guide, files: Path) -> None:
    second_version(guide)
    excerpts.withdraw(Excerpt.objects.get(exact__startswith="People"), reason="asked for", now=NOW)
    for path in ("", "v1", "v2", "facilitator", "v1/facilitator", "v2/facilitator"):
        text = said(files / guide.code / path)
        assert "seen you tired" not in text
        assert "withdrawn on 1 Aug 2026" in text


def test_they_are_gone_before_the_withdrawal_is_committed(guide: Guide, files: Path) -> None:
    """Whoever dies in between leaves no file behind that says them."""
    with transaction.atomic():
        excerpts.withdraw(Excerpt.objects.get(exact__startswith="People"), reason="asked for", now=NOW)
        assert not list(files.rglob("index.html.*"))
    assert len(list(files.rglob("index.html.*"))) == 8


def test_a_withdrawal_that_did_not_come_to_be_leaves_the_page_to_the_house(
    client: Client, guide: Guide, files: Path
) -> None:
    with transaction.atomic():
        excerpts.withdraw(Excerpt.objects.get(exact__startswith="People"), reason="asked for", now=NOW)
        transaction.set_rollback(True)
    assert not (files / guide.code / "index.html.br").exists()
    assert b"seen you tired" in client.get(f"/g/{guide.code}/").content


def test_the_next_look_writes_what_a_writer_who_died_left_out(guide: Guide, files: Path) -> None:
    written_pages.write_all()
    assert written_pages.keep_true() == 0
    # Withdrawn by somebody who died before the files were touched.
    Excerpt.objects.filter(exact__startswith="People").update(withdrawn_at=NOW)
    assert written_pages.keep_true() == 4
    assert "seen you tired" not in said(files / guide.code)
    assert written_pages.keep_true() == 0


def test_a_look_writes_only_what_is_not_as_it_should_be(guide: Guide, files: Path) -> None:
    second_version(guide)
    written_pages.write_all()
    written_pages.remove_files(guide.code, 1)
    (files.parent / "stamp").unlink()
    assert written_pages.keep_true() == 2
    assert said(files / guide.code / "v1")


def test_a_new_release_writes_all_anew_and_forgets_what_is_no_guide(
    guide: Guide, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stranger = files / "nobody"
    stranger.mkdir()
    for name in ("index.html.br", "index.html.gz", "holds"):
        (stranger / name).write_text("of a database that is gone")
    (files / guide.code / "index.html.br").write_bytes(b"the release before")
    call_command("write_guides")
    assert "4 pages of guides" in capsys.readouterr().out
    assert "What we carry" in said(files / guide.code)
    assert not list(stranger.iterdir())


def test_a_full_disk_stops_no_publication_and_no_withdrawal(
    client: Client, files: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    guide = make_guide()
    publish(guide, by=None, now=NOW)
    assert client.get(f"/g/{guide.code}/").status_code == 200
    excerpts.withdraw(Excerpt.objects.get(exact__startswith="People"), reason="asked for", now=NOW)
    assert b"seen you tired" not in client.get(f"/g/{guide.code}/").content
    assert "the house answers its pages" in caplog.text


def test_nothing_that_goes_wrong_with_the_files_unsays_a_publication(
    files: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*args: object) -> None:
        raise ValueError("no such stylesheet")

    monkeypatch.setattr(written_pages, "write_guide", breaks)
    guide = make_guide()
    assert publish(guide, by=None, now=NOW).number == 1
    excerpts.withdraw(Excerpt.objects.get(exact__startswith="People"), reason="asked for", now=NOW)
    assert guide.versions.count() == 1
    assert "no such stylesheet" in caplog.text


# What a proxy says by itself, what is of one connection, and what the house says of its own words' language.
_NOT_COMPARED = {"Content-Length", "Content-Type", "Content-Encoding", "Content-Language", "Vary"}
_NOT_COMPARED |= {"ETag", "Date", "Server", "Connection"}


def test_the_proxy_of_the_docs_sends_the_headers_that_the_house_sends(client: Client, guide: Guide) -> None:
    page = Path(house.BASE_DIR, "docs", "running.md").read_text(encoding="utf-8")
    snippet = page.partition("```nginx")[2].partition("```")[0]
    said_there = re.findall(r"add_header (\S+) (\".*\"|\S+);", snippet)
    sent = {name: _parts(value.strip('"')) for name, value in said_there}
    assert sent.pop("Content-Encoding") == {"$packed_name"}
    assert sent.pop("Vary") == {"Accept-Encoding"}
    answer = client.get(f"/g/{guide.code}/", headers={"Accept-Encoding": "br"})
    assert sent == {
        name: _parts(value) for name, value in answer.headers.items() if name not in _NOT_COMPARED
    }
    assert f'default_type "{answer["Content-Type"]}"' in snippet


def _parts(value: str) -> set[str]:
    """A header's directives, in whatever order."""
    return {part.strip() for part in value.split(";")}
