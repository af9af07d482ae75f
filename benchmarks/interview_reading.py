"""How well and how fast interviews are read.

Prints the corpus figures (by the corpus's own scorer, where the corpus lies beside the checkout), the figures of the
invented layouts by name, and the speed. Run it from anywhere: python benchmarks/interview_reading.py
"""

import importlib.util
import json
import sys
import time
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from interviews.transcripts import read  # noqa: E402
from interviews.visible_text import render  # noqa: E402
from tests.interviews.agreement import agreement  # noqa: E402
from tests.interviews.marked_interviews import load_all  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus" / "interviews"
AIMS = "aims: turn ≥ 0.98, exact ≥ 0.95, cov ≥ 0.995, leak ≤ 0.005, quote ≥ 0.95"
SIZES = (5_000, 10_000, 20_000, 40_000)
ALLOWED_SECONDS = 0.5


def main() -> None:
    print_corpus()
    print_layouts()
    print_speed()


def print_corpus() -> None:
    """The scorer's table for the published interviews, or that they are not here."""
    if not (CORPUS / "score.py").exists():
        print("The corpus of published interviews is not beside this checkout: its figures are left out.\n")
        return
    score = _scorer()
    rows = []
    for stem, gold, source in score.golds(CORPUS, CORPUS):
        visible = render((CORPUS / gold["source"]).read_bytes(), gold["format"])
        plain = json.loads(json.dumps(read(visible).as_json(visible)))
        rows.append((stem, score.score(source, gold, plain)))
    print(f"Published interviews ({AIMS})")
    score.table(rows)
    print()


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_score", CORPUS / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return module


def print_layouts() -> None:
    """Turn F1, the same with ends, coverage, furniture let in, quotation F1 of each invented interview."""
    columns = ("turns", "exact", "coverage", "leak", "quotations")
    print(f"{'invented interview':<38}" + "".join(f"{column:>12}" for column in columns))
    rows = []
    for interview in load_all():
        visible = render(interview.source.encode(), interview.format)
        found = agreement(interview, visible, read(visible))
        rows.append([getattr(found, column) for column in columns])
        print(f"{interview.name:<38}" + "".join(f"{value:12.3f}" for value in rows[-1]))
    means = [sum(values) / len(values) for values in zip(*rows, strict=True)]
    print(f"{f'mean of {len(rows)}':<38}" + "".join(f"{value:12.3f}" for value in means) + "\n")


def print_speed() -> None:
    """Seconds to render and read texts of growing length, one core, best of three; the ratio shows whether it is linear."""
    names = (
        "full_name_then_surname",
        "no_labels_long_answers",
        "bold_questions_page",
        "prose_one_speaker",
        "voices",
    )
    print(f"{'seconds for words':<28}" + "".join(f"{size:>10,}" for size in SIZES) + f"{'40k ÷ 20k':>12}")
    for interview in load_all():
        if interview.name in names:
            seconds = [_seconds(interview.source, interview.format, size) for size in SIZES]
            verdict = "" if seconds[2] <= ALLOWED_SECONDS else "   over 0.5 s"
            print(
                f"{interview.name:<28}"
                + "".join(f"{s:10.3f}" for s in seconds)
                + f"{seconds[3] / seconds[2]:12.2f}{verdict}"
            )


def _seconds(source: str, format: str, size: int) -> float:
    data = ((source + "\n\n") * max(1, round(size / len(source.split())))).encode()
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        read(render(data, format))
        best = min(best, time.process_time() - begun)
    return best


if __name__ == "__main__":
    main()
