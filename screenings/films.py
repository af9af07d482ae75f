"""One film, one record: creating a film and finding it by what people call it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from rapidfuzz import fuzz, process

from common.slugs import fold, free_slug

from .models import Film, FilmAlias, FilmCredit, FormerFilmAddress

# rapidfuzz's WRatio (0 to 100) from which a title may be another's misspelling or short form.
LIKE_ENOUGH = 72
MOST_TITLES = 20


@transaction.atomic
def create_film(
    title: str,
    *,
    director: str = "",
    aliases: Iterable[str] = (),
    **facts: object,
) -> Film:
    """A film under a free slug, known by its title and by `aliases`.

    `facts` are further columns of `Film` (year, running_minutes, languages, synopsis, content_notes, website).
    """
    film = Film.objects.create(title=title, slug=free_slug(title, Film, FormerFilmAddress), **facts)
    for name in filter(None, (part.strip() for part in director.split(","))):
        credit(film, name)
    for alias in (title, *aliases):
        call_it(film, alias)
    return film


def credit(film: Film, name: str, role: str = "director") -> FilmCredit:
    """Name a person of the film, after those named before; the same name in the same role is one credit."""
    line, _ = FilmCredit.objects.get_or_create(
        film=film, name=name, role=role, defaults={"position": film.credits.count()}
    )
    return line


def call_it(film: Film, title: str) -> FilmAlias:
    """Let `title` mean `film` too. A title that means another film already keeps its meaning."""
    alias, _ = FilmAlias.objects.get_or_create(
        folded=fold(title)[:200], defaults={"film": film, "title": title}
    )
    return alias


def find_film(title: str) -> Film | None:
    """The film that `title` means, whatever its case, accents and punctuation; None where it means none."""
    alias = FilmAlias.objects.select_related("film").filter(folded=fold(title)[:200]).first()
    return alias.film if alias else None


def forget_title(film: Film, alias: FilmAlias) -> bool:
    """Let an alias mean this film no more; False for the film's own title, which always does."""
    if alias.folded == fold(film.title)[:200]:
        return False
    alias.delete()
    return True


def likenesses(titles: Iterable[str], limit: int = 4) -> dict[str, list[Film]]:
    """For each title the films, likest first, of which one of the titles resembles it. Two queries.

    Asked for at most MOST_TITLES: a week does not have more films that nobody knows.
    """
    aliases = dict(FilmAlias.objects.values_list("folded", "film_id"))
    names = list(aliases)
    near: dict[str, list[int]] = {}
    for title in list(dict.fromkeys(titles))[:MOST_TITLES]:
        found = process.extract(
            fold(title)[:200], names, scorer=fuzz.WRatio, limit=3 * limit, score_cutoff=LIKE_ENOUGH
        )
        near[title] = list(dict.fromkeys(aliases[name] for name, _, _ in found))[:limit]
    films = Film.objects.in_bulk({pk for ids in near.values() for pk in ids})
    return {title: [films[pk] for pk in ids] for title, ids in near.items()}
