"""Names that a room gives: two words, made by us, pleasant to be called and in print. And names that people choose."""

from __future__ import annotations

import random
from collections.abc import Iterator

from .models.phones import fold_name
from .sent_words import MOST_NAME, CannotSend, clean

# No colour that is a skin's, no animal that is an insult anywhere we know of, no word with a number in it.
_FIRST_WORDS = """
Amber Autumn Brisk Bright Calm Candid Cedar Clear Cobalt Copper Coral Dusky Early Easy Eager Evening Fair Fern Gentle
Glad Golden Granite Harbor Hazel Hidden Honest Indigo Ivory Jade Keen Kind Late Lilac Linen Lively Lucky Lunar Maple
Mellow Merry Mild Misty Morning Mossy Nimble Northern Olive Open Patient Pearl Plain Plum Polar Quick Quiet Rainy Ready
River Rosy Rustic Saffron Sandy Scarlet Silver Slow Snowy Solar Spring Steady Still Stormy Summer Sunny Tidal Timber
Velvet Violet Warm Western Wild Windy Winter
"""
_SECOND_WORDS = """
Acorn Anchor Arcade Atlas Balcony Banjo Beacon Bell Birch Bridge Button Cactus Canvas Cello Chorus Cinema Clover Comet
Compass Curtain Daisy Drum Echo Ember Falcon Feather Ferry Fiddle Finch Flute Foyer Garden Gull Hammock Harp Heron
Island Jasmine Kettle Kite Lamp Lantern Lark Ledger Letter Lighthouse Lobby Lute Magnet Mango Matinee Meadow Mirror
Nutmeg Oak Orchard Otter Paper Parade Pebble Pencil Petrel Piano Pier Pilot Plover Poplar Poster Prairie Prism
Projector Puffin Quartz Quill Reel Robin Rocket Rowan Sail Saxophone Shutter Sonnet Sparrow Spindle Spruce Starling
Swallow Swift Tambourine Teapot Thimble Thrush Ticket Trumpet Tulip Violin Wagon Walnut Willow Window Wren
"""
_FIRST, _SECOND = _FIRST_WORDS.split(), _SECOND_WORDS.split()
# Nobody in the room is called what those who lead it are called.
_TAKEN = {fold_name(name) for name in (
    "host", "co-host", "cohost", "organizer", "organiser", "moderator", "facilitator", "scribe", "filmmaker", "director",
    "houselights", "admin", "staff", "theater", "theatre", "cinema",
)}  # fmt: skip


def names(chance: random.Random | None = None) -> Iterator[str]:
    """Names to try in turn: about 8,000 of two words, then with a number behind them."""
    chance = chance or random.SystemRandom()
    for _ in range(20):
        yield f"{chance.choice(_FIRST)} {chance.choice(_SECOND)}"
    while True:
        yield f"{chance.choice(_FIRST)} {chance.choice(_SECOND)} {chance.randrange(2, 1000)}"


def clean_name(typed: str) -> str:
    """A name that somebody chose. Raises CannotSend with a sentence where it cannot be one."""
    name = clean(typed, lines=False)
    if not 2 <= len(name) <= MOST_NAME:
        raise CannotSend(f"A name here has 2 to {MOST_NAME} letters. You are still called as before.")
    if not any(letter.isalpha() for letter in name):
        raise CannotSend("A name has a letter in it. You are still called as before.")
    if fold_name(name).removeprefix("the ") in _TAKEN:
        raise CannotSend(
            "That is what those who lead are called. Choose another; you are still called as before."
        )
    return name
