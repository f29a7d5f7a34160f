"""`python -m benchmarks`: our reader against what one can install, on pages nobody trained on.

Draws the evaluation sets (kept under out/bench), lets every engine read them in a process of its own, and writes
tables and plots. A whole run writes benchmarks/RESULTS.md; a part of one (`--quick`, `--engines`, `--sets`)
writes out/bench/RESULTS.md, so that the figures on record are always of everything.
"""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks import pages, plots, report, samples, worst
from benchmarks.engines import ENGINES
from benchmarks.read import read
from benchmarks.run import Measured, measure
from benchmarks.sets import LARGE, SETS
from pipeline.errors import MinutesError
from pipeline.version import VERSION

FOLDER = Path(__file__).parent
OUT = FOLDER.parent / "out" / "bench"


def main() -> int:
    """Measure and write."""
    args = _arguments()
    sets = [kind for kind in SETS if kind.name in args.sets]
    whole = not args.quick and len(sets) == len(SETS) and set(args.engines) == set(ENGINES)
    target = FOLDER if whole else OUT
    try:
        documents = pages.prepare(sets, OUT / "pages", 1 if args.quick else None, args.corpus)
        measured = measure(args.engines, documents, _say)
        parts = [*_head(measured, args.corpus), *_tables(measured)]
        if not args.quick:
            parts += _large(args.corpus) if "ours" in measured.names else []
            parts += ["## The whole converter on samples/", samples.table("recogniser")]
            parts += [samples.table("tesseract")] if len(measured.names) > 1 else []
    except MinutesError as error:
        print(error, file=sys.stderr)
        return int(error.code)
    target.mkdir(parents=True, exist_ok=True)
    drawn = plots.draw(measured, target)
    parts[2:2] = [f"![{file.stem}]({file.name})" for file in drawn] or ["No plots: matplotlib is not installed."]
    (target / "RESULTS.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    if "ours" in measured.names:
        worst.write(measured, OUT / "worst.html", args.worst)
        _say(f"worst lines: {OUT / 'worst.html'}")
    _say(f"tables: {target / 'RESULTS.md'}")
    print("\n\n".join(parts))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one document of each set, only ours and psm4, no samples")
    parser.add_argument("--engines", type=_names(ENGINES), help=f"of {','.join(ENGINES)}; all but with --quick")
    known = [kind.name for kind in SETS]
    parser.add_argument("--sets", type=_names(known), default=known, help=f"of {','.join(known)}")
    parser.add_argument("--corpus", type=Path, help="more running text to print: UTF-8 or .xz, one paragraph a line")
    parser.add_argument("--worst", type=int, default=12, help="lines of each set on the page of the worst")
    args = parser.parse_args()
    if args.corpus and not args.corpus.is_file():
        parser.error(f"{args.corpus} is no file")
    args.engines = args.engines or (list(ENGINES)[:2] if args.quick else list(ENGINES))
    return args


def _names(known: Iterable[str]) -> Callable[[str], list[str]]:
    """A list parted by commas, of known names."""
    allowed = list(known)

    def names(text: str) -> list[str]:
        chosen = text.split(",")
        for name in chosen:
            if name not in allowed:
                raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(allowed)}")
        return chosen

    return names


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _head(measured: Measured, corpus: Path | None) -> list[str]:
    engines = "; ".join(f"{engine}: {name}" for engine, name in measured.names.items())
    more = f" and of {corpus.name}" if corpus else ""
    return [
        "# Results",
        f"`make bench`, version {VERSION}, Python {platform.python_version()}, one thread, every engine on the same "
        f"pages. {engines}.",
        "Pages are drawn in faces that training never saw, from seeds that nothing else uses: attendance lists, "
        "headings and tables of the generator's grammar (training knows its names and patterns, not these records), "
        f"filled with running text of data/paragraphs.yaml, of the public record of the samples{more}, which no "
        "training line was cut from. CER and number tokens are counted as printed (๕ is not 5), by page in reading "
        "order, vowels and marks in canonical order; white space is not counted but in `with spaces`. CPU seconds "
        "hold children; our road begins with the PDF, Tesseract's with a PNG of the same pixels.",
        *measured.left_out,
        *_absent(),
    ]


def _absent() -> list[str]:
    families = dict.fromkeys(family for kind in SETS for family in kind.families)
    missing = [family for family in families if not pages.installed(family)]
    if not missing:
        return []
    return [f"Not installed, and so not drawn: {', '.join(missing)}. Type: python -m training.lines.fetch"]


def _tables(measured: Measured) -> list[str]:
    parts = ["## Engines", report.engines(measured)]
    if "ours" in measured.names:
        parts = ["## Our reader and its targets", report.targets(measured), *parts]
    parts += ["## By face", report.split(measured, "family", lambda document: document.family)]
    parts += ["## By resolution", report.split(measured, "dpi", lambda document: f"{document.dpi} dpi")]
    if "ours" not in measured.names:
        return parts
    return [
        *parts,
        "## CPU seconds a page of our road, by stage",
        report.stages(measured),
        "## Confidence of our reader",
        f"Asked: a calibration error of at most 2 %, and 90 % of the wrong digits among the {report.LEAST_SURE:.0%} of "
        "digits it was least sure of.",
        report.calibration(measured),
        report.confidence(measured),
        "## Where its edits come from",
        report.causes(measured),
        "## What its net takes for what",
        report.confusions(measured),
    ]


def _large(corpus: Path | None) -> list[str]:
    """The most memory of our reader, on a page of 600 dpi."""
    held = pages.prepare([LARGE], OUT / "pages", None, corpus)
    if not held:
        return []
    _say("ours: memory on a page of 600 dpi")
    return [f"Peak memory of our reader on A4 at 600 dpi: {read('ours', held).peak_mb:.0f} MB (asked: 450)."]


if __name__ == "__main__":
    sys.exit(main())
