"""Plots beside `RESULTS.md`; without matplotlib (the extra `bench`) there are none."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path
from typing import Any

from benchmarks.report import sets_of
from benchmarks.run import Measured, cpu, total
from training.measure import levels

COLOURS = {"ours": "#0b6e4f", "psm4": "#c9a227", "psm6": "#d97b29", "ocrmypdf": "#8a8a8a"}
_RANGE = (0.03, 30.0)  # percent; a rate of nothing has no place on a logarithmic axis
_TICKS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20)


def draw(measured: Measured, folder: Path) -> list[Path]:
    """Write the plots into `folder`; returns their files, none without matplotlib."""
    if importlib.util.find_spec("matplotlib") is None:
        return []
    importlib.import_module("matplotlib").use("Agg")
    figures = importlib.import_module("matplotlib.pyplot")
    made = [_errors(figures, measured, folder / "errors.png"), _cpu(figures, measured, folder / "cpu.png")]
    if measured.of("ours"):
        made.append(_reliability(figures, measured, folder / "reliability.png"))
    return made


def _errors(figures: Any, measured: Measured, file: Path) -> Path:
    """CER by set and by family, a bar an engine."""
    kinds = [kind.name for kind in sets_of(measured)]
    families = list(dict.fromkeys(one.document.family for one in measured.scored))
    figure, (left, right) = figures.subplots(1, 2, figsize=(11, 3.8), sharey=True)
    width = 0.8 / len(measured.names)
    for place, engine in enumerate(measured.names):
        by_set = [total(measured.of(engine, kind)).cer for kind in kinds]
        read = measured.of(engine)
        by_face = [total([one for one in read if one.document.family == face]).cer for face in families]
        for axes, rates in ((left, by_set), (right, by_face)):
            at = [index + (place - (len(measured.names) - 1) / 2) * width for index in range(len(rates))]
            axes.bar(at, [max(100 * rate, _RANGE[0]) for rate in rates], width, color=COLOURS[engine], label=engine)
    for place, kind in enumerate(sets_of(measured)):
        left.hlines(100 * kind.cer, place - 0.45, place + 0.45, colors="black", linewidth=1)
    for axes, names, title in ((left, kinds, "by set (line: target)"), (right, families, "by unseen face")):
        axes.set_yscale("log")
        axes.set_ylim(*_RANGE)
        axes.set_yticks(_TICKS, [f"{tick:g}" for tick in _TICKS])
        axes.set_xticks(range(len(names)), [name.replace("Ibm Plex Sans Thai", "Plex") for name in names], rotation=20)
        axes.set_title(f"Character error rate, {title}", fontsize=10)
        axes.grid(axis="y", alpha=0.3)
    left.set_ylabel("%, white space not counted")
    left.legend(fontsize=8)
    return _saved(figures, figure, file)


def _cpu(figures: Any, measured: Measured, file: Path) -> Path:
    kinds = [kind.name for kind in sets_of(measured)]
    figure, axes = figures.subplots(figsize=(6.5, 3.2))
    width = 0.8 / len(measured.names)
    for place, engine in enumerate(measured.names):
        spent = [cpu(measured.of(engine, kind)) for kind in kinds]
        at = [index + place * width for index in range(len(kinds))]
        axes.bar(at, spent, width, color=COLOURS[engine], label=engine)
    axes.set_xticks([index + 0.4 - width / 2 for index in range(len(kinds))], kinds)
    axes.set_title("CPU seconds a page, one thread", fontsize=10)
    axes.legend(fontsize=8)
    axes.grid(axis="y", alpha=0.3)
    return _saved(figures, figure, file)


def _reliability(figures: Any, measured: Measured, file: Path) -> Path:
    """How often characters are right against how sure the reader was of them."""
    figure, axes = figures.subplots(figsize=(4.2, 4))
    everyone = [one for scored in measured.of("ours") for one in scored.characters]
    for name, chosen in (
        ("all characters", everyone),
        ("digits", [one for one in everyone if one.character.isdigit()]),
    ):
        points = levels(chosen)
        axes.plot([sure for sure, _, _ in points], [right for _, right, _ in points], "o-", markersize=4, label=name)
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
    axes.set_xlim(0.3, 1.01)
    axes.set_ylim(0.3, 1.01)
    axes.set_xlabel("confidence")
    axes.set_ylabel("share right")
    axes.set_title("Confidence of our reader", fontsize=10)
    axes.legend(fontsize=8)
    axes.grid(alpha=0.3)
    return _saved(figures, figure, file)


def _saved(figures: Any, figure: Any, file: Path) -> Path:
    figure.tight_layout()
    figure.savefig(file, dpi=100, metadata={"Software": None})
    figures.close(figure)
    return file
