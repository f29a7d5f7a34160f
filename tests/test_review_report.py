"""The report as plain files, page pictures, and the commands."""

from __future__ import annotations

import base64
import json
import random
import sys
import zlib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pytest
from PIL import Image
from reviewing import NAME, ROOT, Office

from pipeline.cli import main
from pipeline.review.pictures import page_picture
from pipeline.review.shards import Shards
from pipeline.settings import Settings
from schemas import load_record


class _Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.found += [value for key in ("href", "src", "data-picture", "data-list") if (value := values.get(key))]


def minutes(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr(sys, "argv", ["minutes", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_the_report_is_whole_and_needs_nothing_from_outside(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (office.out / "2562").mkdir()
    for suffix in (".json", ".txt"):
        (office.out / f"{NAME}{suffix}").rename(office.out / "2562" / f"meeting #1{suffix}")
    report = tmp_path / "report"
    assert minutes(monkeypatch, "report", office.out, "-o", report, "--source", office.scans) == 0
    pages = sorted(report.rglob("*.html"))
    assert [path.relative_to(report).as_posix() for path in pages] == ["documents/2562/meeting #1.html", "index.html"]
    for page in pages:
        links = [link for link in _Links(page.read_text("utf-8")).found if not link.startswith(("#", "data:"))]
        assert links
        for link in links:
            assert (page.parent / unquote(link.replace("-#.", "-1."))).is_file(), link
    with Image.open(report / "pictures/2562/meeting #1-1.webp") as picture:
        assert picture.size == (1654, 2339)
    assert not list(report.rglob("edit.js"))


def test_what_is_searched_comes_in_files_of_bearable_size(tmp_path: Path) -> None:
    """Texts that no packer makes smaller, and one that is larger than a file."""
    chance = random.Random(7)
    members = [chance.randbytes(size).hex() for size in (*[20_000] * 40, 400_000, 10)]
    for given in (members, members[:3]):
        shards = Shards(tmp_path, "texts")
        for member in given:
            shards.add(member)
        shards.close()
        files = [tmp_path / f"texts-{n}.js" for n in range(shards.count)]
        assert sorted(tmp_path.iterdir()) == sorted(files), "nothing is left of a longer list"
        read = [json.loads(zlib.decompress(base64.b64decode(file.read_text().split('"')[3]))) for file in files]
        assert [member for shard in read for member in shard] == given
        assert all(file.stat().st_size < 300_000 or len(shard) == 1 for file, shard in zip(files, read, strict=True))


def test_without_its_scan_a_document_is_reported_all_the_same(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (office.scans / f"{NAME}.png").unlink()
    assert minutes(monkeypatch, "report", office.out, "-o", tmp_path / "report", "--source", office.scans) == 0
    assert f"{NAME}.png is not found" in " ".join(capsys.readouterr().err.split())
    assert (tmp_path / "report" / "documents" / f"{NAME}.html").is_file()


def test_publish_writes_records(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert minutes(monkeypatch, "publish", office.out, tmp_path / "public") == 0
    assert load_record((tmp_path / "public" / f"{NAME}.json").read_bytes()).status == "review"
    assert minutes(monkeypatch, "publish", office.out, tmp_path / "some", "--require-reviewed") == 0
    assert not (tmp_path / "some").exists()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["review", "nowhere"], 4, "nowhere"),
        (["publish", "nowhere", "x"], 4, "nowhere"),
        (["report", "nowhere"], 4, "nowhere"),
        (["report", "nowhere", "--language", "fr"], 2, "th, en"),
        (["publish", ".", "public"], 2, "archive"),
    ],
)
def test_what_is_wrong_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    words: list[str], code: int, said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert minutes(monkeypatch, *words) == code
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_that_was_stored_turned_is_shown_as_it_was_read(office: Office, tmp_path: Path, turns: int) -> None:
    boxes = [evidence.box for evidence in office.document().record.evidence.values()]
    scan = ROOT / "samples" / f"{NAME}.png"
    with Image.open(scan) as image:
        Image.fromarray(np.rot90(np.asarray(image.convert("L")), turns)).save(tmp_path / "turned.png", dpi=(300, 300))
    upright = _seen(page_picture(scan, 1, boxes, tmp_path / "upright.webp", Settings()))
    shown = _seen(page_picture(tmp_path / "turned.png", 1, boxes, tmp_path / "turned.webp", Settings()))
    assert shown.shape == upright.shape
    assert float(np.corrcoef(shown.ravel(), upright.ravel())[0, 1]) > 0.9


def _seen(picture: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The picture as from afar."""
    with Image.open(picture) as image:
        width, height = image.size
        small = image.convert("L").resize((200, round(200 * height / width)))
    return np.asarray(small, dtype=np.float64)
