"""A device in words, “Firefox on Android”: all that is kept of the browser's User-Agent header."""

from __future__ import annotations

# In the order of asking: most browsers also claim to be the ones they descend from.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Opera", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Samsung Internet", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("ChromeOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Mac", "Mac"),
    ("Linux", "Linux"),
)


def _first(marks: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in marks if mark in user_agent), "")


def describe_device(user_agent: str) -> str:
    """“Chrome on Mac”, as well as the header tells; “A browser” where it tells nothing.

    Describing a description gives the same words again.
    """
    system = _first(SYSTEMS, user_agent)
    browser = _first(BROWSERS, user_agent.replace("ChromeOS", "")) or "A browser"
    return f"{browser} on {system}" if system else browser
