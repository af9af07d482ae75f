"""The words of the demo world, as they stand in the files beside this one."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
INTERVIEWS = FOLDER / "interviews"
GUIDES = ("guide_every_house_in_chalk", "guide_gort_an_tsagairt")

# The film of the finished guide, of tonight's showing and of its room.
FLAGSHIP = "Every House in Chalk"


def read(name: str) -> dict[str, Any]:
    """The tables of `<name>.toml`."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def interview_files() -> list[Path]:
    """The sources, each with a sidecar `.toml` that says where it was published."""
    return sorted(path for path in INTERVIEWS.iterdir() if path.suffix != ".toml")


def facts_of(interview: Path) -> dict[str, Any]:
    """What the sidecar of a source says."""
    return tomllib.loads(interview.with_suffix(".toml").read_text(encoding="utf-8"))
