"""The reader of the pasted week: whole listings, doubts and their answers, bad input, speed."""

import time
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screenings import week_text
from tests.screenings.listings import Listing, meant, scheduled
from tests.screenings.listings_fifth import FIFTH
from tests.screenings.listings_first import FIRST
from tests.screenings.listings_fourth import FOURTH
from tests.screenings.listings_second import SECOND
from tests.screenings.listings_seventh import SEVENTH
from tests.screenings.listings_sixth import SIXTH
from tests.screenings.listings_third import THIRD

WEEK = date(2012, 8, 3)
FILMS = [week_text.KnownFilm("Amour", 127), week_text.KnownFilm("Ida", 82)]


def read(text: str, answers: dict[str, str] | None = None, **more: object) -> week_text.WeekReading:
    given = {"zone": "America/New_York", "locale": "en-US", "week_starting": WEEK, "films": FILMS, **more}
    return week_text.read(text, answers=answers or {}, **given)  # type: ignore[arg-type]


def starts(reading: week_text.WeekReading, film: str = "Amour") -> set[datetime]:
    return {s.starts_local for s in reading.showings if s.film == film}


def means(meaning: str) -> set[datetime]:
    return set(meant(meaning, WEEK))


@pytest.mark.parametrize(
    "listing", [*FIRST, *SECOND, *THIRD, *FOURTH, *FIFTH, *SIXTH, *SEVENTH], ids=lambda listing: listing.name
)
def test_a_theaters_own_week_is_read(listing: Listing) -> None:
    reading = listing.read()
    assert scheduled(reading) == listing.expected()
    flagged = [doubt.text for doubt in reading.doubts]
    for flag in listing.flags:
        assert any(flag in text or text in flag for text in flagged), (flag, flagged)
    blameless = (*listing.flags, *listing.may_flag)
    assert [t for t in flagged if not any(t in b or b in t for b in blameless)] == []


class TestAnswers:
    """A doubt that is answered is scheduled as answered and no longer asked."""

    def settle(self, text: str, reason: str, value: str, **more: object) -> week_text.WeekReading:
        (doubt,) = [d for d in read(text, **more).doubts if d.reason == reason]
        reading = read(text, {doubt.key: value}, **more)
        assert doubt.key not in {d.key for d in reading.doubts}
        return reading

    def test_morning_or_night(self) -> None:
        assert starts(self.settle("AMOUR Sun 10:30", "am_or_pm", "pm")) == means("Sun 22:30")
        assert starts(self.settle("AMOUR Sun 10:30", "am_or_pm", "am")) == means("Sun 10:30")

    def test_the_night_before_or_after(self) -> None:
        assert starts(self.settle("AMOUR Sat 12:15 am", "which_night", "before")) == means("Sat 0:15")
        assert starts(self.settle("AMOUR Sat 12:15 am", "which_night", "after")) == means("Sat 24:15")

    def test_weekday_or_date(self) -> None:
        text = "AMOUR Wed 8/9 7:00"
        (doubt,) = read(text).doubts
        assert [c.value for c in doubt.choices] == ["2012-08-08", "2012-08-09", "skip"]
        assert starts(read(text, {doubt.key: "2012-08-09"})) == means("Thu 19:00")

    def test_a_range_over_the_edge_takes_any_dates(self) -> None:
        reading = self.settle("AMOUR Wed-Sat 7:00", "range_over_edge", "2012-08-08,2012-08-09")
        assert starts(reading) == means("Wed,Thu 19:00")

    def test_a_weekend_with_or_without_friday(self) -> None:
        (doubt,) = read("AMOUR Weekend 2:00").doubts
        assert [c.value for c in doubt.choices[:2]] == [
            "2012-08-04,2012-08-05",
            "2012-08-03,2012-08-04,2012-08-05",
        ]
        assert starts(read("AMOUR Weekend 2:00", {doubt.key: doubt.choices[1].value})) == means(
            "Fri-Sun 14:00"
        )

    def test_an_unknown_film_is_another_name(self) -> None:
        reading = self.settle("AMOUR Fri 7:00\nLOVE Sat 5:00", "unknown_film", "alias:Amour")
        assert starts(reading) == means("Fri 19:00; Sat 17:00")

    def test_an_unknown_film_is_new(self) -> None:
        reading = self.settle("AMOUR Fri 7:00\nTHE ROVER\nSat 5:00", "unknown_film", "create:The Rover")
        assert starts(reading) == means("Fri 19:00")
        assert starts(reading, "The Rover") == means("Sat 17:00")

    def test_a_missing_hour(self) -> None:
        assert starts(self.settle("AMOUR Fri TBA", "no_time", "19:00,21:30")) == means("Fri 19:00 21:30")

    def test_one_of_two_times(self) -> None:
        assert starts(self.settle("AMOUR Fri 5:10 or 5:25", "either_time", "17:25")) == means("Fri 17:25")

    def test_an_impossible_time(self) -> None:
        assert starts(self.settle("AMOUR Fri 9:75", "impossible_time", "21:45")) == means("Fri 21:45")

    def test_times_without_a_film(self) -> None:
        assert starts(self.settle("Fri 7:00 9:00", "no_film", "alias:Ida"), "Ida") == means("Fri 19:00 21:00")

    def test_an_hour_that_the_clocks_skip_can_be_moved(self) -> None:
        text = "AMOUR Sat 9:00 pm, 2:30 am"
        reading = self.settle(text, "clocks_skip", "2013-03-10T03:30", week_starting=date(2013, 3, 8))
        assert datetime(2013, 3, 10, 3, 30) in starts(reading)

    @pytest.mark.parametrize(("answer", "fold"), [("first", 0), ("second", 1)])
    def test_an_hour_that_happens_twice(self, answer: str, fold: int) -> None:
        text, week = "AMOUR Sat 9:00 pm, 1:30 am", date(2012, 11, 2)
        unsure = read(text, week_starting=week).showings[-1]
        assert unsure.fold_ambiguous
        assert unsure.night == date(2012, 11, 3)
        sure = self.settle(text, "clocks_repeat", answer, week_starting=week).showings[-1]
        assert (sure.fold_ambiguous, sure.fold) == (False, fold)

    def test_the_only_times_or_the_ones_that_are_off(self) -> None:
        text = "AMOUR Nightly 7 & 9 except Sun 9"
        assert means("Sun 21:00") <= starts(self.settle(text, "only_or_off", "only"))
        assert starts(self.settle(text, "only_or_off", "off")) == means(
            "Fri,Sat,Mon-Thu 19:00 21:00; Sun 19:00"
        )

    def test_only_or_also(self) -> None:
        text = "AMOUR Daily 4:00 7:00. Sun 2:00 only."
        assert not means("Sun 19:00") & starts(read(text))
        assert means("Sun 14:00 16:00 19:00") <= starts(self.settle(text, "only_or_also", "also"))

    @pytest.mark.parametrize(
        "text",
        [
            "AMOUR Sun 10:30",
            "Fri 7:00",
            "LOVE Sat 5:00",
            "AMOUR Fri 8/9 7:00",
            "AMOUR Fri TBA",
            "AMOUR Fri 9:75",
        ],
    )
    def test_every_doubt_can_be_left_out(self, text: str) -> None:
        reading = read(text)
        assert reading.doubts
        settled = read(text, {d.key: week_text.SKIP for d in reading.doubts})
        assert not settled.doubts
        assert not settled.showings

    def test_an_answer_that_is_no_choice_settles_nothing(self) -> None:
        (doubt,) = read("AMOUR Sun 10:30").doubts
        assert read("AMOUR Sun 10:30", {doubt.key: "noonish"}).doubts == (doubt,)

    def test_equal_lines_are_separate_doubts_with_lasting_keys(self) -> None:
        text = "AMOUR Sun 10:30\nIDA Fri 5:00\nAMOUR Sun 10:30"
        keys = [d.key for d in read(text).doubts]
        assert len(set(keys)) == 2
        assert keys == [d.key for d in read(text).doubts]


class TestSpans:
    """Spans are code points of the text as pasted."""

    def test_a_doubt_points_at_the_pasted_characters(self) -> None:
        text = "<b>Amour</b> &amp; more<br>Fri&nbsp;7:00, Sun&nbsp;10:30"
        (doubt,) = read(text).doubts
        assert text[doubt.start : doubt.end] == doubt.text == "Sun&nbsp;10:30"

    def test_a_showing_points_at_its_time(self) -> None:
        text = "🎬 AMOUR — Fri 7:00"
        (showing,) = read(text).showings
        assert text[slice(*showing.span)] == "7:00"

    def test_no_doubt_runs_over_a_line_break(self) -> None:
        for listing in (*FIRST, *SECOND):
            assert not any("\n" in d.text for d in listing.read().doubts)


class TestBadInput:
    def test_ten_megabytes_are_refused_at_once(self) -> None:
        before = time.perf_counter()
        with pytest.raises(week_text.TooMuchText, match="paste only the showtimes"):
            read("AMOUR Fri 7:00\n" * 700_000)
        assert time.perf_counter() - before < 0.5

    @pytest.mark.parametrize(
        "text",
        [
            "",
            " \n\t\n",
            ";;;;",
            "asdf qwerty",
            "(((((",
            "\x00\x01",
            "\ud800",
            "&#xFFFFFF;&bogus;",
            "7",
            "Fri",
            "Amour",
        ],
    )
    def test_nothing_is_made_of_nothing(self, text: str) -> None:
        assert read(text).showings == ()

    @settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        text=st.lists(
            st.one_of(
                st.sampled_from(
                    [
                        "AMOUR",
                        "Ida",
                        "Fri",
                        "Sat-Sun",
                        "7:00",
                        "9:15",
                        "(",
                        ")",
                        ",",
                        ";",
                        ".",
                        "/",
                        "-",
                        "&",
                        "and",
                        "except",
                        "no",
                        "only",
                        "daily",
                        "8/8",
                        "31.8.",
                        "20h30",
                        "10:30",
                        "am",
                        "pm",
                        "midnight",
                        "TBA",
                        "closed",
                        "opens",
                        "through",
                        "late",
                        "weekend",
                        "or",
                        "*",
                        "[OC]",
                        "3D",
                        "35mm",
                        "Q&A",
                        "|",
                        "\n",
                        "\t",
                        "Aug",
                        "3",
                        "12",
                        "2012-08-04",
                        "99:99",
                        "before",
                        "$7",
                        "from",
                        "thru",
                    ]
                ),
                st.text(max_size=6),
            ),
            max_size=40,
        ).map(" ".join),
        locale=st.sampled_from(["en-US", "en-GB", "fr-FR", "de-DE", "es-ES", "xx"]),
    )
    def test_any_text_is_read_without_an_error(self, text: str, locale: str) -> None:
        reading = read(text, locale=locale)
        for doubt in reading.doubts:
            assert text[doubt.start : doubt.end] == doubt.text

    @pytest.mark.parametrize(
        "piece",
        ["7:00 ", "a", "1", "(", "((Fri ", "Fri, ", "Fri-", "a.", "12.", "1:", "Amour ", "AMOUR Fri 7:00\n", "\t", "|", "7/", "Sat or ", "Xxxx ",
         "Fri 10:30\n", "except Fri ", "no 7:00 Fri ", "0 ", "- ", "@a", "www.", "<a", "&amp", "Tue (", "The Rover Fri 9:20\n", "8/9 7:00, "],
    )  # fmt: skip
    def test_time_grows_no_faster_than_the_text(self, piece: str) -> None:
        def seconds(length: int) -> float:
            text = (piece * (length // len(piece) + 1))[:length]
            before = time.process_time()
            read(text)
            return time.process_time() - before

        # The best of several: what else the machine does is not the reader's.
        assert any(seconds(32_000) < 8 * 4 * max(seconds(4_000), 0.02) for _ in range(4))


def test_two_hundred_showings_are_read_in_a_blink() -> None:
    films = [week_text.KnownFilm(f"The Film Number {n} Story") for n in range(10)]
    text = "\n\n".join(
        f"{f.title.upper()} (PG-13) {90 + n} min\nFri-Sun 1:{n}5 4:{n}5 7:{n}5\nMon-Thu 4:{n}5 7:{n}5 9:{n}5 (OC Tue)"
        for n, f in enumerate(films[:6])
    )
    text += "\n" + "\n".join(f"{f.title} Daily 2:10 5:20 7:40 9:50" for f in films[6:])
    assert len(read(text, films=films).showings) > 200
    best = min(_seconds(text, films) for _ in range(5))
    assert best < 0.15


def _seconds(text: str, films: list[week_text.KnownFilm]) -> float:
    before = time.process_time()
    read(text, films=films)
    return time.process_time() - before
