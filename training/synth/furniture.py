"""What stands around the text of a page: numbers, running footers, catch-words."""

from __future__ import annotations

from training.synth import words
from training.synth.flow import Flow
from training.synth.page import A4, Page, Rule, Span
from training.synth.style import Digits, Style
from training.synth.typeset import Align, Typeface, break_lines, place


def digits(number: str | int, script: Digits) -> str:
    """`number` in the digits of `script`."""
    return words.thai_digits(number) if script == "thai" else str(number)


def furnish(flow: Flow, style: Style) -> None:
    """Add the furniture to every page of a finished flow."""
    openings = [_first_words(page, style) for page in flow.pages]
    for page, following in zip(flow.pages, [*openings[1:], ""], strict=True):
        foot = flow.floor + 1.6 * flow.sheet.pitch
        if style.catchword and following:
            _line(page, flow, style.catchword.format(words=following), flow.floor + flow.sheet.pitch, "right")
        if style.footer:
            _footer(page, flow, style, foot)
        numbers = style.numbers
        if numbers and page.number >= numbers.first:
            text = numbers.form.format(n=digits(page.number, style.digits))
            low = foot + (len(style.footer) + 0.9) * 1.5 * style.footer_size if style.footer else foot
            y = flow.sheet.top - 1.9 * flow.sheet.pitch if numbers.place == "top" else min(low, A4[1] - 20)
            _line(page, flow, text, y, numbers.align)


def _first_words(page: Page, style: Style) -> str:
    rows = page.rows()
    if not rows:
        return ""
    text = " ".join(piece.text.strip() for piece in rows[0])
    held = ""
    for word in words.unbroken(text):
        if len(words.clusters(held + word)) > style.catchword_letters and held:
            break
        held += word
    held = "".join(words.clusters(held)[: 2 * style.catchword_letters])  # a dotted line is one long word
    return held.strip().rstrip(".")


def _footer(page: Page, flow: Flow, style: Style, top: float) -> None:
    x0, x1 = flow.sheet.left, flow.sheet.left + flow.sheet.width
    if style.footer_rule != "none":
        page.rules.append(Rule(x0, top - 12, x1, top - 12, 1.4 if style.footer_rule == "double" else 0.6))
    if style.footer_rule == "double":
        page.rules.append(Rule(x0, top - 9.5, x1, top - 9.5, 0.5))
    face = Typeface(style.family, style.footer_size)
    for index, text in enumerate(style.footer):
        _line(page, flow, text, top + (0.2 + 1.5 * index) * style.footer_size, "left", face)


def _line(page: Page, flow: Flow, text: str, y: float, align: Align, face: Typeface | None = None) -> None:
    face = face or flow.sheet.face
    for line in break_lines([Span(text)], face, flow.sheet.width):
        page.pieces.extend(place(line, face, flow.sheet.left, y, flow.sheet.width, align))
