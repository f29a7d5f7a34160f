"""The benchmark: its figures, where it puts faults down to, its pages and what it writes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from benchmarks import matter, pages, report, run, worst
from benchmarks.lines import LineResult, compare_lines
from benchmarks.reading import DocumentReading, EngineReading, Framed, PageReading
from benchmarks.sets import PRINT, SETS, EvaluationSet
from pipeline.errors import MissingDependencyError
from pipeline.ocr import Box, Cell, Line, PageText
from training.measure import Counts, Judged, calibration_error, count, judged, levels, wrong_among_least_sure
from training.synth import faces
from training.synth.degrade import CLEAN, Wear, degrade

SMALL = EvaluationSet("small", 0, "72 dpi", (72,), ("Kinnari",), 1, lambda _: CLEAN, 0.01)


class TestFigures:
    def test_white_space_counts_only_where_it_is_asked_for(self) -> None:
        counts = count("มติ  ที่ประชุม\nรับทราบ", "มติที่ประชุม รับทราบ")
        assert (counts.edits, counts.spaced_edits) == (0, 1)

    def test_a_wrong_tone_mark_is_one_character_and_one_cluster(self) -> None:
        counts = count("ที่นั่น", "ที่นั้น")
        assert (counts.edits, counts.characters) == (1, 7)
        assert (counts.cluster_edits, counts.clusters) == (1, 3)

    def test_vowels_and_marks_in_another_order_are_no_error(self) -> None:
        assert count("น้ำ", "น้ํา").edits == 0

    def test_numbers_count_as_printed(self) -> None:
        counts = count("ครั้งที่ ๑๒/๒๕๖๗ วงเงิน 1,250.50 บาท ข้อ ๕", "ครั้งที่ 12/2567 วงเงิน 1,250.50 บาท ข้อ ๕")
        assert (counts.numbers_read, counts.numbers) == (1, 2)

    def test_figures_add_up_over_pages(self) -> None:
        both = count("กขค", "กขข") + count("ก", "ก")
        assert both.cer == pytest.approx(1 / 4)
        assert both.pages == 2

    def test_the_wrong_character_is_told_from_the_right_ones(self) -> None:
        read = Line(cells=(Cell(text="วันที ๕", box=(0, 0, 1, 1), chars=(0.9, 0.9, 0.9, 0.9, 0.4, 1.0, 0.8)),))
        truth = Line(cells=(Cell(text="วันที่ ๖", box=(0, 0, 1, 1)),))
        assert [(one.character, one.right) for one in judged([truth], [read])][-2:] == [("ี", True), ("๕", False)]

    def test_confidence_that_means_what_it_says_has_no_calibration_error(self) -> None:
        honest = [Judged("ก", 0.75, index % 4 != 0) for index in range(80)]
        boastful = [Judged("ก", 0.95, one.right) for one in honest]
        assert calibration_error(honest) == pytest.approx(0)
        assert calibration_error(boastful) == pytest.approx(0.2)

    def test_characters_are_looked_at_by_how_sure_they_are(self) -> None:
        read = [Judged("ก", 0.85, index < 9) for index in range(10)] + [Judged("ก", 1.0, True)] * 5
        assert levels(read) == [(pytest.approx(0.85), pytest.approx(0.9), 10), (1.0, 1.0, 5)]

    def test_wrong_digits_are_looked_for_among_the_least_sure(self) -> None:
        sure = [Judged("๑", 0.99, True) for _ in range(98)]
        assert wrong_among_least_sure([*sure, Judged("๗", 0.4, False), Judged("๓", 0.999, False)], 0.03) == 0.5
        assert wrong_among_least_sure(sure, 0.03) is None


def at(x0: float, x1: float, y: float) -> Box:
    return (x0, y - 0.008, x1, y + 0.008)


def read_as(*cells: tuple[str, Box], skew: float = 0.0) -> PageReading:
    lines = tuple(Line(cells=(Cell(text=text, box=box),)) for text, box in cells)
    pieces = tuple(Framed(box=box, letter=0.01, baseline=(box[1] + box[3]) / 2 + 0.005) for _, box in cells)
    return PageReading(number=1, text="", lines=lines, pieces=pieces, skew=skew)


PRINTED = "มติที่ประชุมรับทราบ"
PAGE = PageText(
    number=1,
    width=800,
    height=1130,
    lines=(
        Line(cells=(Cell(text=PRINTED, box=at(0.1, 0.5, 0.2)),)),
        Line(cells=(Cell(text="นายเกษมวุฒิ", box=at(0.1, 0.3, 0.23)), Cell(text="ประธาน", box=at(0.6, 0.7, 0.23)))),
    ),
)
SECOND = (("นายเกษมวุฒิ", at(0.1, 0.3, 0.23)), ("ประธาน", at(0.6, 0.7, 0.23)))


def cause_of_first(*cells: tuple[str, Box]) -> LineResult:
    return compare_lines(PAGE, read_as(*cells, *SECOND))[0]


class TestFaults:
    def test_a_page_read_right_has_none(self) -> None:
        assert all(line.cause is None for line in compare_lines(PAGE, read_as((PRINTED, at(0.1, 0.5, 0.2)), *SECOND)))

    def test_a_wrong_letter_is_the_recognisers(self) -> None:
        found = cause_of_first((PRINTED.replace("ท", "ห"), at(0.1, 0.5, 0.2)))
        assert (found.cause, found.edits, found.swaps[0]) == ("recogniser", 2, ("ท", "ห"))

    def test_a_line_nobody_framed_is_missed(self) -> None:
        assert cause_of_first().cause == "missed"

    def test_half_a_line_is_part_missed(self) -> None:
        assert cause_of_first((PRINTED[:9], at(0.1, 0.3, 0.2))).cause == "part missed"

    def test_a_fault_where_a_piece_was_cut_in_two_is_the_cuts(self) -> None:
        found = cause_of_first((PRINTED[:9], at(0.1, 0.3, 0.2)), (PRINTED[8:], at(0.3, 0.5, 0.2)))
        assert (found.cause, found.edits) == ("cut", 1)

    def test_letters_taken_for_much_larger_are_framed_wrong(self) -> None:
        reading = read_as((PRINTED.replace("ม", "น"), at(0.1, 0.5, 0.2)), *SECOND)
        large = (reading.pieces[0].model_copy(update={"letter": 0.014}), *reading.pieces[1:])
        assert compare_lines(PAGE, reading.model_copy(update={"pieces": large}))[0].cause == "framed wrong"

    def test_a_piece_that_was_framed_and_not_handed_over_is_dropped(self) -> None:
        reading = read_as((PRINTED, at(0.1, 0.5, 0.2)), *SECOND)
        found = compare_lines(PAGE, reading.model_copy(update={"lines": reading.lines[1:]}))[0]
        assert (found.cause, found.edits) == ("dropped", len(PRINTED))

    def test_a_piece_where_nothing_is_printed_is_foreign_ink(self) -> None:
        found = compare_lines(PAGE, read_as((PRINTED, at(0.1, 0.5, 0.2)), *SECOND, ("|", at(0.9, 0.91, 0.6))))
        assert [(line.cause, line.got, line.want) for line in found if line.cause] == [("foreign ink", "|", "")]

    def test_pieces_of_a_levelled_page_are_put_back_on_their_line(self) -> None:
        """At two degrees the ends of a line are more than a line apart."""
        truth = PAGE.model_copy(update={"lines": (Line(cells=(Cell(text="ก", box=at(0.95, 0.97, 0.5)),)),)})
        levelled = 0.5 - 0.46 * 800 / 1130 * np.sin(np.deg2rad(2))
        found = compare_lines(truth, read_as(("ก", at(0.95, 0.97, float(levelled))), skew=2.0))
        assert [line.cause for line in found] == [None]


class TestPages:
    def test_a_document_is_always_the_same_and_holds_running_text(self) -> None:
        one, two = matter.document(SMALL, 0), matter.document(SMALL, 0)
        assert one.data == two.data
        printed = "".join(cell.text for truth in one.truths for line in truth.lines for cell in line.cells)
        assert "ช่างประจำกองรายงานว่า" in printed
        assert "ผู้มาประชุม" in printed or "ผู้เข้าประชุม" in printed

    def test_documents_of_a_set_print_other_paragraphs(self) -> None:
        first, second = (
            {item.title for group in matter.document(SMALL, index).record.agenda for item in group.items}
            for index in (0, 1)
        )
        assert len(first - second) >= matter.PARAGRAPHS - 1

    def test_text_of_ones_own_is_printed_too(self, tmp_path: Path) -> None:
        corpus = tmp_path / "news.txt"
        corpus.write_text("ข้อความที่ผู้ใช้นำมาเองเพื่อวัดผลการอ่าน " * 4 + "\nสั้นไป\n", encoding="utf-8")
        texts = [text for _, text in matter.running(corpus)]
        assert sum(text.startswith("ข้อความที่ผู้ใช้นำมาเอง") for text in texts) == 1
        assert not any("สั้นไป" in text for text in texts)

    def test_sets_are_drawn_in_faces_that_training_never_draws(self) -> None:
        from training.lines.faces import train_faces

        trained = {face.family for face in train_faces()}
        assert not trained & {family for kind in SETS for family in kind.families}
        assert {kind.families for kind in SETS} == {PRINT, ("Tlwg Typo",)}

    def test_pages_are_drawn_once_and_missing_faces_left_out(self, tmp_path: Path) -> None:
        some = EvaluationSet("some", 0, "", (72,), ("Kinnari", "Nosuch Face"), 2, lambda _: CLEAN, 0.01)
        (document,) = pages.prepare([some], tmp_path, None, None)
        assert document.family == "Kinnari" and len(document.pictures) == len(document.truth.pages)
        document.scan.write_bytes(b"kept")
        (again,) = pages.prepare([some], tmp_path, None, None)
        assert again.scan.read_bytes() == b"kept"

    def test_a_fetched_face_is_found_before_fontconfigs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        kinnari = faces.cut("Kinnari")
        shutil.copy(kinnari.file, tmp_path / "made-up-face-700-normal.ttf")
        monkeypatch.setattr(faces, "FETCHED", tmp_path)
        found = faces.cut("Made Up Face", bold=True)
        assert found.file.parent == tmp_path and found.letters == kinnari.letters

    def test_a_third_copy_is_worse_but_legible(self) -> None:
        page = np.full((220, 220), 255, np.uint8)
        page[60:160, 100:108] = 0
        truth = PageText(number=1, width=220, height=220)
        worn = Wear(skew=0, bend=0, blur=0, noise=0, light=0, paper=255, ink=0, jpeg=None, copies=3)
        copied, _ = degrade(page, truth, worn, 200, np.random.default_rng(3))
        again, _ = degrade(page, truth, worn, 200, np.random.default_rng(3))
        assert np.array_equal(copied, again) and not np.array_equal(copied, page)
        assert (copied[65:155, 102:106] < 128).mean() > 0.9
        assert (copied[:, :80] < 128).mean() < 0.02


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> run.Measured:
    """One small document, read by an engine that takes every ท for ห; a second engine is not installed."""
    documents = pages.prepare([SMALL], tmp_path_factory.mktemp("pages"), None, None)

    def fake(engine: str, held: Sequence[pages.Document]) -> EngineReading:
        if engine == "psm4":
            raise MissingDependencyError("Tesseract is not installed", "Type: apt-get install tesseract-ocr")
        read = [
            DocumentReading(name=document.name, pages=tuple(map(misread, document.truth.pages)), seconds={"read": 4.0})
            for document in held
        ]
        return EngineReading(engine="made up", documents=tuple(read), peak_mb=99.5)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "read", fake)
        return run.measure(["ours", "psm4"], documents, lambda _: None)


def misread(truth: PageText) -> PageReading:
    lines = tuple(
        Line(
            cells=tuple(
                cell.model_copy(update={"text": cell.text.replace("ท", "ห"), "chars": (0.9,) * len(cell.text)})
                for cell in line.cells
            )
        )
        for line in truth.lines
    )
    pieces = tuple(
        Framed(box=cell.box, letter=0.01, baseline=cell.box[3] - 0.006) for line in truth.lines for cell in line.cells
    )
    text = "".join(line.text + "\n" for line in lines)
    return PageReading(number=truth.number, text=text, lines=lines, pieces=pieces)


class TestReport:
    def test_an_engine_that_is_not_installed_is_left_out_with_a_line_why(self, measured: run.Measured) -> None:
        assert list(measured.names) == ["ours"]
        assert "apt-get install tesseract-ocr" in measured.left_out[0]

    def test_tables_tell_the_error_rate_and_what_it_comes_from(self, measured: run.Measured) -> None:
        counts = run.total(measured.of("ours"))
        assert 0 < counts.cer < 0.1
        assert f"{100 * counts.cer:.2f} %" in report.engines(measured)
        assert report.confusions(measured).splitlines()[2].startswith("| `ท` → `ห` |")
        assert "≤ 1.00 %" in report.targets(measured)

    def test_seconds_are_a_page(self, measured: run.Measured) -> None:
        (one,) = measured.of("ours")
        assert run.cpu([one]) == pytest.approx(4.0 / one.counts.pages)
        assert run.cpu([one], "find") == 0

    def test_the_worst_lines_are_shown_as_pictures(self, measured: run.Measured, tmp_path: Path) -> None:
        worst.write(measured, tmp_path / "worst.html", 5)
        page = (tmp_path / "worst.html").read_text(encoding="utf-8")
        assert page.count("data:image/jpeg;base64,") == 5
        assert "<ins>ท</ins>" in page and "<del>ห</del>" in page
        assert "http" not in page.replace("https://bookfair.example.or.th", "")

    def test_nothing_read_is_all_wrong(self) -> None:
        assert count("ก" * 30, "") == Counts(1, 30, 30, 30, 30, 30, 30, 0, 0)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--engines", "ours,magic"], "'magic' is none of ours, psm4, psm6, ocrmypdf"),
        (["--corpus", "nowhere.txt"], "nowhere.txt is no file"),
    ],
)
def test_what_is_asked_wrongly_is_named(asked: list[str], told: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", *asked],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert told in done.stderr
