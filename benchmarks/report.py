"""The tables of `RESULTS.md`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from benchmarks.lines import FINDER, LineResult
from benchmarks.pages import Document
from benchmarks.run import Measured, Scored, cpu, total
from benchmarks.sets import EvaluationSet
from training.measure import Judged, calibration_error, levels, wrong_among_least_sure

STAGES = ("open", "level", "rules", "find", "read")
LEAST_SURE = 0.03
_PAIRS = 40


def markdown(rows: Iterable[Sequence[str]]) -> str:
    """A table; the first row is its head, all columns but the first are set to the right."""
    head, *body = rows
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def percent(value: float, places: int = 2) -> str:
    return f"{100 * value:.{places}f} %"


def sets_of(measured: Measured) -> list[EvaluationSet]:
    return list({one.document.kind.name: one.document.kind for one in measured.scored}.values())


def targets(measured: Measured) -> str:
    """Our reader against what the project asks of it."""
    rows = [["set", "pages", "CER", "asked", "numbers", "asked", "CPU : psm 4, asked ≤ 0.15"]]
    for kind in sets_of(measured):
        held = measured.of("ours", kind.name)
        if not held:
            continue
        counts, rival = total(held), measured.of("psm4", kind.name)
        asked = f"≤ {percent(kind.cer)}"
        numbers = f"≥ {percent(kind.numbers, 1)}" if kind.numbers else "–"
        ratio = f"{cpu(held) / cpu(rival):.2f}" if rival else "–"
        cer = percent(counts.cer)
        rows.append(
            [
                f"{kind.name}: {kind.kind}",
                str(counts.pages),
                f"**{cer}**" if counts.cer <= kind.cer else cer,
                asked,
                percent(counts.number_recall, 1),
                numbers,
                ratio,
            ]
        )
    return markdown(rows)


def engines(measured: Measured) -> str:
    """All engines on all sets."""
    rows = [["set, engine", "CER", "with spaces", "graphemes", "numbers", "CPU s a page", "peak MB"]]
    for kind in sets_of(measured):
        for engine in measured.names:
            held = measured.of(engine, kind.name)
            counts = total(held)
            rows.append(
                [
                    f"{kind.name}, {engine}",
                    percent(counts.cer),
                    percent(counts.spaced_cer),
                    percent(counts.cluster_rate),
                    f"{counts.numbers_read}/{counts.numbers}",
                    f"{cpu(held):.2f}",
                    f"{measured.peak_mb[engine, kind.name]:.0f}",
                ]
            )
    return markdown(rows)


def split(measured: Measured, name: str, key: Callable[[Document], str]) -> str:
    """CER of every engine, and numbers of ours, by something about the documents."""
    keys = list(dict.fromkeys(key(one.document) for one in measured.scored))
    rows = [[name, *measured.names, "numbers (ours)"]]
    for value in keys:
        cells = []
        for engine in measured.names:
            cells.append(percent(total([one for one in measured.of(engine) if key(one.document) == value]).cer))
        ours = total([one for one in measured.of("ours") if key(one.document) == value])
        rows.append([value, *cells, f"{ours.numbers_read}/{ours.numbers}"])
    return markdown(rows)


def stages(measured: Measured) -> str:
    """CPU seconds a page of our road."""
    rows = [["set", *STAGES, "all"]]
    for kind in sets_of(measured):
        held = measured.of("ours", kind.name)
        rows.append([kind.name, *(f"{cpu(held, stage):.3f}" for stage in STAGES), f"{cpu(held):.3f}"])
    return markdown(rows)


def calibration(measured: Measured) -> str:
    """How far our confidence means what it says."""
    rows = [["set", "characters", "wrong", "calibration error", f"wrong digits in the least sure {LEAST_SURE:.0%}"]]
    groups = [(kind.name, measured.of("ours", kind.name)) for kind in sets_of(measured)]
    for name, held in [*groups, ("all", measured.of("ours"))]:
        characters = [one for scored in held for one in scored.characters]
        rows.append([name, f"{len(characters):,}", *_calibrated(characters)])
    return markdown(rows)


def confidence(measured: Measured) -> str:
    """What a confidence of so much has been worth."""
    rows = [["mean confidence", "share right", "characters"]]
    characters = [one for scored in measured.of("ours") for one in scored.characters]
    rows += [[f"{sure:.3f}", f"{right:.3f}", f"{held:,}"] for sure, right, held in levels(characters)]
    return markdown(rows)


def _calibrated(characters: Sequence[Judged]) -> list[str]:
    digits = [one for one in characters if one.character.isdigit()]
    wrong = sum(not one.right for one in digits)
    share = wrong_among_least_sure(digits, LEAST_SURE)
    found = "–" if share is None else f"{share:.0%} of {wrong}"
    return [str(sum(not one.right for one in characters)), percent(calibration_error(characters)), found]


def causes(measured: Measured) -> str:
    """Where the edits of our reader come from."""
    rows = [["set", "edits", "line finding", "of these", "foreign ink", "dropped", "recogniser"]]
    for kind in sets_of(measured):
        edits: Counter[str] = Counter()
        for line in _wrong(measured.of("ours", kind.name)):
            edits[line.cause or ""] += line.edits
        faults = ", ".join(f"{cause} {edits[cause]}" for cause in FINDER if edits[cause])
        rows.append(
            [
                kind.name,
                str(edits.total()),
                str(sum(edits[cause] for cause in FINDER)),
                faults or "–",
                *(str(edits[cause]) for cause in ("foreign ink", "dropped", "recogniser")),
            ]
        )
    return markdown(rows)


def confusions(measured: Measured) -> str:
    """What the recogniser takes for what, most often first."""
    sets = sets_of(measured)
    by_set = {kind.name: _pairs(measured.of("ours", kind.name)) for kind in sets}
    everywhere: Counter[tuple[str, str]] = Counter()
    for pairs in by_set.values():
        everywhere.update(pairs)
    rows = [["printed → read", "all", *by_set]]
    for pair, held in everywhere.most_common(_PAIRS):
        printed, read = (f"`{text}`" if text else "∅" for text in pair)
        rows.append([f"{printed} → {read}", str(held), *(str(pairs[pair] or "") for pairs in by_set.values())])
    return markdown(rows)


def _pairs(held: Sequence[Scored]) -> Counter[tuple[str, str]]:
    wrong = (line for line in _wrong(held) if line.cause == "recogniser")
    return Counter(swap for line in wrong for swap in line.swaps if len(swap[0]) <= 3 and len(swap[1]) <= 3)


def _wrong(held: Sequence[Scored]) -> list[LineResult]:
    return [line for scored in held for line in scored.lines if line.cause]
