"""The whole converter on samples/: fields and text against golden/, which the generator's own truth wrote.

Seconds are wall seconds; the pages have stamps, streaks and wear.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path

from pipeline.batch import DocumentResult, convert_documents
from pipeline.compare import Comparison, compare_folders
from pipeline.settings import load_settings

ROOT = Path(__file__).parents[1]


def table(engine: str) -> str:
    """The measurements of one engine of the converter as Markdown."""
    settings = load_settings(engine=engine)
    with tempfile.TemporaryDirectory(prefix="minutes-bench-") as folder:
        run = convert_documents([ROOT / "samples"], Path(folder), settings, force=True)
        comparison = compare_folders(Path(folder), ROOT / "golden", settings.tolerances)
    return _report(engine, run.documents, comparison)


def _report(engine: str, documents: list[DocumentResult], comparison: Comparison) -> str:
    pages = sum(document.pages for document in documents)
    stages: dict[str, float] = defaultdict(float)
    for document in documents:
        for stage, seconds in document.stages.items():
            stages[stage] += seconds
    compared = {document.name: document for document in comparison.documents}
    by_stage = ", ".join(f"{stage} {seconds / pages:.2f}" for stage, seconds in stages.items())
    lines = [
        f"### `--engine {engine}`",
        "",
        f"Seconds a page by stage: {by_stage}.",
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
