"""What a viewer reads of subtitles: WebVTT (W3C) and SubRip cues, their times and voices."""

import html
import re

from interviews.text_map import TextBuilder, VisibleText

_TIMING = re.compile(
    r"^[ \t]*(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{1,3})[ \t]*-->[ \t]*(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
)
_TAG = re.compile(r"<(/?)([A-Za-z0-9:.]*)([^<>]*)>|\{\\[^{}]*\}|&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]+);")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_PAUSE = 2.0


def is_timing(line: str) -> bool:
    """Whether the line says when a cue begins and ends."""
    return _TIMING.match(line) is not None


def render_cues(source: str, format: str) -> VisibleText:
    """The spoken text of a VTT or SRT file: one line a cue line, an empty line after a pause of two seconds, each cue
    marked with its voice where the file names one. Cues with broken times are passed over, never raised upon."""
    builder = TextBuilder()
    speaking, ended, voice = False, 0.0, ""
    for start, line in _lines(source):
        timing = _TIMING.match(line)
        if timing:
            begins = _seconds(timing.groups()[:4])
            builder.ask_break("\n\n" if begins - ended > _PAUSE else "\n")
            speaking, ended, voice = True, _seconds(timing.groups()[4:]), ""
        elif not line.strip():
            speaking = False
        elif speaking:
            voice = _add_payload(builder, line, start, voice)
    return builder.build(format)


def _lines(source: str) -> list[tuple[int, str]]:
    return [
        (found.start(), found.group().rstrip("\r\n")) for found in _LINE.finditer(source) if found.group()
    ]


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}")


def _add_payload(builder: TextBuilder, line: str, start: int, voice: str) -> str:
    """Adds a line of a cue, which begins in the given voice; gives the voice it ends in (a cue's voice lasts over its
    lines)."""
    builder.ask_break("\n")
    spoken_from = builder.next_position()
    at = 0
    for tag in [*_TAG.finditer(line), None]:
        _add_plain(builder, line[at : tag.start() if tag else len(line)], start + at)
        if tag is None:
            break
        at = tag.end()
        if tag.group().startswith("&"):
            builder.add(html.unescape(tag.group())[:1], start + tag.start(), start + tag.end())
        elif (tag.group(2) or "").split(".")[0].lower() == "v":
            builder.mark(spoken_from, "voice", voice)
            voice, spoken_from = ("" if tag.group(1) else tag.group(3).strip()), builder.next_position()
    builder.mark(spoken_from, "voice", voice)
    return voice


def _add_plain(builder: TextBuilder, text: str, start: int) -> None:
    if builder.at_line_start():
        start += len(text) - len(text.lstrip())
        text = text.lstrip()
    if text:
        builder.add(text, start)
