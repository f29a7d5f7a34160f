"""Where a title ends can be in doubt: a full line, and below it one that begins where both would."""

from __future__ import annotations

import pytest
from build import Ruled, document, minutes, parsed

from pipeline.check.titles import titles
from pipeline.layout import arrange

FULL = "@0.16 ๓.๑ การปรับปรุงถนนสายหนองหญ้าม้าลายถึงบ้านโคกกระบือเผือกระยะทางยาวรวม ๑๒.๕๐"


@pytest.mark.parametrize(
    ("title", "doubts"),
    [
        ((FULL, "@0.16 คณะกรรมการเสนอประมาณราคาค่าก่อสร้างไว้แล้ว"), ["/agenda/0/items/0/title"]),
        (("@0.16 ๓.๑ การปรับปรุงถนน", "@0.16 คณะกรรมการเสนอประมาณราคาไว้แล้ว"), []),
        ((FULL, "@0.16 กิโลเมตร", "> คณะกรรมการเสนอประมาณราคาไว้แล้ว"), []),
    ],
)
def test_a_title_that_may_end_elsewhere_is_pointed_at(title: tuple[str, ...], doubts: list[str]) -> None:
    rows = minutes(agenda=("ระเบียบวาระที่ ๓ เรื่องเพื่อพิจารณา", *title, "มติที่ประชุม เห็นชอบ"))
    found = list(titles(parsed(rows).record, arrange(document(rows))))
    assert [one.path for one in found] == doubts
    assert {one.code for one in found} <= {"agenda.title_end"}


@pytest.mark.parametrize(
    ("cell", "doubts"),
    [
        (("ระเบียบวาระที่ ๑ การปรับปรุงถนนสายหนองหญ้าม้าลายถึงบ้านโคก", "กระบือเผือก"), []),
        (
            (
                "ระเบียบวาระที่ ๑ การปรับปรุงถนนสายหนองหญ้าม้าลายถึงบ้านโคก",
                "คณะกรรมการเสนอประมาณราคาค่าก่อสร้างไว้แล้วเป็นเงินรวมหกแสนบาท",
                "โดยขอเบิกจากเงินสะสม",
            ),
            ["/agenda/0/title"],
        ),
    ],
)
def test_a_title_that_fills_a_wide_cell_of_a_table_is_pointed_at(cell: tuple[str, ...], doubts: list[str]) -> None:
    head, other = ("สาระสำคัญ", "มติที่ประชุม"), ("ระเบียบวาระที่ ๒ เรื่องอื่น ๆ", "รับทราบ")
    rows = minutes(agenda=(Ruled((0.1, 0.6, 0.9), (head, ("\n".join(cell), "เห็นชอบ"), other)),))
    found = list(titles(parsed(rows).record, arrange(document(rows))))
    assert [one.path for one in found] == doubts
