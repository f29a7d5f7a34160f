"""`python -m benchmarks`: convert samples/ once, measure, and write benchmarks/RESULTS.md.

Seconds are CPU seconds of this process and its children, by document; wall seconds by stage.
Accuracy is `minutes compare` against golden/, which was written from the generator's own truth.
"""

from __future__ import annotations

import os
import platform
import resource
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from pipeline.batch import DocumentResult, convert_documents
from pipeline.compare import Comparison, compare_folders
from pipeline.settings import load_settings
from pipeline.version import VERSION

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> int:
    """Measure both engines and write the tables."""
    parts = [
        "# Results",
        f"`make bench`: version {VERSION}, Python {platform.python_version()}, one process, "
        "the pages of samples/ with their stamps, streaks and wear.",
    ]
    for engine in ("recogniser", "tesseract"):
        settings = load_settings(engine=engine)
        with tempfile.TemporaryDirectory(prefix="minutes-bench-") as folder:
            before = _cpu_seconds()
            run = convert_documents([ROOT / "samples"], Path(folder), settings, force=True)
            cpu = _cpu_seconds() - before
            comparison = compare_folders(Path(folder), ROOT / "golden", settings.tolerances)
        parts.append(report(engine, run.documents, comparison, cpu))
    RESULTS.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))
    return 0


def report(engine: str, documents: list[DocumentResult], comparison: Comparison, cpu: float) -> str:
    """The measurements of one engine as Markdown."""
    pages = sum(document.pages for document in documents)
    stages: dict[str, float] = defaultdict(float)
    for document in documents:
        for stage, seconds in document.stages.items():
            stages[stage] += seconds
    compared = {document.name: document for document in comparison.documents}
    by_stage = ", ".join(f"{stage} {seconds / pages:.2f}" for stage, seconds in stages.items())
    lines = [
        f"## Engine {engine}",
        "",
        f"CPU {cpu / pages:.2f} s a page; wall seconds a page by stage: {by_stage}. "
        f"Peak memory so far {_peak_megabytes():.0f} MB (this process), "
        f"{_peak_megabytes(children=True):.0f} MB (its largest child).",
        "",
        "| sample | pages | fields right | of | within tolerance | text CER | seconds |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for document in documents:
        measured = compared[Path(document.output or "").with_suffix("").as_posix()]
        cer = "–" if measured.text_cer is None else f"{100 * measured.text_cer:.2f} %"
        lines.append(
            f"| {measured.name} | {document.pages} | {measured.fields_equal} | {measured.fields_total} | "
            f"{measured.fields_within} | {cer} | {document.seconds:.1f} |"
        )
    totals = comparison.totals
    lines.append(
        f"| **all** | {pages} | {totals.fields_equal} | {totals.fields_total} | "
        f"{100 * totals.fields_equal / totals.fields_total:.1f} % right | "
        f"{100 * (totals.text_cer or 0):.2f} % | {sum(d.seconds for d in documents):.1f} |"
    )
    return "\n".join(lines)


def _cpu_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _peak_megabytes(children: bool = False) -> float:
    """Peak resident memory; Linux counts it in KiB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
