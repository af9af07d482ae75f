"""Bringing interviews in: by whom, in which formats, at once or by a worker; what goes wrong is said in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from interviews import guides, importing, tasks
from interviews.importing import ImportJob, due, films_of, is_short, work_off
from interviews.models import Interview, Source
from interviews.rights import right_stated, what_is_missing
from screenings.models import Film, FilmMembership
from tests.cast import EDITOR, STRANGER, make_person
from tests.common.site import Site, open_site
from tests.factories import make_film
from tests.interviews.documents import make_docx, make_pdf, make_zip_bomb
from tests.interviews.test_documents import ANSWERS, INTERVIEW
from tests.interviews.zine import HTML, LABELLED, NOW

pytestmark = pytest.mark.django_db
ADDRESS = "/manage/interviews/import/"


@pytest.fixture
def film() -> Film:
    film = make_film()
    guides.start_guide(film, "After The Salt Road", make_person(EDITOR))
    return film


@pytest.fixture
def editor(film: Film) -> Client:
    return signed_in(EDITOR)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site that the house may fetch from, on loopback."""
    with open_site() as site:
        monkeypatch.setattr(importing, "GUARD", site.guard)
        yield site


@pytest.fixture(autouse=True)
def rung(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The jobs that the bell was rung for; nobody hears it unless a test works them off."""
    heard: list[int] = []
    monkeypatch.setattr(tasks.read_interview, "apply_async", lambda args, **_: heard.append(args[0]))
    return heard


def signed_in(email: str) -> Client:
    client = Client()
    client.force_login(make_person(email), backend="accounts.backend.CodeOrPasskeyBackend")
    return client


def bring(client: Client, film: Film, **given: Any) -> Any:
    return client.post(ADDRESS, {"film": film.pk, **given})


def upload(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


# --- by whom ---------------------------------------------------------------------------------------------


def test_editors_and_the_films_team_bring_interviews_in_and_nobody_else(film: Film) -> None:
    make_film("Night Ferry")
    team, stranger = make_person("fay@salt.example"), make_person(STRANGER)
    FilmMembership.objects.create(film=film, person=team)
    assert list(films_of(make_person(EDITOR))) == [film]
    assert list(films_of(team)) == [film]
    assert list(films_of(stranger)) == []
    refused = bring(signed_in(STRANGER), film, text=LABELLED)
    assert refused.status_code == 422
    assert not Interview.objects.exists()


def test_who_works_on_no_film_is_told_how_to_begin() -> None:
    assert b"Start a guide" in signed_in(STRANGER).get(ADDRESS).content


def test_only_who_keeps_it_and_the_films_team_correct_it_and_other_editors_are_told_so(
    film: Film, editor: Client
) -> None:
    bring(editor, film, text=LABELLED)
    address = reverse("correct_interview", args=[Interview.objects.get().pk])
    guides.start_guide(film, "Another guide", make_person("olu@library.example"))
    FilmMembership.objects.create(film=film, person=make_person("fay@salt.example"))
    assert editor.get(address).status_code == 200
    assert signed_in("fay@salt.example").get(address).status_code == 200
    refused = signed_in("olu@library.example").get(address)
    assert refused.status_code == 403
    assert "ask them to mend what is wrong" in refused.content.decode()
    assert signed_in(STRANGER).get(address).status_code == 404


# --- what comes in ---------------------------------------------------------------------------------------


def test_pasted_text_is_read_at_once_and_its_facts_are_asked_for(film: Film, editor: Client) -> None:
    response = bring(editor, film, text=LABELLED)
    interview = Interview.objects.get()
    assert response["Location"] == reverse("interview_facts", args=[interview.pk])
    assert (interview.kept_by, interview.byline) == (make_person(EDITOR), "Ines Okafor")
    assert what_is_missing(right_stated(interview), NOW.date())
    page = editor.get(response["Location"]).content.decode()
    assert 'value="Ines Okafor"' in page
    assert "quotation with commentary" in page


def test_facts_and_right_are_kept_and_what_is_missing_is_said(film: Film, editor: Client) -> None:
    bring(editor, film, text=LABELLED)
    interview = Interview.objects.get()
    address = reverse("interview_facts", args=[interview.pk])
    facts = {"title": "Salt", "publication": "", "published_on": "2026-05-03", "byline": "", "url": ""}
    assert editor.post(address, {**facts, "right": "permission"}).status_code == 422
    right = {"right": "quotation", "right_note": "Each is discussed."}
    response = editor.post(address, {**facts, "publication": "The Tide", **right})
    assert response["Location"] == reverse("correct_interview", args=[interview.pk])
    interview.refresh_from_db()
    assert (interview.publication, interview.published_on) == ("The Tide", dt.date(2026, 5, 3))
    assert not what_is_missing(right_stated(interview), NOW.date())


VTT = "WEBVTT\n\n" + "\n\n".join(
    f"00:0{n}:00.000 --> 00:0{n}:30.000\n<v {speaker}>{words}"
    for n, (speaker, words) in enumerate(
        pair
        for question, answer in zip(INTERVIEW[2::2], INTERVIEW[3::2], strict=True)
        for pair in (("Ines Okafor", question[0]), ("Mara Lindqvist", answer[0]))
    )
)
SRT = "\n\n".join(
    f"{n + 1}\n00:0{n}:00,000 --> 00:0{n}:30,000\n{speaker}: {words}"
    for n, (speaker, words) in enumerate(
        pair
        for question, answer in zip(INTERVIEW[2::2], INTERVIEW[3::2], strict=True)
        for pair in (("Ines Okafor", question[0]), ("Mara Lindqvist", answer[0]))
    )
)
MARKDOWN = "# Salt and Patience\n\n" + "\n\n".join(
    f"**{words}**" if bold else words for words, bold in INTERVIEW[1:]
)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("tide.txt", lambda: LABELLED.encode()),
        ("tide.html", lambda: HTML.encode()),
        ("tide.md", lambda: MARKDOWN.encode()),
        ("tide.vtt", lambda: VTT.encode()),
        ("tide.srt", lambda: SRT.encode()),
        ("tide.docx", lambda: make_docx(INTERVIEW)),
        ("tide.pdf", lambda: make_pdf(INTERVIEW, head="THE TIDE")),
    ],
)
def test_a_file_of_every_format_comes_in(name: str, make: Any, film: Film, editor: Client) -> None:
    data = make()
    assert bring(editor, film, file=upload(data, name)).status_code == 302
    source = Source.objects.get()
    assert (source.format, source.filename, bytes(source.content)) == (name.split(".")[1], name, data)
    assert source.turns.filter(kind="answer").count() >= 2


def test_the_same_source_again_is_found_and_not_kept_twice(film: Film, editor: Client) -> None:
    bring(editor, film, text=LABELLED)
    again = bring(editor, film, text=LABELLED.replace("\n", "\r\n"))
    assert again["Location"] == reverse("correct_interview", args=[Interview.objects.get().pk])
    assert b"kept already" in editor.get(again["Location"]).content


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Give us one of the three"),
        ({"text": LABELLED, "url": "https://tide.example/"}, "one of the three at a time"),
        ({"text": "Milk, bread, two eggs."}, "it is no interview"),
        ({"url": "tide"}, "no web address"),
        ({"file": upload(b"", "empty.txt")}, "empty"),
        ({"file": upload(bytes(range(256)) * 40, "noise.bin")}, "encoding of this file cannot be told"),
        ({"file": upload(make_zip_bomb(100), "bomb.docx")}, "unpacks to more"),
        ({"file": upload(b"%PDF-1.7 nothing", "broken.pdf")}, "damaged"),
        ({"file": upload(b"WEBVTT\n\n00:99 --> nothing\n<v", "broken.vtt")}, "no interview|no text|empty"),
        ({"file": upload("ᚠᛇᚻ᛫ᛒᛦᚦ᛫ᚠᚱᚩᚠᚢᚱ".encode() * 20, "runes.txt")}, "it is no interview"),
    ],
)
def test_what_cannot_come_in_is_said_and_nothing_is_kept(
    given: dict[str, Any], words: str, film: Film, editor: Client
) -> None:
    import re

    response = bring(editor, film, **given)
    assert response.status_code == 422
    assert re.search(words, response.content.decode())
    assert not Interview.objects.exists()
    assert not ImportJob.objects.exists()


def test_what_is_larger_than_any_interview_is_answered_before_it_is_read(editor: Client, film: Film) -> None:
    class Unread:
        """200 MB that fail the test when they are touched."""

        def read(self, size: int = -1) -> bytes:
            raise AssertionError("the upload was read")

        readline = read

    response = editor.generic(
        "POST",
        ADDRESS,
        b"",
        "multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(200 * 1024 * 1024),
        **{"wsgi.input": Unread()},
    )
    assert response.status_code == 413
    assert "at most 20 MB" in response.content.decode()


def test_a_form_of_another_site_brings_nothing_in(film: Film) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person(EDITOR), backend="accounts.backend.CodeOrPasskeyBackend")
    assert bring(client, film, text=LABELLED).status_code == 403
    assert not Interview.objects.exists()


def test_scripts_in_a_page_are_shown_as_the_words_they_are_or_not_at_all(film: Film, editor: Client) -> None:
    page = HTML.replace(
        "Silence is the only",
        '<img src=x onerror="alert(1)">Silence is <b>&lt;script&gt;alert(2)&lt;/script&gt;</b> the only',
    ).replace("</article>", "<script>alert(3)</script></article>")
    bring(editor, film, file=upload(page.encode(), "tide.html"))
    interview = Interview.objects.get()
    shown = editor.get(reverse("correct_interview", args=[interview.pk])).content.decode()
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in shown
    assert "<script>alert" not in shown
    assert "onerror" not in shown
    assert "alert(3)" not in shown


# --- by a worker -----------------------------------------------------------------------------------------


def follow(client: Client, job: ImportJob) -> Any:
    return client.get(reverse("import_job", args=[job.pk]))


def test_an_address_is_fetched_and_read_by_a_worker(
    film: Film, editor: Client, site: Site, rung: list[int]
) -> None:
    url = site.put("/salt-road", HTML)
    response = bring(editor, film, url=url)
    job = ImportJob.objects.get()
    assert response["Location"] == reverse("import_job", args=[job.pk])
    assert rung == [job.pk]
    assert b"In line to be read" in follow(editor, job).content
    work_off(job.pk, now=NOW)
    interview = Interview.objects.get()
    assert follow(editor, job)["Location"] == reverse("interview_facts", args=[interview.pk])
    source = interview.sources.get()
    assert (interview.url, source.url, source.retrieved_at) == (url, url, NOW)
    assert bytes(source.content) == HTML.encode()


def test_a_page_that_comes_again_with_other_adverts_is_the_one_kept(
    film: Film, editor: Client, site: Site
) -> None:
    for advert in ("<!-- one -->", "<!-- two -->"):
        url = site.put("/salt-road", HTML.replace("</body>", advert + "</body>"))
        work_off(importing.ask_for(film, make_person(EDITOR), url=url, now=NOW).pk, now=NOW)
    assert [job.is_new for job in ImportJob.objects.order_by("pk")] == [True, False]
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (403, "", "paste the text instead"),
        (500, "", "paste the text instead"),
        (200, "<h1>Please sign in</h1><form>Name Password</form>", "wants you to sign in first"),
        (200, bytes(range(256)) * 40, "encoding of this file cannot be told"),
    ],
)
def test_a_page_that_cannot_be_had_is_said_in_words(
    status: int, body: str | bytes, words: str, film: Film, editor: Client, site: Site
) -> None:
    url = site.put("/salt-road", body, status)
    job = importing.ask_for(film, make_person(EDITOR), url=url, now=NOW)
    work_off(job.pk, now=NOW)
    shown = follow(editor, job).content.decode()
    assert words in shown
    assert "Nothing of it was kept" in shown
    assert not Interview.objects.exists()


def test_an_address_inside_is_refused_to_an_editor(film: Film, editor: Client) -> None:
    job = importing.ask_for(film, make_person(EDITOR), url="http://127.0.0.1/admin", now=NOW)
    work_off(job.pk, now=NOW)
    assert "leads inside a network" in follow(editor, job).content.decode()


def test_a_long_text_goes_to_a_worker_and_leaves_no_copy_behind(film: Film, editor: Client) -> None:
    long = LABELLED + "\n\n".join(
        f"THE TIDE: And in week {n}?\n\nLindqvist: {ANSWERS[n % 3]}" for n in range(1200)
    )
    assert not is_short(long.encode())
    bring(editor, film, text=long)
    job = ImportJob.objects.get()
    assert bytes(job.content)
    work_off(job.pk, now=NOW)
    job.refresh_from_db()
    assert (job.state, bytes(job.content)) == ("kept", b"")


def test_a_worker_that_is_away_is_said_and_what_was_given_is_kept(film: Film, editor: Client) -> None:
    bring(editor, film, url="https://tide.example/salt-road")
    job = ImportJob.objects.get()
    assert b"reader is away" not in follow(editor, job).content
    ImportJob.objects.update(created_at=job.created_at - ImportJob.PATIENCE - dt.timedelta(seconds=1))
    assert b"reader is away" in follow(editor, job).content


def test_a_broker_that_is_away_costs_nothing_and_the_next_look_rings(
    film: Film, editor: Client, monkeypatch: pytest.MonkeyPatch, rung: list[int]
) -> None:
    import kombu.exceptions

    def refuse(**_: object) -> None:
        raise kombu.exceptions.OperationalError

    ring = tasks.read_interview.apply_async
    monkeypatch.setattr(tasks.read_interview, "apply_async", refuse)
    assert bring(editor, film, url="https://tide.example/salt-road").status_code == 302
    monkeypatch.setattr(tasks.read_interview, "apply_async", ring)
    tasks.look_for_interviews()
    assert rung == [ImportJob.objects.get().pk]


def test_two_workers_read_a_job_once_and_a_killed_one_is_replaced_until_the_third_time(film: Film) -> None:
    job = importing.ask_for(film, make_person(EDITOR), content=LABELLED.encode(), now=NOW)
    ImportJob.objects.update(state="reading", started_at=NOW, attempts=1)
    assert work_off(job.pk, now=NOW + dt.timedelta(seconds=30)) is None
    later = NOW + ImportJob.LEASE + dt.timedelta(seconds=1)
    assert due(later).get() == job
    ImportJob.objects.update(attempts=ImportJob.MAX_ATTEMPTS)
    ended = work_off(job.pk, now=later)
    assert ended is not None
    assert (ended.state, Interview.objects.count()) == ("failed", 0)
    assert not due(later + ImportJob.LEASE * 2).exists()


def test_somebody_elses_import_is_not_there(film: Film, editor: Client) -> None:
    job = importing.ask_for(film, make_person(EDITOR), content=b"words", now=NOW)
    assert follow(signed_in(STRANGER), job).status_code == 404


def test_the_list_asks_the_database_as_often_for_thirty_as_for_one(
    film: Film, editor: Client, django_assert_max_num_queries: Any
) -> None:
    from tests.interviews.zine import keep

    address = reverse("film_interviews", args=[film.slug])
    counts = []
    editor.get(address)
    for number in (1, 30):
        for n in range(Interview.objects.count(), number):
            keep(film, f"{LABELLED}\n\nTHE TIDE: And {n}?\n\nLindqvist: {n}.")
        with django_assert_max_num_queries(40) as asked:
            assert editor.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
