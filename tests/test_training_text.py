"""Text for training: one spelling, the whole character set, the same lines from the same seed."""

import lzma
import unicodedata
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from pythainlp.util import reorder_vowels

from training.text import clusters, numbers, papers
from training.text.charset import CHARSET, foreign, normal
from training.text.running import LONGEST, Running
from training.text.source import TextSource

PARAGRAPHS = "\n".join(
    [
        "ที่ประชุมรับทราบรายงานผลการดำเนินงานประจำปี และมอบหมายให้ฝ่ายเลขานุการสรุปความเห็นของกรรมการ " * 6,
        "งบประมาณจำนวน 1,250,000 บาท",
        "ไม่มี",
    ]
)


def lines(count: int, corpus: Path | None = None, seed: int = 1) -> list[str]:
    source = TextSource(np.random.default_rng(seed), corpus)
    return [source.line() for _ in range(count)]


@pytest.fixture(scope="module")
def many() -> list[str]:
    return lines(12_000)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    file = tmp_path / "corpus.txt.xz"
    file.write_bytes(lzma.compress(PARAGRAPHS.encode()))
    return file


def test_charset_is_sorted_and_covers_thai_and_ascii() -> None:
    assert list(CHARSET) == sorted(set(CHARSET))
    assert not foreign("กขฃคฅฤฦฯๆๅำ฿๏๐๑๒๓๔๕๖๗๘๙ฺํ็์" + "".join(map(chr, range(32, 127))) + "“”‘’–—…•□✓×²½§°")
    assert foreign("ก\uf70a語") == {"\uf70a", "語"}


def test_spelling_is_mended() -> None:
    assert normal("  น\u0e4d\u0e49า\u00a0\u200bและ  ที\u0e48 ") == "น้ำ และ ที่"
    assert normal("เเละ ๕‐๖") == "และ ๕-๖"


def test_same_seed_same_lines(corpus: Path) -> None:
    assert lines(300, corpus, seed=7) == lines(300, corpus, seed=7)
    assert lines(300, corpus, seed=7) != lines(300, corpus, seed=8)


def test_every_line_is_in_normal_spelling(many: list[str]) -> None:
    for text in many:
        assert text == text.strip() and 1 <= len(text) <= LONGEST
        assert not foreign(text), text
        assert "  " not in text
        assert reorder_vowels(text) == text
        assert unicodedata.normalize("NFC", text) == text


def test_every_character_occurs(many: list[str]) -> None:
    assert set(CHARSET) == {letter for text in many for letter in text}


def test_points_commas_and_colons_between_digits_are_frequent(many: list[str]) -> None:
    digits = "0123456789๐๑๒๓๔๕๖๗๘๙"
    parted = [
        text
        for text in many
        if any(b in ".,:" and a in digits and c in digits for a, b, c in zip(text, text[1:], text[2:], strict=False))
    ]
    assert len(parted) > 0.12 * len(many)


def test_running_text_is_cut_between_words_and_packed_or_not(corpus: Path, tmp_path: Path) -> None:
    plain = tmp_path / "corpus.txt"
    plain.write_text(PARAGRAPHS, encoding="utf-8")
    words = set(PARAGRAPHS.replace("\n", " ").split())
    for file in (corpus, plain):
        running = Running(file, np.random.default_rng(3))
        pieces = [running.piece() for _ in range(200)]
        assert max(map(len, pieces)) <= LONGEST
        assert min(map(len, pieces)) < 12 and max(map(len, pieces)) > 60
        assert words & set(pieces)


def test_an_empty_corpus_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "empty.txt.xz"
    file.write_bytes(lzma.compress(b""))
    with pytest.raises(ValueError, match="holds no text"):
        Running(file, np.random.default_rng(0))


def test_grammar_fills_every_pool() -> None:
    rng = np.random.default_rng(5)
    for text in islice((papers.line(rng) for _ in range(4000)), 4000):
        assert "{n" not in text and "{word" not in text


@pytest.mark.parametrize("make", [clusters.thai, clusters.latin, numbers.raw, *numbers.MAKERS.values()])
def test_parts_are_never_foreign(make: numbers.Maker) -> None:
    rng = np.random.default_rng(6)
    for _ in range(200):
        assert not foreign(normal(make(rng)))
