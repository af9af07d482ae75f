"""One film, one record: creating a film and finding it by what people call it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from common.slugs import fold, free_slug

from .models import Film, FilmAlias, FilmCredit


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
    film = Film.objects.create(title=title, slug=free_slug(title, Film), **facts)
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
