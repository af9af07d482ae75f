"""Finding: what is on near a position, and cities by their first letters."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common.public_forms import public_form
from common.public_pages import public_page

from .listings.near_page import near_page, read_spot
from .listings.places import LETTERS_NEEDED, find_cities


@public_form
def near(request: HttpRequest) -> HttpResponse:
    """Tonight near a position that comes in the body of a form: it stands in no address, no log and no cache. Without
    one, cities are found by their name."""
    if request.method != "POST":
        return redirect("cities")
    spot = read_spot(request.POST.get("latitude", ""), request.POST.get("longitude", ""))
    if spot is None:
        return render(request, "screenings/near.html", {"page": None}, status=422)
    return render(request, "screenings/near.html", {"page": near_page(spot, timezone.now())})


@public_page
def city_names(request: HttpRequest) -> HttpResponse:
    """Cities for the letters typed so far, as JSON: `[{"name", "place", "on", "url", "slug"}, …]`."""
    typed = request.GET.get("q", "").strip()[:80]
    found = find_cities(typed, timezone.now()) if len(typed) >= LETTERS_NEEDED else ()
    rows = [
        {
            "name": c.name,
            "place": c.place,
            "on": c.on,
            "url": c.url,
            "slug": c.url.strip("/").rpartition("/")[2],
        }
        for c in found[:8]
    ]
    return JsonResponse(rows, safe=False)
