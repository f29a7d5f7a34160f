"""Line finding: drawn pages with truth, and the furniture that must not become text."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.ocr import Box, find_figures
from pipeline.ocr.finder import Piece, crop, find_pieces
from pipeline.ocr.finder.crop import ABOVE, BELOW
from pipeline.ocr.text import PageText
from pipeline.pages import PageImage, find_rules, without_rules
from pipeline.pages.image import Grey
from training.synth.degrade import CLEAN, Wear, degrade
from training.synth.draw import draw
from training.synth.flow import Column, Flow, Sheet
from training.synth.page import Rule, Span
from training.synth.typeset import Typeface

DPI = 200
SENTENCE = (
    "ที่ประชุมพิจารณาแล้วเห็นชอบตามที่ฝ่ายเลขานุการเสนอ และให้ดำเนินการภายในวันที่ ๒๙ มีนาคม ๒๕๖๗ "
    "เพื่อให้ผู้ปฏิบัติหน้าที่รู้ถึงหลักเกณฑ์ซึ่งที่ปรึกษาชี้แจงไว้ก่อนสิ้นปีงบประมาณ"
)
OFFICE = Wear(skew=0.3, bend=1.0, jpeg=None)
LEVEL = replace(CLEAN, blur=0.2, noise=3)


def small_flow(pitch: float = 21, family: str = "Laksaman") -> Flow:
    flow = Flow(Sheet(Typeface(family, 13), pitch))
    flow.paragraph([Span("รายงานการประชุม", bold=True)], align="centre")
    flow.row([Column(10, 30, ["๑."]), Column(60, 150, ["นายเกษมวุฒิ แก้วพิทักษ์"]), Column(300, 120, ["กรรมการ"])])
    flow.row([Column(10, 30, ["๒."]), Column(60, 150, ["นางสุภรณ์ ทองธรรม"]), Column(300, 120, ["เลขานุการ"])])
    flow.paragraph([Span("ผู้ไม่มาประชุม", underline=True)])
    flow.paragraph("-", first=60)
    flow.paragraph(SENTENCE, first=60)
    flow.paragraph("วันที่ ...๒๔... เดือน ......กันยายน......")
    flow.paragraph("๒", align="centre")
    return flow


def worn(flow: Flow, wear: Wear, dpi: int = DPI, seed: int = 1) -> tuple[PageImage, PageText]:
    pixels, truth = draw(flow.page, dpi)
    page, moved = degrade(pixels, truth, wear, dpi, np.random.default_rng(seed))
    return PageImage(1, page, dpi), moved


def found(page: PageImage) -> tuple[PageImage, list[Piece]]:
    rules = find_rules(page)
    clean = without_rules(page, rules)
    return clean, find_pieces(clean, rules)


def rows_of(truth: PageText, pieces: list[Piece]) -> list[set[int]]:
    """For each true line, the rows of the pieces that stand where its cells stand."""
    result = []
    for line in truth.lines:
        rows = set()
        for cell in line.cells:
            x0, y0, x1, y1 = (v * s for v, s in zip(cell.box, (truth.width, truth.height) * 2, strict=True))
            for piece in pieces:
                a, b, c, d = piece.box
                wide, high = min(x1, c) - max(x0, a), min(y1, d) - max(y0, b)
                if wide > 0.3 * min(x1 - x0, c - a) and high > 0.6 * min(y1 - y0, d - b):
                    rows.add(piece.row)
        result.append(rows)
    return result


def assert_every_line_once(truth: PageText, pieces: list[Piece]) -> None:
    rows = rows_of(truth, pieces)
    assert all(len(row) == 1 for row in rows), rows
    numbers = [min(row) for row in rows]
    assert numbers == sorted(set(numbers)), numbers


def middle(pixels: Grey) -> float:
    """Centre of the ink of a crop, in rows."""
    ink = 255.0 - pixels
    return float((ink.sum(axis=1) * np.arange(len(ink))).sum() / ink.sum())


class TestLines:
    @pytest.mark.parametrize(
        ("wear", "dpi"),
        [
            (OFFICE, 200),
            (replace(OFFICE, bilevel=True), 200),
            (replace(OFFICE, bilevel=True, spread=0.1), 240),
            (replace(OFFICE, blur=0.3, noise=8, paper=215, ink=60), 150),
            (replace(OFFICE, specks=1.5, light=14, streak=True, holes=True, edge=True), 200),
        ],
    )
    def test_every_line_is_found_once_and_in_order(self, wear: Wear, dpi: int) -> None:
        page, truth = worn(small_flow(), wear, dpi)
        _, pieces = found(page)
        assert_every_line_once(truth, pieces)
        assert [piece.row for piece in pieces] == sorted(piece.row for piece in pieces)

    def test_typescript(self) -> None:
        wear = Wear(skew=0.3, ink=45, paper=226, patchy=0.4, jitter=0.3, spread=0.12, jpeg=None)
        page, truth = worn(small_flow(family="Tlwg Typist"), wear)
        assert_every_line_once(truth, found(page)[1])

    def test_tight_lines_stay_apart(self) -> None:
        flow = Flow(Sheet(Typeface("Laksaman", 13), 13 * 1.05))
        flow.paragraph(SENTENCE * 3)
        page, truth = worn(flow, replace(LEVEL, spread=0.08))
        _, pieces = found(page)
        assert_every_line_once(truth, pieces)
        assert len(pieces) == len(truth.lines)

    def test_columns_are_parted_and_words_are_not(self) -> None:
        page, truth = worn(small_flow(), LEVEL)
        _, pieces = found(page)
        by_row = [[piece for piece in pieces if piece.row == row] for row in range(len(truth.lines))]
        assert [len(row) for row in by_row[:4]] == [1, 3, 3, 1]
        lefts = [piece.box[0] / DPI * 72 for piece in by_row[1]]
        expected = [cell.box[0] * truth.width / DPI * 72 for cell in truth.lines[1].cells]
        assert lefts == pytest.approx(expected, abs=3)

    def test_letterspaced_lines_stay_whole(self) -> None:
        flow = Flow(Sheet(Typeface("Laksaman", 13), 21))
        flow.paragraph(SENTENCE, align="letters")
        page, truth = worn(flow, LEVEL)
        assert len(found(page)[1]) == len(truth.lines)

    def test_table_rules_part_cells_however_narrow(self) -> None:
        flow = Flow(Sheet(Typeface("Laksaman", 13), 21))
        flow.table([26, 26, 26, 200], [["ที่", "๑๒", "๑๓", "ชื่อ"], ["๑", "๑๒", "๑๓", "นางสุภรณ์ ทองธรรม"]])
        page, truth = worn(flow, LEVEL)
        _, pieces = found(page)
        assert_every_line_once(truth, pieces)
        assert len(pieces) == 8

    def test_small_print_and_a_large_head(self) -> None:
        flow = small_flow()
        for text, size in (("บันทึกข้อความ", 29.0), ("สรุปรายงานการประชุม ครั้งที่ ๑/๒๕๖๔ หน้า", 7.0)):
            other = Flow(Sheet(Typeface("Laksaman", size), 40))
            other.paragraph(text)
            for piece in other.page.pieces:
                runs = tuple(replace(run, y=run.y + (650 if size > 13 else 690)) for run in piece.runs)
                flow.page.pieces.append(replace(piece, runs=runs))
        page, truth = worn(flow, LEVEL)
        _, pieces = found(page)
        assert_every_line_once(truth, pieces)
        usual = float(np.median([piece.letter for piece in pieces]))
        assert pieces[-2].letter > 1.6 * usual
        assert pieces[-1].letter < 0.7 * usual


class TestFurniture:
    def test_a_blank_page_has_no_pieces(self) -> None:
        for wear in (OFFICE, replace(OFFICE, bilevel=True, specks=1), replace(OFFICE, holes=True, edge=True)):
            page, _ = worn(Flow(Sheet(Typeface("Laksaman", 13), 21)), wear)
            assert found(page)[1] == []

    @pytest.mark.parametrize(
        "wear", [replace(LEVEL, streak=True), replace(LEVEL, holes=True), replace(LEVEL, edge=True)]
    )
    def test_streaks_holes_and_edges_are_no_text_and_part_nothing(self, wear: Wear) -> None:
        truth = worn(small_flow(), LEVEL)[1]
        expected = found(worn(small_flow(), LEVEL)[0])[1]
        _, pieces = found(worn(small_flow(), wear)[0])
        assert_every_line_once(truth, pieces)
        assert len(pieces) == len(expected)

    def test_a_crest_is_no_text(self) -> None:
        flow = Flow(Sheet(Typeface("Laksaman", 13), 21))
        flow.figure("crest", 70, 70)
        flow.paragraph(SENTENCE)
        page, truth = worn(flow, LEVEL)
        assert len(found(page)[1]) == len(truth.lines)

    def test_text_under_a_stamp_is_found(self) -> None:
        flow = small_flow()
        page, truth = worn(flow, replace(LEVEL, stamp="round", stamp_at=(0.8, 0.22)))
        _, pieces = found(page)
        assert_every_line_once(truth, pieces)

    def test_the_side_of_a_stamp_parts_no_word(self) -> None:
        flow = Flow(Sheet(Typeface("Laksaman", 13), 21))
        flow.paragraph("(แพทย์หญิงสุกาญจน์)", align="centre")
        flow.paragraph("ผู้จดรายงานการประชุม", align="centre")
        page, truth = worn(flow, LEVEL)
        (name,) = (cell.box for cell in truth.lines[0].cells)
        y = (name[1] + name[3]) / 2 * page.height
        for x in np.linspace(name[0] + 0.03, name[2] - 0.03, 9) * page.width:
            sides = [(x, y - 60, x + 3, y + 25), (x + 300, y - 60, x + 303, y + 25)]
            levels = [(x, y - 62, x + 303, y - 59), (x, y + 23, x + 303, y + 26)]
            rules = [
                (a / page.width, b / page.height, c / page.width, d / page.height) for a, b, c, d in sides + levels
            ]
            assert len(find_pieces(page, rules)) == 2

    def test_underlines_and_rules_are_no_text(self) -> None:
        flow = Flow(Sheet(Typeface("Laksaman", 13), 21))
        flow.paragraph([Span("ระเบียบวาระที่ ๑ เรื่องที่ประธานแจ้งให้ทราบ", bold=True, underline=True)])
        flow.page.rules += [Rule(100, 300, 500, 300), Rule(100, 400, 500, 400, 1.4), Rule(100, 402.5, 500, 402.5, 0.5)]
        page, _ = worn(flow, LEVEL)
        assert len(found(page)[1]) == 1
        # Nor when nobody has taken them away.
        assert len(find_pieces(page, [])) == 1


class TestFigures:
    """Pictures, told from print by their tone and their size; what was read tells tables from pictures."""

    def test_a_chart_is_found_with_its_frame(self) -> None:
        flow = small_flow()
        flow.figure("chart", 200, 90)
        flow.paragraph(SENTENCE)
        for wear in (OFFICE, replace(OFFICE, bilevel=True, specks=1)):
            page, truth = worn(flow, wear)
            assert len(truth.figures) == 1
            assert figures(page, truth) == [pytest.approx(truth.figures[0], abs=0.01)]

    def test_a_crest_is_found_a_signature_and_a_stamp_are_not(self) -> None:
        flow = Flow(Sheet(Typeface("Laksaman", 13), 21))
        flow.paragraph(SENTENCE)
        flow.figure("scrawl", 120, 40)
        flow.paragraph("(นางสุภรณ์ ทองธรรม)", align="centre")
        page, truth = worn(flow, replace(LEVEL, stamp="round", stamp_at=(0.7, 0.7)))
        assert truth.figures == ()
        assert figures(page, truth) == []
        pixels = page.pixels.copy()
        solid_crest(pixels, 800, 1400, 90)
        ((x0, y0, x1, y1),) = figures(replace(page, pixels=pixels), truth)
        box = (x0 * page.width, y0 * page.height, x1 * page.width, y1 * page.height)
        assert box == pytest.approx((710, 1310, 890, 1490), abs=6)

    @pytest.mark.parametrize("bilevel", [False, True])
    def test_a_photograph_is_found_halftone_or_not(self, bilevel: bool) -> None:
        page, truth = worn(small_flow(), LEVEL)
        rng = np.random.default_rng(4)
        shades = np.linspace(40, 150, 400)[None, :] + rng.normal(0, 12, (300, 400))
        picture = np.where(rng.uniform(0, 255, shades.shape) < shades, 255, 0) if bilevel else shades
        pixels = page.pixels.copy()
        pixels[1200:1500, 500:900] = picture.clip(0, 255)
        ((x0, y0, x1, y1),) = figures(replace(page, pixels=pixels), truth)
        box = (x0 * page.width, y0 * page.height, x1 * page.width, y1 * page.height)
        assert box == pytest.approx((500, 1200, 900, 1500), abs=6)

    @pytest.mark.parametrize("read", [True, False])
    def test_tables_and_paragraphs_are_no_pictures_read_or_not(self, read: bool) -> None:
        flow = small_flow(pitch=14)
        flow.table([40, 80, 200], [["ที่", "๑๒", "ชื่อ"], ["๑", "๑๒", "นางสุภรณ์ ทองธรรม"], ["๒", "๙", SENTENCE]])
        flow.paragraph([Span(SENTENCE, bold=True)])
        page, truth = worn(flow, replace(OFFICE, spread=0.1, streak=True, holes=True, edge=True, specks=1))
        assert figures(page, truth if read else truth.model_copy(update={"lines": ()})) == []

    def test_a_dark_head_of_a_table_with_its_words_read_is_no_picture(self) -> None:
        page, truth = worn(small_flow(), LEVEL)
        pixels = page.pixels.copy()
        top, bottom = (round(truth.lines[n].box[side] * page.height) for n, side in ((1, 1), (2, 3)))
        pixels[top - 8 : bottom + 8, 200:1450] //= 2
        assert figures(replace(page, pixels=pixels), truth) == []


def figures(page: PageImage, truth: PageText) -> list[Box]:
    rules = find_rules(page)
    return list(find_figures(without_rules(page, rules), rules, truth.lines))


def solid_crest(pixels: Grey, x: int, y: int, radius: int) -> None:
    """A dark disc with pale rays."""
    rows, columns = np.indices(pixels.shape)
    far, turn = np.hypot(rows - y, columns - x), np.arctan2(rows - y, columns - x)
    pixels[(far < radius) & ((np.sin(16 * turn) > 0) | (far < 0.5 * radius) | (far > 0.9 * radius))] = 30


class TestCrops:
    @pytest.mark.parametrize("dpi", [150, 240])
    def test_crops_are_forty_high_with_dark_ink_on_white(self, dpi: int) -> None:
        page, _ = worn(small_flow(), replace(OFFICE, paper=220, ink=70), dpi)
        clean, pieces = found(page)
        for piece in pieces:
            picture = crop(clean, piece).pixels
            assert picture.dtype == np.uint8
            assert picture.shape[0] == 40
            box = piece.box
            scale = 40 / ((1 + ABOVE + BELOW) * piece.letter)
            assert picture.shape[1] == pytest.approx((box[2] - box[0] + 0.6 * piece.letter) * scale, abs=3)
            assert np.percentile(picture, 95) == 255
            assert picture.min() < 40

    def test_marks_above_and_below_lie_inside(self) -> None:
        flow = Flow(Sheet(Typeface("Laksaman", 13), 30))
        flow.paragraph("ผู้รู้ปู่ที่ปี่ญี่ปุ่นฎีกาฐานะกตัญญูฤดูป้ำน้ำผึ้งที่นี่", first=20)
        page, truth = worn(flow, CLEAN)
        clean, pieces = found(page)
        whole = np.count_nonzero(page.pixels < 128)
        scale = 40 / ((1 + ABOVE + BELOW) * pieces[0].letter)
        seen = np.count_nonzero(crop(clean, pieces[0]).pixels < 128) / scale**2
        assert len(pieces) == len(truth.lines) == 1
        assert seen > 0.95 * whole

    def test_a_bent_line_is_straight_in_its_crop(self) -> None:
        flow = Flow(Sheet(Typeface("Laksaman", 13), 21))
        flow.paragraph("กรรมการ" * 60)
        page, truth = worn(flow, replace(LEVEL, bend=7.0), 200, seed=3)
        clean, pieces = found(page)
        assert len(pieces) == len(truth.lines)
        long = max(pieces, key=lambda piece: piece.box[2] - piece.box[0])
        heights = [y for _, y in long.baseline]
        assert max(heights) - min(heights) > 0.25 * long.letter
        picture = crop(clean, long).pixels
        parts = [middle(part) for part in np.array_split(picture, 8, axis=1)]
        assert max(parts) - min(parts) < 1.5
        assert (255 - picture[[0, -1]].astype(int)).mean() < 10

    def test_a_piece_at_the_edge_of_the_page(self) -> None:
        pixels = np.full((60, 400), 255, dtype=np.uint8)
        piece = Piece((0, 0, 400, 20), ((0.0, 18.0), (399.0, 18.0)), 16.0, 0)
        assert crop(PageImage(1, pixels, 200), piece).pixels.shape[0] == 40
        outside = replace(piece, box=(500, 80, 560, 90), baseline=((500.0, 300.0), (560.0, 300.0)))
        assert (crop(PageImage(1, pixels, 200), outside).pixels == 255).all()


def test_the_same_page_gives_the_same_pieces() -> None:
    page, _ = worn(small_flow(), replace(OFFICE, specks=1))
    first, second = found(page), found(page)
    assert first[1] == second[1]
    assert all(np.array_equal(crop(first[0], piece).pixels, crop(second[0], piece).pixels) for piece in first[1])


def test_pages_that_are_hardly_one() -> None:
    for shape in ((1, 1), (3, 500), (40, 40)):
        for level in (0, 128, 255):
            page = PageImage(1, np.full(shape, level, dtype=np.uint8), 200)
            assert find_pieces(page, []) == []
            assert find_figures(page, [], []) == ()
    noise = np.random.default_rng(0).integers(0, 256, (300, 300), dtype=np.uint8)
    assert isinstance(find_pieces(PageImage(1, noise, 300), []), list)
