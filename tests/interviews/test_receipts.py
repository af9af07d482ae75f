"""Receipts: W3C annotations, the right to quote, takedown, requests for a change, and check_excerpts."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from pathlib import Path

import jsonschema
import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from interviews import change_requests, excerpts, guides, trimming
from interviews.annotations import MEDIA_TYPE, annotation_of, annotations_of
from interviews.change_requests import AlreadyAnswered, ask_for_change
from interviews.guides import add_excerpt, add_section
from interviews.models import ChangeRequest, Excerpt, Guide, Interview, Source
from interviews.publishing import CannotPublish, publish
from interviews.rights import right_of, say_right
from notices.models import Notice
from tests.cast import EDITOR, STRANGER, make_person
from tests.factories import make_film
from tests.interviews.zine import NOW, keep, quote

SCHEMA = json.loads((Path(__file__).parent / "web_annotation.schema.json").read_text())
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def source(db: None) -> Source:
    return keep(make_film())


@pytest.fixture
def excerpt(source: Source) -> Excerpt:
    return quote(source, "My grandmother drew it for me on the back of an envelope.")


@pytest.fixture
def guide(excerpt: Excerpt) -> Guide:
    guide = guides.start_guide(excerpt.source.interview.film, "What we carry", make_person(EDITOR))
    add_excerpt(add_section(guide, "filmmaker"), excerpt)
    return guide


def client_of(email: str) -> Client:
    client = Client()
    client.force_login(make_person(email), backend="accounts.backend.CodeOrPasskeyBackend")
    return client


# --- W3C Web Annotation ----------------------------------------------------------------------------------


def valid(document: object) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(document)


def test_an_annotation_is_one_of_the_w3c_model_and_selects_the_words(
    excerpt: Excerpt, source: Source
) -> None:
    annotation = annotation_of(excerpt)
    valid(annotation)
    by_quote, by_position = annotation["target"]["selector"]
    assert by_quote["exact"] == excerpt.exact
    assert source.visible_text[by_position["start"] : by_position["end"]] == excerpt.exact
    assert annotation["target"]["source"]["id"] == "https://tide.example/salt-road"


def test_each_piece_of_a_trimmed_quote_is_a_target(excerpt: Excerpt, source: Source) -> None:
    start = source.visible_text.index("for me on the back of")
    shape = trimming.leave_out([(excerpt.start, excerpt.end)], [], start, start + 21, source.visible_text)
    excerpts.recut(excerpt, *shape)
    excerpt.note = "It was a postcard."
    annotation = annotation_of(excerpt)
    valid(annotation)
    assert [target["selector"][0]["exact"] for target in annotation["target"]] == [
        "My grandmother drew it",
        "an envelope.",
    ]
    assert [body["purpose"] for body in annotation["body"]] == ["describing", "commenting"]


def test_a_withdrawn_quote_is_exported_without_a_word_of_it(excerpt: Excerpt) -> None:
    excerpts.withdraw(excerpt, reason="Asked for.", now=NOW)
    annotation = annotation_of(excerpt)
    valid(annotation)
    assert "grandmother" not in json.dumps(annotation)


def test_a_source_without_an_address_is_named_by_its_bytes(db: None) -> None:
    source = keep(make_film(), url="")
    annotation = annotation_of(quote(source, "My grandmother drew it"))
    valid(annotation)
    assert annotation["target"]["source"]["id"].startswith("ni:///sha-256;")


def test_a_whole_interview_is_a_collection(source: Source, excerpt: Excerpt) -> None:
    valid(annotations_of(source.interview, source.excerpts.all(), "https://houselights.example/a.jsonld"))
    valid(annotations_of(source.interview, [], "https://houselights.example/a.jsonld"))


def test_the_pages_send_the_media_type_of_the_model(guide: Guide, excerpt: Excerpt) -> None:
    client = client_of(EDITOR)
    for address in (
        reverse("annotation", args=[excerpt.uuid]),
        reverse("interview_annotations", args=[excerpt.source.interview_id]),
    ):
        response = client.get(address)
        assert response["Content-Type"] == MEDIA_TYPE
        valid(response.json())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: one.pop("@context"),
        lambda one: one.pop("target"),
        lambda one: one.update(type="Note"),
        lambda one: one["target"].pop("source"),
        lambda one: one["target"]["selector"][0].pop("exact"),
        lambda one: one["target"]["selector"][1].update(start="1"),
        lambda one: one.update(motivation="quoting"),
    ],
)
def test_the_schema_refuses_what_is_no_annotation(excerpt: Excerpt, spoil: object) -> None:
    annotation = annotation_of(excerpt)
    spoil(annotation)  # type: ignore[operator]
    with pytest.raises(jsonschema.ValidationError):
        valid(annotation)


# --- the right to quote ----------------------------------------------------------------------------------


def state(source: Source, **facts: object) -> None:
    blank = {"right": "", "right_note": "", "right_given_on": None, "right_until": None}
    Interview.objects.filter(pk=source.interview_id).update(**{**blank, **facts})


def refused(guide: Guide, now: dt.datetime = NOW) -> str:
    with pytest.raises(CannotPublish) as why:
        publish(guide, by=None, now=now)
    return str(why.value)


def test_without_a_right_nothing_is_published_and_it_says_which(guide: Guide, source: Source) -> None:
    state(source)
    assert (
        "“My grandmother drew it for me on the back of an envelope.” (Mara Lindqvist, The Tide)"
        in refused(guide)
    )
    state(source, right="permission")
    assert "does not say what the right to quote it rests on (who gave it)" in refused(guide)


def test_a_permission_that_ends_tonight_is_good_today_and_not_tomorrow(guide: Guide, source: Source) -> None:
    state(source, right="permission", right_note="The Tide", right_given_on=TODAY, right_until=TODAY)
    assert "ends tonight: good today" in say_right(right_of(Excerpt.objects.get()), TODAY)
    publish(guide, by=None, now=NOW.replace(hour=23, minute=59))
    add_section(guide, "welcome")
    assert "the permission ended on 1 August 2026" in refused(guide, NOW + dt.timedelta(days=1))


def test_an_excerpts_own_right_goes_before_its_interviews(
    guide: Guide, source: Source, excerpt: Excerpt
) -> None:
    state(source)
    Excerpt.objects.filter(pk=excerpt.pk).update(right="licence", right_note="CC BY 4.0")
    frozen = publish(guide, by=None, now=NOW).content["excerpts"][str(excerpt.uuid)]
    assert (frozen["right"], frozen["right_note"]) == ("licence", "CC BY 4.0")


def test_the_form_asks_for_what_a_permission_needs(source: Source) -> None:
    make_keeper(source)
    client, address = client_of("keeper@zine.example"), reverse("interview_right", args=[source.interview_id])
    response = client.post(address, {"act": "right", "right": "permission", "right_note": "The Tide"})
    assert response.status_code == 422
    assert "Say when the permission was given." in response.content.decode()
    facts = {"right_given_on": "2026-07-01", "right_until": "2026-06-01"}
    response = client.post(
        address, {"act": "right", "right": "permission", "right_note": "The Tide", **facts}
    )
    assert "It would end before it was given." in response.content.decode()
    facts["right_until"] = "2026-12-01"
    client.post(address, {"act": "right", "right": "permission", "right_note": "The Tide", **facts})
    assert Interview.objects.get().right_until == dt.date(2026, 12, 1)


def make_keeper(source: Source) -> None:
    Interview.objects.filter(pk=source.interview_id).update(kept_by=make_person("keeper@zine.example"))


# --- takedown --------------------------------------------------------------------------------------------


def test_one_act_takes_every_quote_of_an_interview_out_of_every_version(
    guide: Guide, source: Source, excerpt: Excerpt
) -> None:
    make_keeper(source)
    second = quote(source, "I found the first cairn")
    publish(guide, by=None, now=NOW)
    add_excerpt(add_section(guide, "filmmaker"), second)
    publish(guide, by=None, now=NOW)
    read = [reverse("guide_version", args=[guide.code, number]) for number in (1, 2)]
    assert all("on the back of an envelope" in Client().get(page).content.decode() for page in read)
    client_of("keeper@zine.example").post(
        reverse("interview_right", args=[source.interview_id]),
        {"act": "withdraw", "reason": "The writer asks."},
    )
    for page in read:
        words = Client().get(page).content.decode()
        assert "on the back of an envelope" not in words
        assert "first cairn" not in words
        assert "These words were withdrawn on" in words
    record = excerpt.history.first()
    assert (record.history_user.email, record.withdrawn_reason) == ("keeper@zine.example", "The writer asks.")
    assert record.acting_as == "keeper"


# --- something wrong? ------------------------------------------------------------------------------------


def asked_form(**more: str) -> dict[str, str]:
    facts = {"part": "writer", "words": "I never wrote that.", "name": "Wanda", "email": "wanda@tide.example"}
    return {**facts, "key": str(uuid.uuid4()), **more}


def ask(guide: Guide, source: Source, languages: str = "en", **more: str) -> object:
    address = reverse("ask_for_change", args=[guide.code, source.sha256])
    headers = {"origin": "http://testserver", "accept-language": languages}
    return Client().post(address, asked_form(**more), headers=headers)


def test_every_source_shown_carries_the_way_to_ask(guide: Guide, source: Source) -> None:
    publish(guide, by=None, now=NOW)
    page = Client().get(reverse("guide", args=[guide.code])).content.decode()
    assert "Something wrong? Ask for a change" in page
    assert Client().get(reverse("ask_for_change", args=[guide.code, source.sha256])).status_code == 200
    assert Client().get(reverse("ask_for_change", args=[guide.code, "0" * 64])).status_code == 404


def test_a_source_that_no_published_guide_quotes_is_not_there(guide: Guide, source: Source) -> None:
    assert Client().get(reverse("ask_for_change", args=[guide.code, source.sha256])).status_code == 404


def test_who_asks_reaches_editors_and_site_staff_and_is_answered_once(guide: Guide, source: Source) -> None:
    make_keeper(source)
    make_person("sita@houselights.example", is_staff=True)
    publish(guide, by=None, now=NOW)
    key = str(uuid.uuid4())
    assert ask(guide, source, key=key).status_code == 200  # type: ignore[attr-defined]
    assert ask(guide, source, key=key).status_code == 200  # type: ignore[attr-defined]
    request = ChangeRequest.objects.get()
    told = Notice.objects.filter(kind="change_asked").values_list("person__email", flat=True)
    assert sorted(told) == [EDITOR, "keeper@zine.example", "sita@houselights.example"]

    client, address = client_of(EDITOR), reverse("answer_request", args=[request.pk])
    assert "I never wrote that." in client.get(address).content.decode()
    client.post(address, {"act": "withdraw", "reason": "Wanda asks."})
    assert Excerpt.objects.get().withdrawn_at
    client.post(address, {"act": "answer", "answer": "It is out."})
    assert Notice.objects.get(kind="change_answered").person.email == "wanda@tide.example"
    with pytest.raises(AlreadyAnswered):
        change_requests.answer(request, "Another.", by=make_person(EDITOR), now=NOW)
    request.refresh_from_db()
    assert request.answer == "It is out."


def test_the_letters_say_who_asks_what_and_the_answer(guide: Guide, source: Source) -> None:
    from notices import kinds
    from notices.letters import compose

    publish(guide, by=None, now=NOW)
    ask(guide, source)
    request = ChangeRequest.objects.get()
    change_requests.answer(request, "It is out.", by=make_person(EDITOR), now=NOW)
    for notice in Notice.objects.all():
        about = kinds.load_subjects([notice])[notice.pk]
        kind = kinds.kind_of(notice.kind)
        assert kind
        letter = compose(kind, notice, about, NOW)
        assert "I never wrote that." in letter.text
        assert ("It is out." in letter.text) == (notice.kind == "change_answered")


@pytest.mark.parametrize("wrong", [{"email": "nowhere"}, {"words": ""}, {"name": ""}, {"part": "king"}])
def test_a_malformed_request_keeps_what_was_written(guide: Guide, source: Source, wrong: dict) -> None:
    publish(guide, by=None, now=NOW)
    response = ask(guide, source, **wrong)
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert ("I never wrote that." in response.content.decode()) == ("words" not in wrong)  # type: ignore[attr-defined]
    assert not ChangeRequest.objects.exists()


def test_another_site_cannot_ask_in_a_readers_name(guide: Guide, source: Source) -> None:
    publish(guide, by=None, now=NOW)
    address = reverse("ask_for_change", args=[guide.code, source.sha256])
    assert Client().post(address, asked_form(), headers={"origin": "https://evil.example"}).status_code == 403


def test_a_stranger_answers_nothing(guide: Guide, source: Source) -> None:
    publish(guide, by=None, now=NOW)
    ask(guide, source)
    address = reverse("answer_request", args=[ChangeRequest.objects.get().pk])
    assert client_of(STRANGER).post(address, {"act": "answer", "answer": "Go away."}).status_code == 404


def test_who_asks_for_the_first_time_is_known_in_their_language(guide: Guide, source: Source) -> None:
    publish(guide, by=None, now=NOW)
    ask(guide, source, "es-MX,es;q=0.9")
    assert ChangeRequest.objects.get().asked_by.language == "es"


def test_nobodys_mailbox_is_filled(guide: Guide, source: Source) -> None:
    publish(guide, by=None, now=NOW)
    for number in range(30):
        ask_for_change(
            guide,
            source,
            email="wanda@tide.example",
            name=f"W{number}",
            part="reader",
            words="Look.",
            key=uuid.uuid4(),
            now=NOW,
        )
    assert ChangeRequest.objects.count() == 30
    assert Notice.objects.filter(kind="change_asked", person__email=EDITOR).count() == 20


# --- check_excerpts --------------------------------------------------------------------------------------


def test_check_excerpts_passes_what_stands(guide: Guide, capsys: pytest.CaptureFixture[str]) -> None:
    publish(guide, by=None, now=NOW)
    call_command("check_excerpts")
    assert "every quote stands" in capsys.readouterr().out


@pytest.mark.parametrize(
    "harm",
    [
        lambda: Excerpt.objects.update(exact="My grandmother drew it for you on the back of an envelope."),
        lambda: Excerpt.objects.update(suffix="else"),
        lambda: Excerpt.objects.update(insertions=[[10**6, "word"]]),
        lambda: Source.objects.update(content=b"other bytes"),
        lambda: Source.objects.update(
            visible_text=Source.objects.get().visible_text.replace("envelope.", "envelope!")
        ),
    ],
)
def test_check_excerpts_ends_with_an_error_on_any_difference(guide: Guide, harm: object) -> None:
    publish(guide, by=None, now=NOW)
    harm()  # type: ignore[operator]
    with pytest.raises(CommandError, match="differ"):
        call_command("check_excerpts")
