"""From a file to upright pictures of its pages. The pictures are drawn here; nothing is scanned."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pytest
from pdfs import scan_pdf, text_page, thai_font
from PIL import ExifTags, Image, ImageDraw

from pipeline.pages import (
    Grey,
    PageImage,
    deskewed,
    find_rules,
    is_blank,
    open_source,
    turned_upright,
    without_rules,
)
from pipeline.pages.plain import plain_scan
from pipeline.pages.skew import find_skew, rotated
from pipeline.programs import poppler
from pipeline.settings import Settings

SETTINGS = Settings()


def upright(page: PageImage) -> PageImage:
    """Turned and levelled, as a page goes to the reader when it is doubtful."""
    return deskewed(turned_upright(page))


@pytest.fixture(scope="module")
def drawn() -> PageImage:
    return PageImage(1, text_page(), 200)


def first_page(path: Path, settings: Settings = SETTINGS) -> PageImage:
    return open_source(path, settings).page(1)


def difference(a: Grey, b: Grey) -> float:
    """Mean difference in grey levels, after averaging over eight pixels."""
    assert a.shape == b.shape
    return float(np.abs(cv2.blur(a.astype(np.float32), (8, 8)) - cv2.blur(b.astype(np.float32), (8, 8))).mean())


# PDF: the scan itself


def test_a_scanned_page_comes_out_as_it_was_stored(tmp_path: Path, drawn: PageImage) -> None:
    source = open_source(scan_pdf(tmp_path / "scan.pdf", drawn.pixels, drawn.pixels[::-1]), SETTINGS)
    assert (source.file, source.page_count, len(source.sha256)) == ("scan.pdf", 2, 64)
    assert np.array_equal(source.page(1).pixels, drawn.pixels)
    assert source.page(1).dpi == pytest.approx(200, rel=0.001)
    assert np.array_equal(source.page(2).pixels, drawn.pixels[::-1])
    assert source.page(2).number == 2


def test_a_source_can_be_sent_to_another_process(tmp_path: Path, drawn: PageImage) -> None:
    source = open_source(scan_pdf(tmp_path / "scan.pdf", drawn.pixels), SETTINGS)
    assert np.array_equal(pickle.loads(pickle.dumps(source)).page(1).pixels, drawn.pixels)


def test_a_fine_black_and_white_scan_comes_out_grey(tmp_path: Path) -> None:
    fine = np.where(text_page(dpi=600, lines=6, width=4.2, height=5) > 127, 255, 0).astype(np.uint8)
    boxes = fine.reshape(1500, 2, 1260, 2).mean(axis=(1, 3)).astype(np.uint8)
    page = first_page(scan_pdf(tmp_path / "fine.pdf", fine, dpi=600, bits=1), Settings(dpi=300))
    assert page.dpi == pytest.approx(300)
    assert difference(page.pixels, boxes) < 2
    picture = save_and_read(Image.fromarray(fine).convert("1"), tmp_path / "fine.tif", dpi=(600, 600))
    assert picture.dpi == pytest.approx(300)
    assert np.abs(picture.pixels.astype(int) - boxes).max() <= 1


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_is_turned_as_the_pdf_says(tmp_path: Path, drawn: PageImage, turn: int) -> None:
    page = first_page(scan_pdf(tmp_path / "turned.pdf", drawn.pixels, rotate=turn))
    assert np.array_equal(page.pixels, np.rot90(drawn.pixels, -turn // 90))


@pytest.mark.parametrize(
    ("matrix", "seen"),
    [
        ("-{w} 0 0 {h} {w} 0", lambda pixels: pixels[:, ::-1]),
        ("{w} 0 0 -{h} 0 {h}", lambda pixels: pixels[::-1]),
        ("-{w} 0 0 -{h} {w} {h}", lambda pixels: pixels[::-1, ::-1]),
    ],
)
def test_a_page_is_mirrored_as_the_pdf_says(
    tmp_path: Path, drawn: PageImage, matrix: str, seen: Callable[[Grey], Grey]
) -> None:
    page = first_page(scan_pdf(tmp_path / "mirror.pdf", drawn.pixels, matrix=matrix), Settings(dpi=200))
    assert difference(page.pixels, seen(drawn.pixels)) < 3
    assert difference(page.pixels, drawn.pixels) > 10


def test_what_is_typed_over_a_scan_is_kept(tmp_path: Path, drawn: PageImage) -> None:
    path = scan_pdf(tmp_path / "stamped.pdf", drawn.pixels, over=b"BT /F1 10 Tf 290 20 Td (7) Tj ET")
    page = first_page(path, Settings(dpi=200))
    foot = page.pixels[-90:-40, 795:835]
    assert (foot < 100).any()


def test_a_cut_page_shows_only_what_is_left(tmp_path: Path, drawn: PageImage) -> None:
    path = scan_pdf(tmp_path / "cut.pdf", drawn.pixels, crop=[0, 421, 595, 842])
    page = first_page(path, Settings(dpi=200))
    assert page.height == pytest.approx(drawn.height / 2, abs=3)
    assert difference(page.pixels[:1160, :1650], drawn.pixels[:1160, :1650]) < 5


def test_a_white_scan_is_handed_out_white(tmp_path: Path) -> None:
    page = first_page(scan_pdf(tmp_path / "white.pdf", np.full((2339, 1654), 255, np.uint8)))
    assert page.pixels.min() == 255
    assert is_blank(page)


# PDF: drawn pages


def test_a_page_without_a_picture_is_drawn_at_the_wanted_resolution(tmp_path: Path) -> None:
    path = tmp_path / "typed.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Contents = pikepdf.Stream(pdf, b"100 700 200 20 re f")
        pdf.save(path)
    page_image = first_page(path, Settings(dpi=150))
    assert page_image.dpi == 150
    assert page_image.pixels.shape == pytest.approx((842 * 150 / 72, 595 * 150 / 72), abs=1)
    assert page_image.pixels[round(132 * 150 / 72), round(150 * 150 / 72)] == 0


@pytest.mark.parametrize("points", [(8000, 11000), (60, 85), (14400, 14400), (600, 14000)])
def test_a_page_of_unlikely_size_stays_within_the_limits(tmp_path: Path, points: tuple[int, int]) -> None:
    path = tmp_path / "size.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=points)
        pdf.save(path)
    page = first_page(path, Settings(max_megapixels=10))
    assert page.width * page.height <= 10e6 * 1.01
    assert min(page.width, page.height) >= 600
    assert page.width / page.height == pytest.approx(points[0] / points[1], rel=0.01)


def test_a_scan_of_a_pixel_a_point_is_taken_for_a4(tmp_path: Path, drawn: PageImage) -> None:
    page = first_page(scan_pdf(tmp_path / "phone.pdf", drawn.pixels, dpi=72))
    assert np.array_equal(page.pixels, drawn.pixels)
    assert page.dpi == pytest.approx(200, rel=0.01)


# Pictures


def save_and_read(image: Image.Image, path: Path, **options: object) -> PageImage:
    image.save(path, **options)
    return first_page(path)


STEPS = np.repeat(np.array([[0, 85, 170, 255]], np.uint8), 40, axis=0).repeat(40, axis=1)


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [(kind, "tif") for kind in ("1", "L", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F")]
    + [(kind, "png") for kind in ("1", "L", "P", "RGB", "RGBA", "LA", "I;16")],
)
def test_every_kind_of_pixel_comes_out_grey(tmp_path: Path, kind: str, suffix: str) -> None:
    steps = Image.fromarray(STEPS)
    expected = STEPS
    if kind == "1":
        image = steps.point(lambda value: 255 if value > 127 else 0).convert("1")
        expected = np.where(STEPS > 127, 255, 0).astype(np.uint8)
    elif kind == "I;16":
        image = Image.fromarray(STEPS.astype(np.uint16) * 257)
    elif kind == "I":
        image = Image.fromarray(STEPS.astype(np.int32) * 257)
    elif kind == "F":
        image = Image.fromarray(STEPS.astype(np.float32) / 255)
    elif kind in {"RGBA", "LA"}:
        image = Image.merge("LA", (Image.new("L", steps.size, 0), steps.point(lambda value: 255 - value))).convert(kind)
    elif kind == "CMYK":
        none = Image.new("L", steps.size, 0)
        image = Image.merge("CMYK", (none, none, none, steps.point(lambda value: 255 - value)))
    else:
        image = steps.convert(kind)
    page = save_and_read(image, tmp_path / f"steps.{suffix}")
    assert np.abs(page.pixels.astype(int) - expected).max() <= 1


def test_palette_with_transparency_lies_on_white(tmp_path: Path) -> None:
    image = Image.fromarray(STEPS).convert("P")
    page = save_and_read(image, tmp_path / "clear.png", transparency=0)
    assert page.pixels[0].tolist()[::40] == [255, 85, 170, 255]


def test_cmyk_jpeg_is_no_negative(tmp_path: Path) -> None:
    page = save_and_read(Image.fromarray(STEPS).convert("RGB").convert("CMYK"), tmp_path / "steps.jpg", quality=95)
    assert np.abs(page.pixels[20, 20::40].astype(int) - [0, 85, 170, 255]).max() < 12


def test_pages_of_a_tiff(tmp_path: Path) -> None:
    path = tmp_path / "REPORT.PDF"  # the name does not matter
    frames = [Image.fromarray(np.full((100, 70), value, np.uint8)) for value in (10, 20, 30)]
    frames[0].save(path, format="TIFF", save_all=True, append_images=frames[1:], compression="tiff_lzw")
    source = open_source(path, SETTINGS)
    assert [int(source.page(n).pixels[0, 0]) for n in range(1, source.page_count + 1)] == [10, 20, 30]


def test_previews_in_a_tiff_are_no_pages(tmp_path: Path) -> None:
    path = tmp_path / "preview.tif"
    with Image.fromarray(STEPS) as page, Image.new("L", (16, 4)) as preview:
        preview.encoderinfo = {"tiffinfo": {254: 1}}
        page.save(path, save_all=True, append_images=[preview])
    source = open_source(path, SETTINGS)
    assert source.page_count == 1
    assert np.array_equal(source.page(1).pixels, STEPS)


def test_resolution_is_read_or_told_from_the_width_of_a4(tmp_path: Path, drawn: PageImage) -> None:
    image = Image.fromarray(drawn.pixels)
    assert save_and_read(image, tmp_path / "told.png", dpi=(150, 150)).dpi == pytest.approx(150, abs=0.1)
    assert save_and_read(image, tmp_path / "untold.png").dpi == pytest.approx(200, abs=0.5)
    assert save_and_read(image, tmp_path / "screen.jpg", dpi=(72, 72)).dpi == pytest.approx(200, abs=0.5)


def test_oblong_pixels_of_a_fax_are_made_square(tmp_path: Path) -> None:
    fax = Image.fromarray(text_page(dpi=204, lines=4, width=8, height=6)).resize((1632, 588))
    page = save_and_read(fax, tmp_path / "fax.tif", dpi=(204, 98))
    assert page.pixels.shape == pytest.approx((1224, 1632), abs=1)
    assert page.dpi == pytest.approx(204)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_as_the_camera_was_held(tmp_path: Path, orientation: int) -> None:
    upright_pixels = np.full((160, 120), 255, np.uint8)
    upright_pixels[10:60, 10:30] = 0
    stored = {
        1: upright_pixels,
        2: upright_pixels[:, ::-1],
        3: upright_pixels[::-1, ::-1],
        4: upright_pixels[::-1],
        5: upright_pixels.T,
        6: np.rot90(upright_pixels),
        7: upright_pixels[::-1, ::-1].T,
        8: np.rot90(upright_pixels, -1),
    }[orientation]
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    page = save_and_read(Image.fromarray(np.ascontiguousarray(stored)), tmp_path / "photo.jpg", exif=exif, quality=95)
    assert difference(page.pixels, upright_pixels) < 3


# Upright


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_is_turned(drawn: PageImage, turn: int) -> None:
    lying = replace(drawn, pixels=np.ascontiguousarray(np.rot90(drawn.pixels, turn // 90)))
    standing = upright(lying)
    assert standing.turned == turn
    assert np.array_equal(standing.pixels, drawn.pixels)


def test_a_page_that_stands_is_left_alone(drawn: PageImage) -> None:
    assert upright(drawn) is drawn


@pytest.mark.parametrize("text", ["", "- ๒ -"])
def test_a_page_with_too_little_on_it_is_left_alone(text: str) -> None:
    image = Image.new("L", (1654, 2339), 255)
    ImageDraw.Draw(image).text((780, 120), text, font=thai_font(16, 200), fill=0)
    page = PageImage(1, np.asarray(image), 200)
    assert upright(page) is page


@pytest.mark.parametrize("angle", [-4.3, -1.0, 0.55, 2.2])
def test_skew_is_found_and_taken_out(drawn: PageImage, angle: float) -> None:
    skewed = replace(drawn, pixels=rotated(drawn.pixels, angle))
    assert find_skew(skewed) == pytest.approx(angle, abs=0.06)
    level = upright(skewed)
    assert level.skew == pytest.approx(angle, abs=0.06)
    assert abs(find_skew(level)) < 0.06
    inner = np.s_[150:-150, 150:-150]
    assert difference(level.pixels[inner], drawn.pixels[inner]) < 5
    assert level.pixels[0, 0] == level.pixels[-1, -1] == 255


def test_skew_too_small_to_harm_is_left(drawn: PageImage) -> None:
    skewed = replace(drawn, pixels=rotated(drawn.pixels, 0.2))
    assert upright(skewed) is skewed


def test_a_picture_without_lines_has_no_skew() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (1200, 900)).astype(np.uint8)
    assert find_skew(PageImage(1, noise, 200)) == 0.0


# Rules


def ruled(page: Grey, boxes: list[tuple[int, int, int, int]], grey: int = 0) -> Grey:
    pixels = page.copy()
    for x0, y0, x1, y1 in boxes:
        pixels[y0:y1, x0:x1] = np.minimum(pixels[y0:y1, x0:x1], grey)
    return pixels


TABLE = [
    *[(250, y, 2300, y + 4) for y in (220, 460, 820)],
    *[(x, 220, x + 4, 824) for x in (250, 900, 2296)],
]


@pytest.fixture(scope="module")
def plain() -> Grey:
    return text_page(dpi=300, lines=6, height=4)


def test_borders_of_a_table_are_found(plain: Grey) -> None:
    page = PageImage(1, ruled(plain, TABLE), 300)
    found = [
        (round(x0 * page.width), round(y0 * page.height), round(x1 * page.width), round(y1 * page.height))
        for x0, y0, x1, y1 in find_rules(page)
    ]
    assert found == [pytest.approx(box, abs=3) for box in TABLE]
    assert find_rules(PageImage(1, plain, 300)) == []


def test_rules_that_lean_or_are_broken_are_found(plain: Grey) -> None:
    page = PageImage(1, rotated(ruled(plain, TABLE), 1.5), 300)
    assert len(find_rules(page)) == len(TABLE)
    broken = ruled(np.full_like(plain, 255), [(x, 600, x + 190, 604) for x in range(300, 2100, 210)])
    (rule,) = find_rules(PageImage(1, broken, 300))
    assert (rule[2] - rule[0]) * plain.shape[1] == pytest.approx(1870, abs=4)


@pytest.mark.parametrize(
    ("boxes", "grey"),
    [
        (TABLE, 0),
        ([(x, 0, x + 2, 1200) for x in (430, 700, 1010)], 110),  # streaks of a dirty scanner, through the letters
        ([(300, y, 1500, y + 4) for y in (329, 450)], 0),  # underlines that touch the letters
    ],
)
def test_rules_are_whitened_and_the_letters_stay(
    plain: Grey, boxes: list[tuple[int, int, int, int]], grey: int
) -> None:
    page = PageImage(1, ruled(plain, boxes, grey), 300)
    clean = without_rules(page, find_rules(page)).pixels
    letters, rules = plain < 100, (page.pixels < 150) & (plain > 200)
    touched = np.zeros(plain.shape, bool)
    for x0, y0, x1, y1 in boxes:
        touched[max(0, y0 - 4) : y1 + 4, max(0, x0 - 4) : x1 + 4] = True
    assert np.array_equal(clean[~touched], page.pixels[~touched])
    assert (clean[letters] < 150).mean() > 0.99
    assert (clean[rules] > 200).mean() > 0.95


def test_the_page_itself_is_not_changed(plain: Grey) -> None:
    page = PageImage(1, ruled(plain, TABLE), 300)
    before = page.pixels.copy()
    without_rules(page, find_rules(page))
    assert np.array_equal(page.pixels, before)


# Blank


def paper(seed: int = 0) -> Grey:
    return np.random.default_rng(seed).normal(235, 4, (2339, 1654)).clip(0, 255).astype(np.uint8)


def test_empty_paper_is_blank() -> None:
    speckled = paper()
    for x, y in np.random.default_rng(1).integers(100, 1500, (30, 2)):
        speckled[y : y + 3, x : x + 3] = 40
    shadow = paper()
    shadow[:, :25] = 30
    shadow[-30:, :] = 60
    for pixels in (paper(), speckled, shadow):
        assert is_blank(PageImage(1, pixels, 200))


@pytest.mark.parametrize(("text", "ink"), [("๒", 20), ("๒", 160), ("-", 20), ("(ลงชื่อ)", 160)])
def test_a_single_mark_is_read(text: str, ink: int) -> None:
    image = Image.fromarray(paper())
    ImageDraw.Draw(image).text((820, 150), text, font=thai_font(12, 200), fill=ink)
    assert not is_blank(PageImage(1, np.asarray(image), 200))


# Poppler


def test_poppler_lists_what_a_page_draws(tmp_path: Path, drawn: PageImage) -> None:
    path = scan_pdf(tmp_path / "scan.pdf", drawn.pixels)
    (listed,) = poppler.list_images(poppler.Pdf(path, path.name, None, 60), 1)
    assert (listed.kind, listed.width, listed.height) == ("image", drawn.width, drawn.height)
    assert (listed.x_ppi, listed.y_ppi) == (200, 200)


# Thick and double rules


@pytest.mark.parametrize("thick", [12, 20, 30])
def test_thick_rules_are_taken_out_and_the_letters_that_stand_on_them_stay(plain: Grey, thick: int) -> None:
    boxes = [(250, y, 2300, y + thick) for y in (325, 445, 565)]
    page = PageImage(1, ruled(plain, boxes), 300)
    clean = without_rules(page, find_rules(page)).pixels
    inside, beside = np.zeros(plain.shape, bool), np.zeros(plain.shape, bool)
    for x0, y0, x1, y1 in boxes:
        inside[y0:y1, x0:x1] = True
        beside[y0 - 4 : y1 + 4, x0 - 4 : x1 + 4] = True
    assert (clean[inside] > 200).mean() > 0.99
    assert np.array_equal(clean[~beside], plain[~beside])


@pytest.mark.parametrize("gap", [2, 5, 8])
def test_both_lines_of_a_double_rule_are_taken_out(plain: Grey, gap: int) -> None:
    boxes = [(250, y + shift, 2300, y + shift + 3) for y in (220, 460, 820) for shift in (0, 3 + gap)]
    page = PageImage(1, ruled(plain, boxes), 300)
    clean = without_rules(page, find_rules(page)).pixels
    assert (clean[(page.pixels < 150) & (plain > 200)] > 200).mean() > 0.95
    assert (clean[plain < 100] < 150).mean() > 0.98


def test_letters_show_through_a_broad_pale_streak(plain: Grey) -> None:
    page = PageImage(1, ruled(plain, [(x, 0, x + 24, 1200) for x in (430, 1010)], 150), 300)
    rules = find_rules(page)
    clean = without_rules(page, rules).pixels
    assert len(rules) == 2
    assert (clean[plain < 100] < 150).all()
    assert (clean[(page.pixels < 200) & (plain > 200)] > 200).mean() > 0.98


def test_a_dark_ground_is_no_rule(plain: Grey) -> None:
    assert find_rules(PageImage(1, ruled(plain, [(250, 900, 2300, 1000)]), 300)) == []


# PDF: the scan told from the page's objects


@pytest.mark.parametrize(
    ("over", "kept"),
    [
        (b"BT 3 Tr /F1 10 Tf 290 20 Td (searchable) Tj ET", True),
        (b"BT /F1 10 Tf 290 20 Td (typed) Tj ET", False),
        (b"q 3 Tr Q BT /F1 10 Tf 290 20 Td (typed) Tj ET", False),
        (b"0 0 300 300 re f", False),
        (b"/Im0 Do", False),
    ],
)
def test_only_a_page_that_paints_nothing_else_is_plainly_a_scan(
    tmp_path: Path, drawn: PageImage, over: bytes, kept: bool
) -> None:
    path = scan_pdf(tmp_path / "scan.pdf", drawn.pixels, over=over)
    assert (plain_scan(path, None, 1, 300, 150) is not None) == kept


def test_an_annotation_makes_a_scan_more_than_a_picture(tmp_path: Path, drawn: PageImage) -> None:
    path = scan_pdf(tmp_path / "scan.pdf", drawn.pixels)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[0, 0, 9, 9])])
        pdf.save(path)
    assert plain_scan(path, None, 1, 300, 150) is None


def test_a_plain_scan_far_above_the_wanted_resolution_is_averaged(tmp_path: Path) -> None:
    fine = text_page(dpi=600, lines=3, width=4.2, height=5)
    page = plain_scan(scan_pdf(tmp_path / "fine.pdf", fine, dpi=600), None, 1, 300, 150)
    assert page is not None
    assert page.dpi == pytest.approx(300)
    assert difference(page.pixels, fine.reshape(1500, 2, 1260, 2).mean(axis=(1, 3)).astype(np.uint8)) < 1


def test_a_fine_colour_jpeg_is_unpacked_grey_and_half_as_large(tmp_path: Path) -> None:
    fine = text_page(dpi=600, lines=3, width=4.2, height=5)
    path = tmp_path / "fine.jpg"
    page = save_and_read(Image.fromarray(fine).convert("RGB"), path, dpi=(600, 600), quality=92)
    assert page.pixels.shape == (1500, 1260)
    assert page.dpi == pytest.approx(300)
    assert difference(page.pixels, fine.reshape(1500, 2, 1260, 2).mean(axis=(1, 3)).astype(np.uint8)) < 2


def test_where_a_rule_was_the_paper_is_as_grey_as_beside_it(plain: Grey) -> None:
    shade = np.linspace(150, 220, plain.shape[1], dtype=np.float32) / 255  # darker on one side, as by the spine
    page = PageImage(1, (ruled(plain, TABLE) * shade).astype(np.uint8), 300)
    clean = without_rules(page, find_rules(page)).pixels
    was_rule = (ruled(plain, TABLE) < 60) & (plain > 200)
    paper = np.broadcast_to(255 * shade, plain.shape)
    off = np.abs(clean[was_rule].astype(np.float32) - paper[was_rule])
    assert (off < 8).mean() > 0.9
