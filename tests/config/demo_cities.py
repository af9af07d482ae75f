"""The demo's cities from the real gazetteer, and no others."""

from __future__ import annotations

from config.demo import content
from screenings.gazetteer import load, read_places


def load_demo_cities() -> None:
    wanted = {theater["city"] for theater in content.read("theaters")["theater"]}
    wanted.add(content.read("people")["proposal"]["city"])
    load(place for place in read_places() if place.geoname_id in wanted)
