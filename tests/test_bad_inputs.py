"""Files that cannot be read, or hardly: each ends in one clear line, none in a wrong page."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pdfs import scan_pdf, text_page
from PIL import Image

from pipeline.errors import EncryptedError, ExitCode, InputError, LimitError, MissingDependencyError, PageError
from pipeline.pages import open_source
from pipeline.settings import Settings

SETTINGS = Settings()
SMALL = np.full((120, 90), 255, np.uint8)
SMALL[40:80, 20:40] = 0


def refused(path: Path, settings: Settings = SETTINGS) -> InputError:
    with pytest.raises(InputError) as caught:
        open_source(path, settings)
    assert caught.value.hint
    assert str(path.parent) not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "minutes.pdf is empty"),
        ("รายงานการประชุม\n".encode(), "is a text file, not a PDF"),
        (b"PK\x03\x04" + bytes(60), "an Office document"),
        (b"GIF89a" + bytes(60), "a GIF picture"),
        (bytes(range(256)), "of an unknown kind"),
    ],
)
def test_what_is_no_scan_is_named_for_what_it_is(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "minutes.pdf"
    path.write_bytes(content)
    assert words in refused(path).what


def test_missing_file_and_folder(tmp_path: Path) -> None:
    assert "does not exist" in refused(tmp_path / "no.pdf").what
    folder = tmp_path / "folder.pdf"
    folder.mkdir()
    assert "is a folder" in refused(folder).what


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.pdf"
    os.mkfifo(path)
    assert "not an ordinary file" in refused(path).what


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = scan_pdf(tmp_path / "secret.pdf", SMALL)

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)  # the superuser may read any file, so the mode alone tests nothing
    assert "Permission denied" in refused(path).what


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_truncated_pdf(tmp_path: Path, part: float) -> None:
    path = scan_pdf(tmp_path / "whole.pdf", text_page())
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    error = refused(path)
    assert "damaged or cut off" in error.what
    assert error.code is ExitCode.BAD_INPUT


def test_pdf_without_pages(tmp_path: Path) -> None:
    path = tmp_path / "none.pdf"
    with pikepdf.new() as pdf:
        pdf.save(path)
    assert "without pages" in refused(path).what


@pytest.mark.parametrize("revision", [4, 6])
def test_encrypted_pdf(tmp_path: Path, revision: int) -> None:
    lock = pikepdf.Encryption(owner="owner", user="กุญแจ" if revision == 6 else "key", R=revision)
    path = scan_pdf(tmp_path / "locked.pdf", SMALL, encryption=lock)

    without = refused(path)
    assert isinstance(without, EncryptedError)
    assert "--password" in without.hint
    wrong = refused(path, Settings(password="guess"))
    assert isinstance(wrong, EncryptedError)
    assert "wrong" in wrong.what
    assert "guess" not in str(wrong)

    page = open_source(path, Settings(password="กุญแจ" if revision == 6 else "key")).page(1)
    assert np.array_equal(page.pixels, SMALL)


def test_pdf_that_only_forbids_copying_needs_no_password(tmp_path: Path) -> None:
    path = scan_pdf(tmp_path / "open.pdf", SMALL, encryption=pikepdf.Encryption(owner="owner", user=""))
    assert np.array_equal(open_source(path, SETTINGS).page(1).pixels, SMALL)


def test_one_bad_page_leaves_the_others(tmp_path: Path) -> None:
    path = scan_pdf(tmp_path / "three.pdf", SMALL, SMALL, SMALL)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[1].Contents = pikepdf.Stream(pdf, b"q 1 0 0 1 0 0 cm /Gone Do Q")
        pdf.save(path)
    source = open_source(path, SETTINGS)
    assert source.page_count == 3
    with pytest.raises(PageError, match=r"three\.pdf, page 2 is damaged"):
        source.page(2)
    assert np.array_equal(source.page(3).pixels, SMALL)


def test_a_small_fault_does_not_lose_the_page(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = scan_pdf(tmp_path / "fault.pdf", SMALL, over=b"q /Gone Do Q")
    assert (open_source(path, SETTINGS).page(1).pixels < 100).any()
    assert "fault.pdf, page 1 is damaged" in caplog.text


def test_bad_frame_of_a_tiff_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "two.tif"
    first, second = (Image.fromarray(text_page(dpi=50)) for _ in range(2))
    first.save(path, save_all=True, append_images=[second], compression="tiff_lzw")
    with Image.open(path) as image:
        image.seek(1)
        place = image.tag_v2[273][0]  # StripOffsets
    content = bytearray(path.read_bytes())
    content[place : place + 60] = b"\xff" * 60
    path.write_bytes(content)
    source = open_source(path, SETTINGS)
    with pytest.raises(PageError, match=r"two\.tif, page 2 is damaged"):
        source.page(2)
    assert np.array_equal(source.page(1).pixels, np.asarray(first))


def test_no_such_page(tmp_path: Path) -> None:
    source = open_source(scan_pdf(tmp_path / "one.pdf", SMALL), SETTINGS)
    with pytest.raises(PageError, match="there is no page 2"):
        source.page(2)
    with pytest.raises(PageError, match="there is no page 0"):
        source.page(0)


@pytest.mark.parametrize("name", ["-r 600.pdf", "a\nb.pdf", "รายงาน ๑.PDF", "no extension", "%d $(id);.pdf"])
def test_any_file_name_is_safe(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    scan_pdf(tmp_path / name, SMALL)
    monkeypatch.chdir(tmp_path)
    source = open_source(Path(name), SETTINGS)
    assert np.array_equal(source.page(1).pixels, SMALL)
    assert "\n" not in source.file


def test_file_name_that_is_no_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb7\xd5.pdf"))  # Thai in TIS-620
    path.write_bytes(scan_pdf(tmp_path / "plain.pdf", SMALL).read_bytes())
    source = open_source(path, SETTINGS)
    assert np.array_equal(source.page(1).pixels, SMALL)
    source.file.encode("utf-8")


def bomb_png(path: Path, side: int) -> Path:
    """A PNG that declares `side` by `side` pixels and has next to no data."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(1000))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b""))
    return path


@pytest.mark.parametrize("side", [14_000, 60_000, 2_000_000_000])
def test_a_picture_of_huge_declared_size_is_refused_unopened(tmp_path: Path, side: int) -> None:
    error = refused(bomb_png(tmp_path / "bomb.png", side))
    assert isinstance(error, LimitError)
    assert "MINUTES_MAX_MEGAPIXELS" in error.hint


def test_a_picture_over_pillows_own_limit_is_read_when_the_settings_allow_it(tmp_path: Path) -> None:
    path = bomb_png(tmp_path / "large.png", 14_000)
    source = open_source(path, Settings(max_megapixels=200))
    with pytest.raises(PageError, match="truncated"):  # and not "exceeds limit"
        source.page(1)


def test_limits_of_the_settings(tmp_path: Path) -> None:
    path = scan_pdf(tmp_path / "two.pdf", SMALL, SMALL)
    assert "2 pages" in refused(path, Settings(max_pages=1)).what
    assert "MB" in refused(path, Settings(max_file_mb=0.001)).what
    tiff = tmp_path / "two.tif"
    frames = [Image.fromarray(SMALL)] * 3
    frames[0].save(tiff, save_all=True, append_images=frames[1:])
    assert "pages" in refused(tiff, Settings(max_pages=1)).what


def test_an_oversized_frame_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "mixed.tif"
    large = Image.new("L", (1500, 1500), 255)
    Image.fromarray(SMALL).save(path, save_all=True, append_images=[large], compression="tiff_deflate")
    source = open_source(path, Settings(max_megapixels=1))
    assert np.array_equal(source.page(1).pixels, SMALL)
    with pytest.raises(PageError, match="1,500 × 1,500 pixels"):
        source.page(2)


def test_poppler_that_takes_too_long(tmp_path: Path) -> None:
    path = scan_pdf(tmp_path / "slow.pdf", SMALL)
    assert "took longer" in refused(path, Settings(page_timeout=1e-6)).what


def test_missing_poppler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = scan_pdf(tmp_path / "one.pdf", SMALL)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingDependencyError, match="apt-get install poppler-utils"):
        open_source(path, SETTINGS)


def test_a_crashing_poppler_is_a_bad_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = open_source(scan_pdf(tmp_path / "one.pdf", SMALL, over=b"0 0 5 5 re f"), SETTINGS)
    fakes = tmp_path / "bin"
    fakes.mkdir()
    for program, script in {
        "pdfinfo": "echo 'Pages: 1'",
        "pdfimages": "kill -9 $$",
        "pdftoppm": "printf 'P5\\n2000 3000\\n255\\nxx'; kill -9 $$",
    }.items():
        (fakes / program).write_text(f"#!/bin/sh\n{script}\n")
        (fakes / program).chmod(0o755)
    monkeypatch.setenv("PATH", f"{fakes}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(PageError, match=r"one\.pdf, page 1 cannot be drawn"):
        source.page(1)
