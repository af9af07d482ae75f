"""Commands: an interview in, a look at what would be read, a guide out. Bad input is named and leaves nothing."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as house
from django.core.management import CommandError, call_command
from django.test import Client

from interviews.excerpts import stands, withdraw
from interviews.models import Excerpt, Guide, GuideVersion, Interview, Prompt, Source, Turn
from interviews.visible_text import MAX_BYTES
from screenings.models import Film
from tests.cast import EDITOR, make_person
from tests.factories import make_film
from tests.interviews.zine import HTML, LABELLED, NOW, keep, keep_page

CORPUS = Path(house.BASE_DIR).parent / "shared" / "corpus" / "interviews"


@pytest.fixture
def film(db: None) -> Film:
    return make_film(aliases=["Salt Road"])


@pytest.fixture
def tide(tmp_path: Path) -> Path:
    path = tmp_path / "tide.txt"
    path.write_text(LABELLED, encoding="utf-8")
    return path


def run(name: str, *args: Any, **options: Any) -> str:
    out = StringIO()
    call_command(name, *map(str, args), stdout=out, stderr=out, **options)
    return out.getvalue()


def bring(file: Path, *more: str, film: str = "the-salt-road") -> str:
    facts = ["--publication", "The Tide", "--right", "quotation", "--right-note", "With a question on each."]
    return run("import_interview", file, "--film", film, *facts, *more)


# --- import_interview ------------------------------------------------------------------------------------


def test_an_interview_comes_in_with_one_command(film: Film, tide: Path) -> None:
    said = bring(tide, "--url", "https://tide.example/1", "--date", "2026-05-03")
    source = Source.objects.get()
    assert bytes(source.content) == tide.read_bytes()
    assert (source.filename, source.interview.published_on.isoformat()) == ("tide.txt", "2026-05-03")
    assert (source.interview.film, source.interview.right) == (film, "quotation")
    assert "Kept The Tide" in said
    assert "3 question turns, 3 answer turns" in said


def test_brought_twice_it_is_kept_once_and_says_so(film: Film, tide: Path) -> None:
    bring(tide)
    assert "kept already" in bring(tide)
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\x7fELF" + bytes(4000), "not a text file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "encoding"),
        (b"Milk, bread and two eggs.\n", "no interview"),
        (b"x" * (MAX_BYTES + 1), "20 MB"),
    ],
    ids=["empty", "program", "picture", "no interview", "too large"],
)
def test_a_bad_file_is_named_and_nothing_is_kept(film: Film, tmp_path: Path, data: bytes, why: str) -> None:
    file = tmp_path / "odd.txt"
    file.write_bytes(data)
    with pytest.raises(CommandError) as refused:
        bring(file)
    assert refused.value.returncode == 1
    assert str(file) in str(refused.value)
    assert why in str(refused.value)
    assert "Nothing was kept" in str(refused.value)
    assert not Interview.objects.exists()


def test_fifty_megabytes_are_refused_without_being_read(film: Film, tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as huge:
        huge.truncate(50 * 1024 * 1024)
    with pytest.raises(CommandError, match="50 MB"):
        bring(file)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_old_encodings_come_in(film: Film, tmp_path: Path, encoding: str) -> None:
    text = LABELLED.replace("“", '"').replace("”", '"').replace("–", "-").replace("Ines", "Inés")
    file = tmp_path / "old.txt"
    file.write_bytes(text.encode(encoding))
    bring(file)
    assert Source.objects.get().visible_text == text


def test_a_missing_file_and_a_folder_are_named(film: Film, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no such file"):
        bring(tmp_path / "gone.txt")
    with pytest.raises(CommandError, match="folder"):
        bring(tmp_path)


def test_a_film_that_nobody_knows_is_answered_with_likely_ones(film: Film, tide: Path) -> None:
    with pytest.raises(CommandError, match="the-salt-road"):
        bring(tide, film="the-sall-rode")
    assert not Interview.objects.exists()


def test_a_film_may_be_named_by_any_of_its_titles(film: Film, tide: Path) -> None:
    bring(tide, film="Salt Road")
    assert Interview.objects.get().film == film


# --- parse_interview -------------------------------------------------------------------------------------


def parse(file: Path, *more: str) -> dict[str, Any]:
    return json.loads(run("parse_interview", file, "--json", *more))


def test_parsing_prints_turns_where_they_stand_and_asks_no_database(tide: Path) -> None:
    read = parse(tide)
    assert {"turns", "quotations", "meta", "listings", "unplaced"} <= set(read)
    answers = [turn for turn in read["turns"] if turn["kind"] == "answer"]
    assert [turn["speaker"] for turn in answers] == ["Mara Lindqvist"] * 3
    assert LABELLED[answers[0]["start"] : answers[0]["end"]] == answers[0]["text"]
    assert set(read["meta"]) == {"title", "byline", "publication", "date"}


def test_parsing_takes_the_format_it_is_told(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(HTML, encoding="utf-8")
    words = " ".join(turn["text"] for turn in parse(file, "--format", "html")["turns"])
    assert "landslide & the day after" in words
    assert "<p>" not in words


def test_parsing_in_words_is_for_people(tide: Path) -> None:
    assert "Mara Lindqvist: My grandmother drew it" in run("parse_interview", tide)


def test_parsing_what_is_no_text_says_so(tmp_path: Path) -> None:
    file = tmp_path / "empty.txt"
    file.write_bytes(b"")
    with pytest.raises(CommandError, match=r"empty\.txt: The file is empty") as refused:
        parse(file)
    assert refused.value.returncode == 1


# --- build_guide -----------------------------------------------------------------------------------------

PLAN = """
film = "the-salt-road"
title = "What we carry"
changelog = "First edition."

[quotes.tired]
from = "People will let you look"
to = "seen you tired."

[quotes.pause]
pieces = ["Silence is the only dialogue that nobody has rehearsed.", "a pause is where a person"]
source = "reel & rope"

[quotes.thanked]
words = "hardly anybody is thanked."

[[sections]]
kind = "filmmaker"
heading = "Mara Lindqvist says"
[[sections.blocks]]
excerpt = "pause"
[[sections.blocks]]
excerpt = "tired"

[[sections]]
kind = "welcome"
[[sections.blocks]]
text = "Stay a while."

[[sections]]
kind = "after"
[[sections.blocks]]
prompt = "Whom have you thanked?"
moment = "deepening"
minutes = 10
group_size = 2
if_silent = "Ask for a place."
excerpt = "thanked"
[[sections.blocks]]
action = "Thank one person on the way home."
url = "https://thanks.example/"
"""


@pytest.fixture
def kept(film: Film) -> list[Source]:
    return [keep(film), keep_page(film)]


def build(tmp_path: Path, plan: str = PLAN, *more: str) -> str:
    file = tmp_path / "guide.toml"
    file.write_text(plan, encoding="utf-8")
    return run("build_guide", file, *more)


def test_a_guide_is_built_published_and_offered_from_one_file(
    kept: list[Source], tmp_path: Path, client: Client
) -> None:
    make_person(EDITOR)
    said = build(tmp_path, PLAN, "--by", EDITOR)
    version = GuideVersion.objects.get()
    assert f"version 1, {house.BASE_URL}/g/{version.guide.code}/" in said
    assert (version.guide.owner.email, version.changelog) == (EDITOR, "First edition.")
    html = client.get(f"/g/{version.guide.code}/").content.decode()
    for words in (
        "Mara Lindqvist says",
        "nobody has rehearsed. […] a pause is where a person",
        "hardly anybody is thanked.",
        "Whom have you thanked?",
        "Thank one person on the way home.",
    ):
        assert words in html
    assert all(stands(excerpt, excerpt.source) for excerpt in Excerpt.objects.all())
    assert f"/g/{version.guide.code}/" in client.get("/films/the-salt-road/").content.decode()


def test_the_same_file_again_is_the_same_version(kept: list[Source], tmp_path: Path) -> None:
    build(tmp_path)
    prompt = Prompt.objects.get().uuid
    assert "version 1" in build(tmp_path)
    assert (Guide.objects.count(), Excerpt.objects.count()) == (1, 3)
    assert Prompt.objects.get().uuid == prompt


def test_a_changed_file_is_the_next_version_and_its_prompt_the_same_prompt(
    kept: list[Source], tmp_path: Path
) -> None:
    build(tmp_path)
    prompt = Prompt.objects.get().uuid
    build(tmp_path, PLAN.replace("minutes = 10", "minutes = 15"))
    assert list(GuideVersion.objects.values_list("number", flat=True)) == [2, 1]
    assert (Prompt.objects.get().uuid, Prompt.objects.get().minutes) == (prompt, 15)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("hardly anybody is thanked.", "hardly anyone is thanked.", "there is: “hardly anybody is thanked"),
        ("hardly anybody is thanked.", "something never said", "stands in none of the sources"),
        ("hardly anybody is thanked.", "the", "places"),
        ('to = "seen you tired."', 'to = "on the second day"', "stands nowhere after"),
        ('to = "seen you tired."', "", "Say its “words”"),
        ("reel & rope", "The Nowhere", "no interview from “The Nowhere”"),
        ('excerpt = "thanked"', 'excerpt = "thank"', "no quote is called “thank”"),
        ('kind = "after"', 'kind = "afterwards"', "“afterwards” is no section"),
        ('moment = "deepening"', 'moment = "later"', "the moment is one of"),
        ("minutes = 10", "minuets = 10", "“minuets” means nothing here"),
        ("the-salt-road", "the-pepper-road", "No film is called"),
        ('title = "What we carry"', "", "does not say its “title”"),
        ("[[sections]]", "[[sections", "cannot be read as a guide"),
    ],
)
def test_what_is_wrong_in_the_file_is_said_and_nothing_is_kept(
    kept: list[Source], tmp_path: Path, old: str, new: str, why: str
) -> None:
    assert old in PLAN
    with pytest.raises(CommandError) as refused:
        build(tmp_path, PLAN.replace(old, new))
    assert why in str(refused.value)
    assert "guide.toml" in str(refused.value)
    assert not Guide.objects.exists()
    assert not Excerpt.objects.exists()


def test_withdrawn_words_are_not_quoted_again_by_the_same_file(kept: list[Source], tmp_path: Path) -> None:
    build(tmp_path)
    withdraw(Excerpt.objects.get(exact__contains="thanked"), reason="", now=NOW)
    with pytest.raises(CommandError, match="was withdrawn"):
        build(tmp_path)
    assert GuideVersion.objects.count() == 1


def test_a_guide_may_be_written_as_json(kept: list[Source], tmp_path: Path) -> None:
    file = tmp_path / "guide.json"
    blocks = [{"text": "Stay a while."}]
    plan = {"film": "the-salt-road", "title": "Short", "sections": [{"kind": "welcome", "blocks": blocks}]}
    file.write_text(json.dumps(plan), encoding="utf-8")
    assert "“Short” is published: version 1" in run("build_guide", file)


def test_the_guide_that_the_documentation_shows_can_be_built(kept: list[Source], tmp_path: Path) -> None:
    page = Path(house.BASE_DIR, "docs", "organizers.md").read_text(encoding="utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    assert "“What we carry” is published: version 1" in build(tmp_path, example)


def test_nobody_is_an_owner_by_a_typing_error(kept: list[Source], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Nobody here has the address"):
        build(tmp_path, PLAN, "--by", "nobody@zine.example")


# --- real interviews, where they lie beside the checkout ------------------------------------------------


@pytest.mark.django_db
@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus of interviews beside the checkout")
def test_published_interviews_are_kept_whole_and_can_be_quoted_anywhere(film: Film) -> None:
    files = sorted(CORPUS.glob("*.txt"))
    assert len(files) == 5
    for file in files:
        bring(file)
    assert "kept already" in bring(files[0])
    assert Source.objects.count() == 5
    for source, file in zip(Source.objects.order_by("id"), files, strict=True):
        assert bytes(source.content) == file.read_bytes()
        assert source.visible_text == file.read_bytes().decode()
        spoken = [*source.turns.exclude(kind=Turn.Kind.NARRATION), *source.quotations.all()]
        assert len(spoken) >= 5
        for one in spoken:
            assert 0 <= one.start < one.end <= len(source.visible_text)
            assert source.visible_text[one.start : one.end].strip()
