"""Which film a system means: by our name for it (its slug), or by its title as the reader of weeks finds it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from common.slugs import fold

from ..films import create_film, find_film, likenesses
from ..models import Film, FormerFilmAddress, Theater
from ..week.titles import FilmIndex
from ..week.vocabulary import vocabulary_for
from ..week_drafts import films_of, known
from .row_reading import FilmAnswer


class FilmMatcher:
    """Finds the films of one set. Each slug and title is looked up once; films said to be `new` are named by title."""

    def __init__(self, theater: Theater, today: dt.date, new: Sequence[Mapping[str, Any]] = ()) -> None:
        self.theater, self.today = theater, today
        self.new = {fold(film["title"]): str(film["title"]) for film in new}
        self.answers: dict[tuple[str, str], FilmAnswer] = {}
        self._index: tuple[FilmIndex, dict[str, int]] | None = None

    def find(self, slug: str, title: str) -> FilmAnswer:
        """The film of this slug, or else of this title; else why it is none, with titles that come near."""
        key = (slug, "" if slug else title)
        if key not in self.answers:
            self.answers[key] = self._by_slug(slug) if slug else self._by_title(title)
        return self.answers[key]

    def _by_slug(self, slug: str) -> FilmAnswer:
        film = Film.objects.filter(slug=slug).first() or _by_former_address(slug)
        if film:
            return FilmAnswer(film.pk)
        near = self._near(slug.replace("-", " "), slugs=True)
        return FilmAnswer(None, "film-unknown", f"We have no film under “{slug}”.", near)

    def _by_title(self, title: str) -> FilmAnswer:
        """The title itself, whoever shows it; a film that the set says is new; then a short or misspelt title of
        one film, and only one, that this theater may mean."""
        film = find_film(title)
        if film:
            return FilmAnswer(film.pk)
        if fold(title) in self.new:
            return FilmAnswer(self.new[fold(title)])
        index, ids = self._films_here()
        found = index.match(title)
        if len(found) == 1:
            return FilmAnswer(ids[found[0].title])
        if found:
            titles = tuple(film.title for film in found)
            return FilmAnswer(
                None, "film-unclear", f"“{title}” could be more than one of your films.", titles
            )
        detail = (
            f"We know no film “{title}”. Send a title that we know, or say that it is new in `new_films`."
        )
        return FilmAnswer(None, "film-unknown", detail, self._near(title))

    def _films_here(self) -> tuple[FilmIndex, dict[str, int]]:
        if self._index is None:
            films = films_of(self.theater, self.today)
            index = FilmIndex(known(films), vocabulary_for(self.theater.locale))
            self._index = index, {film.title: film.pk for film in films}
        return self._index

    @staticmethod
    def _near(title: str, slugs: bool = False) -> tuple[str, ...]:
        films = likenesses([title]).get(title, []) if title else []
        return tuple(film.slug if slugs else film.title for film in films)


def _by_former_address(slug: str) -> Film | None:
    former = FormerFilmAddress.objects.select_related("film").filter(slug=slug).first()
    return former.film if former else None


def create_films(new: Sequence[Mapping[str, Any]], titles: set[str]) -> dict[str, int]:
    """Make the films of these titles out of what the set says of them: title → the film's id."""
    made: dict[str, int] = {}
    for facts in new:
        title = facts["title"]
        if title in titles:
            film = find_film(title) or create_film(
                title,
                director=facts.get("director", ""),
                year=facts.get("year"),
                running_minutes=facts.get("running_minutes"),
            )
            made[title] = film.pk
    return made
