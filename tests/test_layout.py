"""The flow of a document: page furniture set aside, tables built, and text that knows where it stands."""

from __future__ import annotations

import pytest
from build import RIGHT, Ruled, cell, document, flowing, laid_out, page

from pipeline.layout import Layout, Picture, Row, Table, Traced, page_text
from pipeline.ocr import Box, Line, PageText

BODY = [f"บรรทัดที่ยังเป็นเนื้อความของวาระเรื่องการจัดสวนตำบล ตอน {letter}" for letter in "กขคงจฉช"]


def body_texts(layout: Layout) -> list[str]:
    return [element.text.text for element in layout.elements if isinstance(element, Row)]


def furniture(layout: Layout) -> list[tuple[str, int, str]]:
    return [(piece.kind, piece.page, piece.line.text) for piece in layout.furniture]


@pytest.mark.parametrize(
    "printed", ["2", "๒", "-๒-", "- 2 -", "– ๑๒ –", "หน้า 2", "หน้าที่ ๒", "2/7", "(๒)", "หน้า ๒ จาก ๗"]
)
@pytest.mark.parametrize("place", ["head", "foot"])
def test_page_numbers_are_set_aside_but_stay_in_the_page_text(printed: str, place: str) -> None:
    made = page(BODY, 2, head=f"^ {printed}") if place == "head" else page(BODY, 2, foot=f"^ {printed}")
    layout = laid_out(page(BODY[:3]), made)
    assert furniture(layout) == [("page_number", 2, printed)]
    assert body_texts(layout) == BODY[:3] + BODY
    assert printed in page_text(made).split("\n")


def test_a_number_alone_in_the_text_is_no_page_number() -> None:
    rows = [*BODY[:4], "๓", *BODY[4:]]
    layout = laid_out(page(rows))
    assert furniture(layout) == []
    assert body_texts(layout) == rows


def test_running_lines_are_set_aside_on_every_page() -> None:
    feet = [f"รายงานการประชุมชมรมคนรักต้นไม้ ครั้งที่ ๒/๒๕๖๕ หน้า {number}" for number in "๑๒๓"]
    pages = [page(BODY, number, foot=foot) for number, foot in enumerate(feet, start=1)]
    layout = laid_out(*pages)
    assert furniture(layout) == [("running", number, foot) for number, foot in enumerate(feet, start=1)]
    assert body_texts(layout) == BODY * 3
    assert all(foot in page_text(made) for foot, made in zip(feet, pages, strict=True))


def test_a_running_line_that_a_rule_garbled_is_known_by_its_place() -> None:
    foot = "รายงานการประชุมชมรมคนรักต้นไม้ตำบลสวนผึ้ง"
    garbled = cell("วายงานการประสมชบวมคนวักตบโบตำบลสวบผ", 0.1, 0.94, 0.4)
    pages = [page(BODY, number, foot=foot) for number in (1, 2, 3)]
    third = pages[2].lines[-1].model_copy(update={"cells": (garbled,)})
    wide = (*third.cells[0].box[:2], pages[0].lines[-1].box[2], third.cells[0].box[3])
    third = third.model_copy(update={"cells": (garbled.model_copy(update={"box": wide}),)})
    pages[2] = pages[2].model_copy(update={"lines": (*pages[2].lines[:-1], third)})
    layout = laid_out(*pages)
    assert [kind for kind, _, _ in furniture(layout)] == ["running"] * 3
    assert body_texts(layout) == BODY * 3


def test_a_title_that_stands_on_one_page_only_is_no_running_line() -> None:
    layout = laid_out(page(BODY, head="^ รายงานการประชุมชมรมคนรักต้นไม้"), page(BODY, 2), page(BODY, 3))
    assert furniture(layout) == []


@pytest.mark.parametrize(
    ("catch", "begins"),
    [
        ("@0.7 /ผู้ไม่มาประชุม...", "ผู้ไม่มาประชุม"),
        ("@0.7 /7.2 กำหนดการ...", "7.2 กำหนดการสัมมนาของชมรม"),
        ("@0.7 โดยที่ประชุม...", "โดยที่ประชุมขอให้ติดตามเรื่องนี้"),
        ("@0.6 ๑๙. อาจารย์ ดร.สันติ ...", "๑๙. อาจารย์ ดร.สันติสุข ร่มเย็นใจ"),
        ("@0.7 /มติที่ประชุม…", "มติที่ประชุม เห็นชอบ"),
        ("/๔. เรื่องอื่น...", "๔. เรื่องอื่น ๆ"),
    ],
)
@pytest.mark.parametrize("number_above", [True, False])
def test_catch_words_leave_the_body_and_stay_in_the_page_text(catch: str, begins: str, number_above: bool) -> None:
    first = page([*BODY, catch])
    layout = laid_out(first, page([begins, *BODY[:3]], 2, head="^ -๒-" if number_above else ""))
    words = catch.split(" ", 1)[1] if catch.startswith("@") else catch
    assert ("catch_word", 1, words) in furniture(layout)
    assert body_texts(layout) == [*BODY, begins, *BODY[:3]]
    assert words in page_text(first)


@pytest.mark.parametrize(
    ("last", "next_begins"),
    [
        ("และขอให้ส่งรายชื่อคณะทำงานภายในสิ้นเดือน...", "มติที่ประชุม รับทราบ"),
        ("โดยที่ประชุมขอให้ติดตามเรื่องนี้", "โดยที่ประชุมขอให้ติดตามเรื่องนี้"),
    ],
)
def test_a_last_line_that_is_no_catch_word_stays(last: str, next_begins: str) -> None:
    layout = laid_out(page([*BODY, last]), page([next_begins, *BODY[:2]], 2))
    assert furniture(layout) == []
    assert last in body_texts(layout)


def test_there_is_no_catch_word_on_the_last_page() -> None:
    layout = laid_out(page([*BODY, "ลงชื่อ ........................."]))
    assert "ลงชื่อ ........................." in body_texts(layout)


def test_page_text_has_a_line_a_line_and_keeps_columns_apart() -> None:
    made = page(["๑. นายก้องเกียรติ แสนบุญล้น | กรรมการ", "", "เริ่มประชุม"])
    assert page_text(made) == "๑. นายก้องเกียรติ แสนบุญล้น  กรรมการ\nเริ่มประชุม\n"
    assert page_text(page([])) == ""


def test_ruled_table_becomes_rows_of_cells_between_the_text() -> None:
    table = Ruled(
        (0.12, 0.2, 0.6, 0.88), (("ที่", "รายการ", "บาท"), ("๑", "ต้นกล้าไม้ผล\nพันธุ์พื้นเมือง", "๔,๕๐๐"), ("๒", "ปุ๋ย", ""))
    )
    layout = laid_out(page([*BODY[:2], table, BODY[2]]))
    kinds = [type(element) for element in layout.elements]
    assert kinds == [Row, Row, Table, Row]
    found = layout.elements[2]
    assert isinstance(found, Table)
    assert [[[line.text for line in lines] for lines in row] for row in found.rows] == [
        [["ที่"], ["รายการ"], ["บาท"]],
        [["๑"], ["ต้นกล้าไม้ผล", "พันธุ์พื้นเมือง"], ["๔,๕๐๐"]],
        [["๒"], ["ปุ๋ย"], []],
    ]
    assert found.columns == pytest.approx((0.12, 0.2, 0.6), abs=0.01)


def test_a_streak_down_the_page_does_not_make_a_table_of_it() -> None:
    table = Ruled((0.12, 0.2, 0.88), (("๑", "นายก้องเกียรติ"), ("๒", "นายชาติชาย")))
    made = page([*BODY[:2], table, BODY[2]])
    streaked = made.model_copy(update={"rules": (*made.rules, (0.6, 0.0, 0.603, 1.0))})
    kinds = [type(element) for element in laid_out(streaked).elements]
    assert kinds == [Row, Row, Table, Row]


def test_a_streak_does_not_lengthen_a_table_that_begins_near_the_edge_of_the_paper() -> None:
    table = Ruled((0.12, 0.2, 0.88), (("๑", "นายก้องเกียรติ"), ("๒", "นายชาติชาย")))
    made = page([table, *BODY[:2]], top=0.015)
    streaked = made.model_copy(update={"rules": (*made.rules, (0.6, 0.0, 0.603, 1.0))})
    kinds = [type(element) for element in laid_out(streaked).elements]
    assert kinds == [Table, Row, Row]


def test_text_that_runs_over_an_upright_rule_is_cut_there() -> None:
    table = Ruled((0.1, 0.3, 0.6), (("@ก", "@ข"), ("", "")))
    made = page([table])
    across = cell("นายก้องเกียรติ กรรมการ", 0.17, made.lines[0].box[1])
    made = made.model_copy(update={"lines": (made.lines[0].model_copy(update={"cells": (across,)}),)})
    (found,) = laid_out(made).elements
    assert isinstance(found, Table)
    assert [[line.text for line in lines] for lines in found.rows[0]] == [["นายก้องเกียรติ"], ["กรรมการ"]]


def test_cells_are_kept_apart_where_the_rule_between_them_was_not_found() -> None:
    table = Ruled((0.1, 0.4, 0.7, 0.9), (("@ก", "@ข", "@ค"), ("@ง", "@จ", "@ฉ")))
    made = page([table])
    level = tuple(rule for rule in made.rules if rule[2] - rule[0] > rule[3] - rule[1])
    upright = tuple(rule for rule in made.rules if rule not in level)
    shorter = tuple((*rule[:3], made.lines[1].box[1] - 0.002) if 0.3 < rule[0] < 0.8 else rule for rule in upright)
    joined = cell("รับรองรายงาน" + 19 * " " + "ผู้จัดการ", 0.41, made.lines[1].box[1])
    alone = cell("มีสองช่อง  ว่าง", 0.12, made.lines[1].box[1])
    made = made.model_copy(update={"rules": (*level, *shorter), "lines": (made.lines[0], Line(cells=(alone, joined)))})
    (found,) = laid_out(made).elements
    assert isinstance(found, Table)
    assert [[line.text for line in lines] for lines in found.rows[1]] == [["มีสองช่อง  ว่าง"], ["รับรองรายงาน"], ["ผู้จัดการ"]]


def test_a_row_that_goes_on_over_the_page_needs_no_rule_below_it() -> None:
    made = page([Ruled((0.1, 0.3, 0.6), (("ที่", "รายการ"), ("๑", "ชั้นวาง"), ("๒", "หนังสือภาพ")))])
    last = max(rule[1] for rule in made.rules)
    (found,) = laid_out(made.model_copy(update={"rules": tuple(r for r in made.rules if r[1] != last)})).elements
    assert isinstance(found, Table)
    assert [[line.text for text in row for line in text] for row in found.rows] == [
        ["ที่", "รายการ"],
        ["๑", "ชั้นวาง"],
        ["๒", "หนังสือภาพ"],
    ]


def test_the_box_of_a_stamp_over_the_end_of_a_line_is_no_table() -> None:
    made = page(["@0.5 (นางสุภรณ์ ทองธรรม ณ อยุธยา)", "@0.5 ผู้จดรายงานการประชุม"])
    top = made.lines[0].box[1]
    sides = [(0.68, top - 0.04, 0.681, top + 0.02), (0.88, top - 0.04, 0.881, top + 0.02)]
    levels = [(0.68, y, 0.88, y + 0.001) for y in (top - 0.04, top - 0.02, top + 0.02)]
    layout = laid_out(made.model_copy(update={"rules": (*sides, *levels)}))
    assert body_texts(layout) == ["(นางสุภรณ์ ทองธรรม ณ อยุธยา)", "ผู้จดรายงานการประชุม"]


def test_an_underlined_heading_close_above_a_table_is_no_row_of_it() -> None:
    table = Ruled((0.1, 0.2, 0.6), (("ที่", "ชื่อ"), ("๑", "นายก้องเกียรติ")))
    made = page(["ผู้เข้าร่วมประชุม", table])
    top = min(rule[1] for rule in made.rules)
    underlined = made.model_copy(update={"rules": (*made.rules, (0.1, top - 0.009, 0.26, top - 0.008))})
    head, found = laid_out(underlined).elements
    assert isinstance(head, Row)
    assert isinstance(found, Table)
    assert [[line.text for text in row for line in text] for row in found.rows] == [["ที่", "ชื่อ"], ["๑", "นายก้องเกียรติ"]]


def test_a_single_rule_is_no_table() -> None:
    made = page(BODY).model_copy(update={"rules": ((0.1, 0.2, 0.9, 0.201),)})
    assert all(isinstance(element, Row) for element in laid_out(made).elements)


CHART: Box = (0.25, 0.235, 0.75, 0.301)  # of the height of three rows, the fifth to the seventh


def illustrated(rows: list[str | Ruled], *figures: Box) -> PageText:
    return page(rows).model_copy(update={"figures": figures})


def test_a_picture_stands_between_the_rows_above_and_below_it() -> None:
    layout = laid_out(illustrated([*BODY[:4], "", "", "", *BODY[4:]], CHART))
    assert [type(element) for element in layout.elements] == [Row] * 4 + [Picture] + [Row] * 3
    picture = layout.elements[4]
    assert isinstance(picture, Picture)
    assert (picture.page, picture.box) == (1, CHART)
    below = layout.elements[5]
    assert isinstance(below, Row)
    assert below.gap < 1, "the white space above it is that under the picture"


def test_what_is_written_in_a_picture_leaves_the_flow_and_stays_in_the_page_text() -> None:
    made = illustrated([*BODY[:4], "@0.3 พ.ศ. ๒๕๖๔", "@0.5 รายได้ | @0.65 รายจ่าย", "", *BODY[4:]], CHART)
    assert body_texts(laid_out(made)) == BODY
    assert "รายได้  รายจ่าย" in page_text(made)


def test_text_that_reaches_out_of_a_picture_stays() -> None:
    rows = [*BODY[:4], "@0.11 บรรทัดที่ยาวกว่ารูปและยังเป็นเนื้อความของวาระ", "", "", *BODY[4:]]
    assert body_texts(laid_out(illustrated(list(rows), CHART))) == [row.removeprefix("@0.11 ") for row in rows if row]


def test_a_picture_at_the_end_of_a_page_comes_before_the_next_page() -> None:
    layout = laid_out(illustrated(list(BODY[:4]), CHART), page(BODY, 2))
    assert [type(element) for element in layout.elements] == [Row] * 4 + [Picture] + [Row] * 7


def test_a_dark_cell_of_a_table_is_no_picture() -> None:
    table = Ruled((0.12, 0.3, 0.6), (("ที่", "รายการ"), ("๑", "หนังสือภาพ"), ("๒", "ชั้นวางหนังสือ")))
    made = illustrated([*BODY[:4], table, *BODY[4:]], (0.13, 0.232, 0.29, 0.25))
    elements = laid_out(made).elements
    assert [type(element) for element in elements] == [Row] * 4 + [Table] + [Row] * 3


def test_a_frame_around_a_picture_is_no_table() -> None:
    frame = Ruled((0.2, 0.8), (("รายได้\nรายจ่าย",),))
    box = page(["", frame]).rules
    outer = (0.2, box[0][1], 0.801, box[1][3])
    elements = laid_out(illustrated([*BODY[:1], frame, *BODY[1:]], outer)).elements
    assert [type(element) for element in elements] == [Row, Picture] + [Row] * 6


def test_margins_are_those_of_the_running_text() -> None:
    text = "คณะทำงานได้สำรวจพื้นที่ริมคลองและเห็นว่าควรปลูกต้นไม้ยืนต้นที่ทนน้ำท่วมขังได้ดี " * 4
    layout = laid_out(page([*flowing(text, left=0.15), *flowing(text, left=0.15)]))
    assert layout.left == pytest.approx(0.15, abs=0.01)
    assert layout.right == pytest.approx(RIGHT, abs=0.05)


def test_blank_and_failed_pages_leave_nothing_in_the_flow() -> None:
    made = page(BODY, 2)
    blank = page([], 1).model_copy(update={"state": "blank"})
    failed = page([], 3).model_copy(update={"state": "failed", "width": 0, "height": 0})
    assert body_texts(laid_out(blank, made, failed)) == BODY
    assert laid_out().elements == ()


FIRST = Traced.of_cell(1, cell("ผู้อำนวยการ  กองช่าง", 0.1, 0.2, 0.9))
SECOND = Traced.of_cell(2, cell("สำนักงานเขต", 0.3, 0.1, 0.4))


def test_a_slice_keeps_its_page_box_and_confidence() -> None:
    part = FIRST.cut(FIRST.text.index("กอง"))
    assert (part.text, part.page, part.confidence) == ("กองช่าง", 1, 0.9)
    assert part.box is not None and FIRST.box is not None
    assert part.box[0] == pytest.approx(0.1 + 0.01 * 11)  # nine letters that take room and two spaces before it
    assert part.box[2] == pytest.approx(FIRST.box[2])
    assert part.cut(0, 3).text == "กอง"


def test_joined_texts_have_the_first_page_and_the_least_confidence() -> None:
    whole = Traced.join([FIRST, SECOND])
    assert whole.value == "ผู้อำนวยการ กองช่าง สำนักงานเขต"
    assert (whole.page, whole.box, whole.confidence) == (1, FIRST.box, 0.4)
    assert whole.cut(whole.text.index("สำนัก")).page == 2
    assert Traced.join([FIRST, Traced("", ())]).text == FIRST.text


def test_text_that_was_not_read_has_no_place() -> None:
    nothing = Traced("", ())
    assert not nothing
    assert (nothing.page, nothing.box, nothing.confidence) == (None, None, 1.0)


def test_trimming_and_splitting_stay_aligned_with_the_page() -> None:
    text = Traced.of_cell(1, cell("( ก ข :: ค ง )", 0.1, 0.1))
    assert text.strip("()").text == "ก ข :: ค ง"
    assert text.lstrip("( ").text == "ก ข :: ค ง )"
    left, right = text.strip("()").split("::")
    assert (left.text, right.text) == ("ก ข", "ค ง")
    assert text.strip("()").without("::").value == "ก ข ค ง"
    assert right.left_of(0) == pytest.approx(0.1 + 0.01 * text.text.index("ค"))


def test_document_text_survives_writing_and_reading() -> None:
    made = document(page(BODY, head="^ ๒"))
    assert type(made).model_validate_json(made.model_dump_json()) == made


def test_a_rule_in_pieces_that_drift_on_a_tilted_page_is_one_rule() -> None:
    table = Ruled((0.1, 0.3, 0.6), tuple((f"แถวที่ {n}", "ข้อความ") for n in range(1, 7)))
    made = page([table])
    pieces: list[Box] = []
    for rule in made.rules:
        if rule[3] - rule[1] < rule[2] - rule[0]:
            pieces.append(rule)
            continue
        step = (rule[3] - rule[1]) / 6
        for n in range(6):
            x0, top = rule[0] + 0.0018 * n, rule[1] + step * n
            pieces.append((x0, top, x0 + 0.001, top + step))
    (found,) = laid_out(made.model_copy(update={"rules": tuple(pieces)})).elements
    assert isinstance(found, Table)
    assert [[flowed.text for text in row for flowed in text] for row in found.rows] == [
        [f"แถวที่ {n}", "ข้อความ"] for n in range(1, 7)
    ]
    assert all(len(row) == 2 for row in found.rows)
