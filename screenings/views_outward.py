"""What goes out of the house: calendars, feeds, sitemaps, pictures of links, posters, and the page that stands on a
theater's own site."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from common.public_pages import cacheable_page, public_page, tagged

from .calendar_file import calendar_feed
from .listings import share_card
from .listings.atom import write_atom
from .listings.feeds import Subject, feed_of
from .listings.sitemap import write_index, write_map
from .listings.theater_page import theater_page
from .models import City, Film, FilmStill, FormerFilmAddress, Screening, Theater
from .poster import poster_of_screening, poster_of_theater
from .published import published_screening

PAPERS = ("a4", "letter")
A_YEAR = 365 * 24 * 3600

Finder = Callable[[str], Subject]


def find_city(slug: str) -> City:
    return get_object_or_404(City, slug=slug)


def find_theater(slug: str) -> Theater:
    return get_object_or_404(Theater.objects.select_related("city"), slug=slug)


def find_film(slug: str) -> Film:
    """The film of an address, also of one that it had before: a calendar that subscribed to it goes on."""
    found = Film.objects.filter(slug=slug).first()
    return found or get_object_or_404(FormerFilmAddress.objects.select_related("film"), slug=slug).film


def _calendar(find: Finder) -> Callable[[HttpRequest, str], HttpResponse]:
    @cacheable_page
    def calendar(request: HttpRequest, slug: str) -> HttpResponse:
        now = timezone.now()
        feed = feed_of(find(slug), now)
        written = calendar_feed(feed.name, feed.screenings)
        return tagged(HttpResponse(written, content_type="text/calendar; charset=utf-8"), feed.tags, now)

    return calendar


def _atom(find: Finder) -> Callable[[HttpRequest, str], HttpResponse]:
    @cacheable_page
    def atom(request: HttpRequest, slug: str) -> HttpResponse:
        now = timezone.now()
        feed = feed_of(find(slug), now, newest=True)
        written = write_atom(feed, settings.BASE_URL + request.path)
        return tagged(
            HttpResponse(written, content_type="application/atom+xml; charset=utf-8"), feed.tags, now
        )

    return atom


city_calendar, city_atom = _calendar(find_city), _atom(find_city)
theater_calendar, theater_atom = _calendar(find_theater), _atom(find_theater)
film_calendar, film_atom = _calendar(find_film), _atom(find_film)


@public_page
def sitemap_index(request: HttpRequest) -> HttpResponse:
    return HttpResponse(write_index(timezone.now()), content_type="application/xml")


@public_page
def sitemap(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    written = write_map(kind, number, timezone.now())
    if written is None:
        raise Http404("No such map.")
    return HttpResponse(written, content_type="application/xml")


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """What searchers are asked (RFC 9309): private links are nobody's but their owner's, and there is the sitemap."""
    closed = "".join(
        f"Disallow: {path}\n" for path in ("/mine/", "/rsvp/", "/follows/", "/manage/", "/staff/")
    )
    written = f"User-agent: *\n{closed}\nSitemap: {settings.BASE_URL}{reverse('sitemap_index')}\n"
    return HttpResponse(written, content_type="text/plain; charset=utf-8")


def _picture(card: share_card.ShareCard) -> HttpResponse:
    return HttpResponse(share_card.draw(card), content_type="image/png")


@cacheable_page
def screening_card(request: HttpRequest, code: str) -> HttpResponse:
    return _picture(share_card.card_of_screening(published_screening(code)))


@cacheable_page
def film_card(request: HttpRequest, slug: str) -> HttpResponse:
    return _picture(share_card.card_of_film(find_film(slug), timezone.now()))


@cacheable_page
def city_card(request: HttpRequest, slug: str) -> HttpResponse:
    city, now = find_city(slug), timezone.now()
    titles = share_card.titles_on(now, engagement__theater__city=city)
    return _picture(share_card.card_of_city(city, titles, now))


@cacheable_page
def theater_card(request: HttpRequest, slug: str) -> HttpResponse:
    theater, now = find_theater(slug), timezone.now()
    titles = share_card.titles_on(now, engagement__theater=theater)
    return _picture(share_card.card_of_theater(theater, titles, now))


@login_not_required
@require_safe
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def film_still(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The film's picture. Its address names its bytes: it never changes."""
    still = get_object_or_404(FilmStill, film__slug=slug, name=name)
    return HttpResponse(bytes(still.image), content_type="image/webp")


def _paper(name: str) -> str:
    if name not in PAPERS:
        raise Http404("No such paper.")
    return name


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@public_page
def screening_poster(request: HttpRequest, code: str, paper: str) -> HttpResponse:
    found: Screening = published_screening(code)
    return _pdf(poster_of_screening(found, _paper(paper)), f"poster-{found.code}-{paper}")


@public_page
def theater_poster(request: HttpRequest, slug: str, paper: str) -> HttpResponse:
    theater = find_theater(slug)
    return _pdf(poster_of_theater(theater, _paper(paper)), f"poster-{theater.slug}-{paper}")


@cacheable_page  # type: ignore[arg-type]
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]
def theater_embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The theater's week for its own site: the one page that others may frame. It sets no cookie, runs no script and
    takes nothing; its links open beside the theater's page."""
    theater, now = find_theater(slug), timezone.now()
    page = theater_page(theater, now)
    context = {"theater": theater, "page": page, "host": urlsplit(settings.BASE_URL).netloc}
    return tagged(render(request, "screenings/embed.html", context), page.tags, now)
