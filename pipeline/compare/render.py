"""A comparison for a person at a terminal, for a program, and as a page in a browser."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.compare.crops import Crop
from pipeline.compare.marks import Segment, as_text, mark, place_of, shorten, visible
from pipeline.compare.result import Comparison, Difference, DocumentComparison


def to_json(comparison: Comparison) -> str:
    """The whole comparison as JSON, two-space indent, values whole, a final newline."""
    return comparison.model_dump_json(indent=2) + "\n"


def render_table(comparison: Comparison, console: Console, details: bool = True) -> None:
    """Prints a table of all documents, after (with `details`) the differences of each.

    Values are shortened around their first difference.
    """
    if details:
        for document in comparison.documents:
            if document.state in ("missing", "extra"):
                name = Text(visible(document.name), style="bold italic")
                console.print(name, Text(document.differences[0].note, style="red"), end="\n\n")
            elif not document.equal:
                console.print(_details(document, max(12, console.width // 4)))
    console.print(_summary(comparison))


def _details(document: DocumentComparison, width: int) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD, expand=True, title=Text(visible(document.name)), title_justify="left", title_style="bold"
    )
    table.add_column("where", overflow="fold", ratio=3)
    table.add_column("golden", overflow="fold", ratio=4)
    table.add_column("got", overflow="fold", ratio=4)
    table.add_column("CER", justify="right", no_wrap=True)
    for difference in document.differences:
        room = width if difference.kind == "changed" else 3 * width  # one side alone may take some lines
        golden, got = shorten(as_text(difference.golden), as_text(difference.got), room)
        where = Text(visible(place_of(difference)))
        if _moved(difference):
            where.append(f" (now {visible(difference.got_path or '')})", style="dim")
        if difference.note:
            where.append(f"\n{visible(difference.note)}", style="italic")
        table.add_row(
            where, _side(difference, golden, "extra"), _side(difference, got, "missing"), percent(difference.cer)
        )
    return table


def _side(difference: Difference, text: str, absent: str) -> Text:
    if difference.kind == absent:
        return Text("—" if difference.field_class != "document" else "", style="dim")
    return Text(text, style="green" if absent == "extra" else "red")


def _summary(comparison: Comparison) -> Table:
    totals = comparison.totals
    table = Table(box=box.SIMPLE_HEAD, show_footer=True)
    table.add_column("document", Text(f"{totals.equal} of {totals.documents} equal"), overflow="fold")
    table.add_column("differences", str(sum(len(one.differences) for one in comparison.documents)), justify="right")
    table.add_column("fields equal", f"{totals.fields_equal}/{totals.fields_total}", justify="right")
    table.add_column("tolerated", str(totals.fields_within), justify="right")
    table.add_column("text CER", percent(totals.text_cer), justify="right")
    for one in comparison.documents:
        table.add_row(
            Text(visible(one.name)),
            Text(verdict(one), style="green" if one.equal else "red"),
            f"{one.fields_equal}/{one.fields_total}",
            str(one.fields_within),
            percent(one.text_cer),
        )
    return table


def verdict(document: DocumentComparison) -> str:
    """`equal`, `missing`, `extra`, `invalid`, or how many differences there are."""
    if document.state != "compared":
        return document.state
    return str(len(document.differences)) if document.differences else "equal"


def percent(value: float | None) -> str:
    """0.0123 → `1.23 %`; nothing for None."""
    return "" if value is None else f"{100 * value:.2f} %"


FindCrop = Callable[[DocumentComparison, Difference], Crop | None]


def render_html(comparison: Comparison, crop: FindCrop | None = None) -> str:
    """One page that needs nothing else: the summary on top, then each difference side by side.

    What differs is marked by grapheme cluster, with <del> in the golden value and
    <ins> in the output's. All text is escaped.

    Args:
        crop: the piece of the page picture for a difference, shown above its two values.
    """
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(percent=percent, visible=visible)
    template = environment.from_string(files(__package__).joinpath("report.html").read_text(encoding="utf-8"))
    return template.render(
        comparison=comparison,
        totals=comparison.totals,
        verdict=verdict,
        place_of=place_of,
        moved=_moved,
        sides=_sides,
        crop=crop or (lambda *_: None),
    )


def _moved(difference: Difference) -> bool:
    return bool(difference.got_path) and difference.got_path != difference.path


def _sides(difference: Difference) -> tuple[Markup, Markup]:
    golden, got = as_text(difference.golden), as_text(difference.got)
    if difference.kind != "changed":  # all of it differs; marks would only make it harder to read
        return escape(visible(golden)), escape(visible(got))
    left, right = mark(golden, got, spaces=difference.field_class not in ("short_text", "long_text", "page_text"))
    return _tagged(left, "del"), _tagged(right, "ins")


def _tagged(segments: list[Segment], tag: str) -> Markup:
    pieces = (Markup("<{0}>{1}</{0}>").format(tag, one.text) if one.changed else one.text for one in segments)
    return Markup("").join(pieces)
