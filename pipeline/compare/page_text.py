"""The text of a document's pages against its golden text, page by page."""

from __future__ import annotations

from itertools import zip_longest

from pipeline.compare.measure import edits, grapheme_error_rate, rate, with_plain_signs
from pipeline.compare.result import Difference, PageMeasure


def split_pages(text: str) -> list[str]:
    """The pages of a text with form feeds between or after them, as `pdftotext` writes it.

    One blank page at the end is not a page: it is what follows the last form feed.
    """
    pages = text.split("\f")
    if not pages[-1].strip():
        pages.pop()
    return pages


def compare_pages(golden: str, got: str, bound: float) -> tuple[list[PageMeasure], list[Difference]]:
    """Each page measured, and a difference for each that is missing, extra or too far off.

    Args:
        bound: the greatest character error rate of a page.
    """
    measures: list[PageMeasure] = []
    differences: list[Difference] = []
    for number, (want, have) in enumerate(zip_longest(split_pages(golden), split_pages(got)), start=1):
        plain = [with_plain_signs(text or "") for text in (want, have)]
        edited, characters = edits(*plain)
        error = rate(edited, characters)
        equal = want is not None and have is not None and error <= bound
        measures.append(
            PageMeasure(
                page=number,
                edits=edited,
                characters=characters,
                cer=error,
                grapheme_error_rate=grapheme_error_rate(*plain),
                equal=equal,
            )
        )
        if not equal:
            differences.append(
                Difference(
                    path="",
                    got_path=None,
                    kind="missing" if have is None else "extra" if want is None else "changed",
                    field_class="page_text",
                    golden=want,
                    got=have,
                    cer=error,
                    page=number,
                )
            )
    return measures, differences
