"""Lines and cells rebuilt from an engine's clusters, and what a cell knows of its letters."""

from __future__ import annotations

import pytest

from pipeline.ocr.rows import Glyph, build_lines
from pipeline.ocr.text import Cell, Line, union

PAGE = 1000  # pixels, both ways
SIZE = 20  # pixels of a cluster


def run(
    name: str, clusters: list[str], left: int = 100, top: int = 100, confidence: float = 0.95, height: int = SIZE
) -> list[Glyph]:
    """Clusters side by side; one that is a number is a gap of so many pixels, a space is white space."""
    glyphs, x, spaced = [], left, False
    for cluster in clusters:
        if cluster.isdecimal():
            x += int(cluster)
        elif cluster == " ":
            x, spaced = x + SIZE // 2, True
        else:
            glyphs.append(Glyph(cluster, (x, top, x + SIZE, top + height), confidence, name, spaced))
            x, spaced = x + SIZE, False
    return glyphs


def read(*runs: list[Glyph]) -> tuple[Line, ...]:
    return build_lines([glyph for glyphs in runs for glyph in glyphs], PAGE, PAGE)


def test_nothing_read_is_no_line() -> None:
    assert build_lines([], PAGE, PAGE) == ()


def test_cells_part_at_wide_gaps_only() -> None:
    (line,) = read(run("a", ["น", "า", "ย", " ", "ก", "20", "ข", "45", "ก", "ร", "ร", "ม"]))
    assert [cell.text for cell in line.cells] == ["นาย กข", "กรรม"]
    assert line.text == "นาย กข  กรรม"
    name, role = line.cells
    assert name.box == (0.1, 0.1, 0.23, 0.12)
    assert role.box[0] == pytest.approx(0.275)
    assert line.box == union([name.box, role.box])


def test_split_sara_am_becomes_one_letter_and_keeps_its_doubt() -> None:
    glyphs = run("a", ["ป", "ร", "ะ", "จ"], confidence=0.9)
    glyphs += run("a", ["ํ"], left=180, confidence=0.6) + run("a", ["า"], left=200, confidence=0.8)
    glyphs += run("a", ["ป", "ี"], left=220, confidence=0.9)
    (line,) = read(glyphs)
    (cell,) = line.cells
    assert cell.text == "ประจำปี"
    assert cell.chars == (0.9, 0.9, 0.9, 0.9, 0.6, 0.9, 0.9)
    assert cell.confidence == 0.6
    assert len(cell.lefts) == len(cell.text)
    assert cell.lefts[5] == pytest.approx(0.22)


@pytest.mark.parametrize(
    ("clusters", "text"),
    [(["น", "้ํ", "า"], "น้ำ"), (["น", "ํ้", "า"], "น้ำ"), (["เ", "เ", "ผ", "น"], "แผน"), (["ที", "่"], "ที่")],
)
def test_vowels_are_put_in_order_and_every_letter_has_its_figures(clusters: list[str], text: str) -> None:
    ((cell,),) = [line.cells for line in read(run("a", clusters))]
    assert cell.text == text
    assert len(cell.chars) == len(cell.lefts) == len(text)


def test_lines_come_top_to_bottom_and_cells_left_to_right_whatever_the_engine_says() -> None:
    third = run("1", ["ค", "ค", "ค", "ค"], top=300)
    right = run("2", ["ข", "ข", "ข", "ข"], left=600, top=203)
    first = run("3", ["ก", "ก", "ก", "ก"], top=100)
    left = run("4", ["ง", "ง", "ง", "ง"], top=200)
    lines = read(third, right, first, left)
    assert [line.text for line in lines] == ["กกกก", "งงงง  ขขขข", "คคคค"]


def test_torn_off_marks_go_and_the_line_they_were_torn_from_is_doubted() -> None:
    whole = run("1", ["ก"] * 8, top=100)
    torn = run("2", ["'"] * 4, top=193, height=10, confidence=0.6)
    robbed = run("3", ["ว"] * 8, top=200)
    after = run("4", ["ค"] * 8, top=300)
    lines = read(whole, torn, robbed, after)
    assert [line.text for line in lines] == ["ก" * 8, "ว" * 8, "ค" * 8]
    assert [line.cells[0].confidence for line in lines] == [0.95, 0.7, 0.95]
    assert set(lines[1].cells[0].chars) == {0.7}


@pytest.mark.parametrize(
    ("top", "confidence", "why"),
    [(193, 0.95, "sure"), (160, 0.6, "apart from the line below")],
    ids=lambda value: str(value),
)
def test_a_low_line_that_is_no_torn_mark_stays(top: int, confidence: float, why: str) -> None:
    lines = read(
        run("1", ["ก"] * 8, top=100),
        run("2", ["-"] * 4, top=top, height=10, confidence=confidence),
        run("3", ["ว"] * 8, top=200),
    )
    assert [line.text for line in lines] == ["ก" * 8, "----", "ว" * 8], why
    assert lines[2].cells[0].confidence == 0.95


def test_dirt_is_left_out() -> None:
    assert [line.text for line in read(run("1", ["ก"] * 8), run("2", ["ฯ", "ๆ"], top=500, confidence=0.2))] == ["ก" * 8]


def test_boxes_stay_on_the_page() -> None:
    glyphs = [Glyph("ก", (-3, -2, 20, 20), 0.9, 1, False), Glyph("ข", (985, 0, 1004, 20), 0.9, 1, False)]
    for line in build_lines(glyphs, PAGE, PAGE):
        assert all(0 <= edge <= 1 for cell in line.cells for edge in cell.box)


def test_part_of_a_cell_has_its_own_box_and_doubt() -> None:
    cell = Cell(
        text="ที่ ๑๒",
        box=(0.1, 0.2, 0.5, 0.3),
        confidence=0.5,
        chars=(0.9, 0.9, 0.9, 0.9, 0.5, 0.8),
        lefts=(0.1, 0.1, 0.1, 0.2, 0.3, 0.4),
    )
    part = cell.part(3, 6)
    assert (part.text, part.box, part.confidence) == ("๑๒", (0.3, 0.2, 0.5, 0.3), 0.5)
    assert cell.part(0, 4).text == "ที่"
    assert cell.confidence_of(0, 3) == 0.9


def test_an_engine_without_edges_shares_the_box_out_among_letters_that_take_room() -> None:
    cell = Cell(text="ที่นี้", box=(0.2, 0.1, 0.4, 0.2), confidence=0.8)
    assert cell.box_of(0, 3) == pytest.approx((0.2, 0.1, 0.3, 0.2))
    assert cell.box_of(3, 6) == pytest.approx((0.3, 0.1, 0.4, 0.2))
    assert cell.confidence_of(0, 3) == 0.8
