"""Drafts for programs: behind a token that opens its maker's guides, and nobody's words are written over unseen."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from interviews import draft_edits, excerpts
from interviews.guide_tokens import MOST, TooManyTokens, make_token_for, revoke_token
from interviews.models import Block, Excerpt, Guide, GuideMembership, GuideToken, Interview
from tests.cast import ORGANIZER, STRANGER, make_person
from tests.factories import make_film
from tests.interviews.zine import make_guide

pytestmark = pytest.mark.django_db


class Program:
    """A program with a token: `ask("patch", "blocks/3/", {...}, seen=2)`."""

    def __init__(self, guide: Guide, token: str) -> None:
        self.address, self.token, self.client = f"/api/drafts/{guide.code}/", token, Client()

    def ask(self, method: str, path: str = "", data: Any = None, seen: Any = None, **headers: str) -> Any:
        if seen is not None:
            headers["If-Match"] = f'"{seen}"'
        body = {} if method == "get" else {"data": json.dumps(data), "content_type": "application/json"}
        return getattr(self.client, method)(
            self.address + path, **body, headers={"Authorization": f"Bearer {self.token}", **headers}
        )

    def draft(self) -> dict[str, Any]:
        answer: dict[str, Any] = self.ask("get").json()
        return answer

    def section(self, kind: str) -> dict[str, Any]:
        return next(one for one in self.draft()["sections"] if one["kind"] == kind)


@pytest.fixture
def editor() -> Person:
    return make_person(ORGANIZER)


@pytest.fixture
def guide(editor: Person) -> Guide:
    guide = make_guide()
    GuideMembership.objects.create(guide=guide, person=editor, role="editor")
    return guide


@pytest.fixture
def program(guide: Guide, editor: Person) -> Program:
    return Program(guide, make_token_for(editor, "Our script")[1])


# --- who comes in ----------------------------------------------------------------------------------------


def test_a_token_opens_the_guides_that_its_maker_may_edit_and_no_other(
    program: Program, guide: Guide
) -> None:
    other = make_guide(make_film("Night Ferry"), title="Theirs")
    listed = program.client.get("/api/drafts/", headers={"Authorization": f"Bearer {program.token}"})
    assert [row["code"] for row in listed.json()] == [guide.code]
    assert Program(other, program.token).ask("get").status_code == 404
    assert Program(other, program.token).ask("post", "publish/", {}).status_code == 404


def test_it_opens_nothing_from_the_moment_its_maker_works_there_no_more(
    program: Program, guide: Guide, editor: Person
) -> None:
    assert program.ask("get").status_code == 200
    guide.memberships.filter(person=editor).delete()
    assert program.ask("get").status_code == 404


def test_without_a_token_with_a_wrong_one_with_a_revoked_one_nobody_comes_in(
    program: Program, guide: Guide, editor: Person
) -> None:
    signed_in = Client()
    signed_in.force_login(editor, backend="accounts.backend.CodeOrPasskeyBackend")
    assert signed_in.get(program.address).status_code == 401
    assert Program(guide, "hl_guides_" + 43 * "x").ask("get").status_code == 401
    assert Program(guide, "nonsense").ask("get").status_code == 401
    revoke_token(editor, GuideToken.objects.get().pk, timezone.now())
    answer = program.ask("get")
    assert (answer.status_code, answer["WWW-Authenticate"][:6]) == (401, "Bearer")
    assert "revoked" in answer.json()["detail"]


def test_what_a_program_reads_is_stored_by_no_cache(program: Program) -> None:
    assert "no-store" in program.ask("get")["Cache-Control"]


def test_the_history_says_whose_program_it_was(program: Program, guide: Guide, editor: Person) -> None:
    etag = program.ask("get")["ETag"].strip('"')
    assert program.ask("patch", "", {"title": "What we bear"}, seen=etag).status_code == 200
    newest = guide.history.first()
    assert (newest.title, newest.history_user, newest.acting_as) == ("What we bear", editor, "editor")


# --- reading ---------------------------------------------------------------------------------------------


def test_a_draft_is_read_whole_with_what_the_builder_would_say(program: Program) -> None:
    draft = program.draft()
    assert [one["kind"] for one in draft["sections"]][:3] == ["welcome", "filmmaker", "content_note"]
    words = program.section("filmmaker")["blocks"]
    assert [one["kind"] for one in words] == ["excerpt", "excerpt"]
    asked = program.section("after")["blocks"][1]
    assert asked["if_silent"] == "Ask for a place instead of a person."
    assert asked["excerpt"] == words[0]["excerpt"]
    assert asked["remarks"] == []
    assert any("time" in remark["says"] for remark in draft["remarks"])
    assert draft["in_the_way"] == []
    assert {one["speaker"] for one in draft["quotes"]} == {"Mara Lindqvist"}


def test_a_longer_draft_is_read_in_as_many_queries(
    program: Program, guide: Guide, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from interviews import guides

    program.ask("get")
    with CaptureQueriesContext(
        connection,
    ) as short:
        program.ask("get")
    for number in range(30):
        guides.add_prompt(
            guides.add_section(guide, "after"), f"Which sound number {number} is still with you?"
        )
    with django_assert_max_num_queries(len(short)):
        assert len(program.section("after")["blocks"]) == 32


# --- writing ---------------------------------------------------------------------------------------------


def test_every_kind_of_block_is_added_and_one_goes_before_another(program: Program, guide: Guide) -> None:
    assert program.ask("post", "sections/", {"kind": "background"}).status_code == 201
    assert program.ask("post", "sections/", {"kind": "background"}).status_code == 200
    quoted = Excerpt.objects.filter(exact__startswith="Silence").get()
    added = [
        program.ask("post", "sections/background/blocks/", facts)
        for facts in (
            {"kind": "text", "text": "أهلا بكم 你好"},
            {"kind": "tip", "text": "Bring pencils."},
            {"kind": "action", "text": "Walk it.", "url": "https://roads.example/"},
            {"kind": "excerpt", "excerpt": str(quoted.uuid)},
            {"kind": "prompt", "question": "Did you like it? And why?", "moment": "deepening", "minutes": 8},
        )
    ]
    assert [answer.status_code for answer in added] == [201] * 5
    assert [remark["rule"] for remark in added[-1].json()["remarks"]]
    first = added[0].json()["id"]
    before = {"kind": "text", "text": "First of all.", "before": first}
    assert program.ask("post", "sections/background/blocks/", before).status_code == 201
    kinds = [one["kind"] for one in program.section("background")["blocks"]]
    assert kinds == ["text", "text", "tip", "action", "excerpt", "prompt"]
    assert guide.sections.get(kind="background").blocks.first().text == "First of all."  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "text"},
        {"kind": "text", "text": ""},
        {"kind": "text", "text": "x" * 40_001},
        {"kind": "text", "text": "nul \x00 nul"},
        {"kind": "poem", "text": "x"},
        {"kind": "prompt", "question": ""},
        {"kind": "prompt", "question": "Which?", "minutes": 0},
        {"kind": "prompt", "question": "Which?", "moment": "never"},
        {"kind": "action", "text": "Go.", "url": "javascript:alert(1)"},
        {"kind": "excerpt", "excerpt": "00000000-0000-4000-8000-000000000000"},
        {"kind": "excerpt", "excerpt": "not a uuid"},
        ["a list"],
    ],
)
def test_what_cannot_be_is_refused_in_words_and_the_draft_is_as_it_was(program: Program, facts: Any) -> None:
    before = program.draft()
    answer = program.ask("post", "sections/welcome/blocks/", facts)
    assert answer.status_code in (400, 422)
    assert answer.json()["detail"]
    assert program.draft() == before


def test_a_quote_of_another_films_interview_cannot_be_taken_in(program: Program) -> None:
    make_guide(make_film("Night Ferry"), title="Theirs")
    theirs = Excerpt.objects.filter(source__interview__film__title="Night Ferry").first()
    assert theirs
    answer = program.ask("post", "sections/welcome/blocks/", {"kind": "excerpt", "excerpt": str(theirs.uuid)})
    assert answer.status_code == 422


def test_a_block_is_changed_by_who_has_read_it(program: Program) -> None:
    block = program.section("after")["blocks"][1]
    answer = program.ask("patch", f"blocks/{block['id']}/", {"minutes": 12}, seen=block["revision"])
    assert answer.status_code == 200
    assert (answer.json()["minutes"], answer.json()["question"]) == (12, block["question"])
    assert answer["ETag"] == f'"{block["revision"] + 1}"'
    assert answer.json()["uuid"] == block["uuid"]


def test_words_written_meanwhile_stand_and_both_go_back(program: Program, guide: Guide) -> None:
    block = program.section("welcome")["blocks"][0]
    row = Block.objects.get(pk=block["id"])
    draft_edits.edit_block(row, row.revision, {"text": "A person’s words."})
    answer = program.ask("patch", f"blocks/{row.pk}/", {"text": "A program’s."}, seen=block["revision"])
    assert answer.status_code == 412
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["theirs"]["text"] == "A person’s words."
    assert answer.json()["yours"] == {"text": "A program’s."}
    row.refresh_from_db()
    assert row.text == "A person’s words."
    again = program.ask(
        "patch", f"blocks/{row.pk}/", {"text": "A program’s."}, seen=answer["ETag"].strip('"')
    )
    assert again.status_code == 200


@pytest.mark.parametrize(("method", "path"), [("patch", ""), ("delete", ""), ("post", "move/")])
def test_who_does_not_say_what_they_have_read_changes_nothing(
    program: Program, method: str, path: str
) -> None:
    block = program.section("welcome")["blocks"][0]
    data = {"text": "New.", "section": "after"}
    answer = program.ask(method, f"blocks/{block['id']}/{path}", data)
    assert answer.status_code == 428
    assert "If-Match" in answer.json()["detail"]
    assert program.section("welcome")["blocks"] == [block]


def test_what_was_changed_since_is_neither_taken_out_nor_moved(program: Program) -> None:
    block = program.section("welcome")["blocks"][0]
    row = Block.objects.get(pk=block["id"])
    draft_edits.edit_block(row, row.revision, {"text": "Newer."})
    for method, path in (("delete", ""), ("post", "move/")):
        answer = program.ask(method, f"blocks/{row.pk}/{path}", {"section": "after"}, seen=block["revision"])
        assert (answer.status_code, answer.json()["theirs"]["text"]) == (412, "Newer.")
    assert Block.objects.get(pk=row.pk).section.kind == "welcome"


def test_a_block_is_moved_and_taken_out(program: Program) -> None:
    first, second = program.section("filmmaker")["blocks"]
    moved = program.ask(
        "post",
        f"blocks/{second['id']}/move/",
        {"section": "filmmaker", "before": first["id"]},
        seen=second["revision"],
    )
    assert moved.status_code == 200
    assert [one["id"] for one in program.section("filmmaker")["blocks"]] == [second["id"], first["id"]]
    gone = program.ask("delete", f"blocks/{first['id']}/", seen=first["revision"])
    assert gone.status_code == 204
    answer = program.ask("patch", f"blocks/{first['id']}/", {"text": "Still typing"}, seen=first["revision"])
    assert (answer.status_code, answer.json()["yours"]) == (410, {"text": "Still typing"})


def test_a_quotes_words_are_not_changed_here(program: Program) -> None:
    block = program.section("filmmaker")["blocks"][0]
    answer = program.ask("patch", f"blocks/{block['id']}/", {"excerpt": "x"}, seen=block["revision"])
    assert answer.status_code == 409


def test_a_section_keeps_its_heading_by_revision_and_goes_when_it_is_empty(program: Program) -> None:
    section = program.section("welcome")
    answer = program.ask("patch", "sections/welcome/", {"heading": "Come in"}, seen=section["revision"])
    assert answer.json()["heading"] == "Come in"
    late = program.ask("patch", "sections/welcome/", {"heading": "Enter"}, seen=section["revision"])
    assert (late.status_code, late.json()["theirs"]["heading"]) == (412, "Come in")
    assert program.ask("delete", "sections/welcome/").status_code == 409
    (block,) = program.section("welcome")["blocks"]
    program.ask("delete", f"blocks/{block['id']}/", seen=block["revision"])
    assert program.ask("delete", "sections/welcome/").status_code == 204
    assert program.ask("get", "sections/welcome/").status_code == 404


def test_sent_again_after_a_lost_answer_it_is_added_once(program: Program) -> None:
    etag = program.ask("get")["ETag"].strip('"')
    facts = {"kind": "text", "text": "Once."}
    answers = [program.ask("post", "sections/welcome/blocks/", facts, seen=etag) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 412]
    assert [one["text"] for one in program.section("welcome")["blocks"]].count("Once.") == 1


# --- publishing ------------------------------------------------------------------------------------------


def test_published_twice_it_is_one_version(program: Program, guide: Guide, editor: Person) -> None:
    answers = [program.ask("post", "publish/", {"changelog": "First."}) for _ in range(2)]
    assert [answer.json()["is_new"] for answer in answers] == [True, False]
    assert {answer.json()["version"] for answer in answers} == {1}
    assert answers[0].json()["address"].endswith(f"/g/{guide.code}/v1/")
    version = guide.versions.get()
    assert (version.published_by, version.changelog) == (editor, "First.")


def test_only_what_was_read_goes_out(program: Program, guide: Guide) -> None:
    etag = program.ask("get")["ETag"].strip('"')
    row = Block.objects.filter(section__guide=guide, kind="text").first()
    assert row
    draft_edits.edit_block(row, row.revision, {"text": "Not for the public yet."})
    assert program.ask("post", "publish/", {}, seen=etag).status_code == 412
    assert not guide.versions.exists()


def test_what_is_in_the_way_is_said_in_sentences(program: Program, guide: Guide) -> None:
    Interview.objects.update(right="")
    answer = program.ask("post", "publish/", {})
    assert answer.status_code == 422
    assert all("has no right to be quoted" in reason for reason in answer.json()["in_the_way"])
    assert not guide.versions.exists()
    assert program.draft()["in_the_way"] == answer.json()["in_the_way"]


def test_a_quote_withdrawn_meanwhile_is_in_the_way(program: Program) -> None:
    excerpt = Excerpt.objects.filter(exact__startswith="People").get()
    excerpts.withdraw(excerpt, reason="asked for", now=timezone.now())
    assert any("was withdrawn" in reason for reason in program.draft()["in_the_way"])
    refused = program.ask(
        "post", "sections/welcome/blocks/", {"kind": "excerpt", "excerpt": str(excerpt.uuid)}
    )
    assert refused.status_code == 422


def test_the_openapi_document_says_that_a_token_is_needed(client: Client) -> None:
    document = client.get("/api/schema/", headers={"Accept": "application/vnd.oai.openapi+json"}).json()
    publish = document["paths"]["/api/drafts/{code}/publish/"]["post"]
    assert publish["security"] == [{"guides_token": []}]
    assert {"200", "412", "422"} <= set(publish["responses"])
    scheme = document["components"]["securitySchemes"]["guides_token"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    assert document["components"]["schemas"]["Block"]["discriminator"]["propertyName"] == "kind"


# --- one's tokens ----------------------------------------------------------------------------------------


def test_a_token_is_shown_once_and_kept_as_a_hash(client: Client, editor: Person, guide: Guide) -> None:
    client.force_login(editor, backend="accounts.backend.CodeOrPasskeyBackend")
    made = client.post("/manage/guides/tokens/", {"name": "Night script"})
    token = made.context["token"]
    assert token in made.content.decode()
    assert Program(guide, token).ask("get").status_code == 200
    page = client.get("/manage/guides/tokens/").content.decode()
    assert token not in page
    assert GuideToken.objects.get().mask in page
    assert "last used" in page
    assert token not in str(list(GuideToken.objects.values()))


def test_nobody_revokes_the_token_of_another(client: Client, editor: Person, guide: Guide) -> None:
    row, token = make_token_for(editor, "Ours")
    client.force_login(make_person(STRANGER), backend="accounts.backend.CodeOrPasskeyBackend")
    assert client.post(f"/manage/guides/tokens/{row.pk}/revoke/").status_code == 404
    assert Program(guide, token).ask("get").status_code == 200
    client.force_login(editor, backend="accounts.backend.CodeOrPasskeyBackend")
    assert client.post(f"/manage/guides/tokens/{row.pk}/revoke/").status_code == 302
    assert Program(guide, token).ask("get").status_code == 401


def test_who_has_enough_tokens_is_told_to_revoke_one(editor: Person) -> None:
    for number in range(MOST):
        make_token_for(editor, f"Script {number}")
    with pytest.raises(TooManyTokens, match="Revoke one"):
        make_token_for(editor, "One more")
    revoke_token(editor, GuideToken.objects.earliest("pk").pk, timezone.now())
    make_token_for(editor, "One more")


def test_a_person_reads_of_their_tokens_in_what_we_keep(client: Client, editor: Person) -> None:
    _, token = make_token_for(editor, "Night script")
    client.force_login(editor, backend="accounts.backend.CodeOrPasskeyBackend")
    kept = client.get("/you/kept.json").json()
    assert kept["guide_tokens"][0]["Name"] == "Night script"
    assert token not in str(kept)
