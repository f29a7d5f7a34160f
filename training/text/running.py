"""Pieces of running official text out of a file with one paragraph a line."""

from __future__ import annotations

import lzma
import mmap
import re
from pathlib import Path

import numpy as np
from pythainlp.tokenize import word_tokenize

from training.synth.words import thai_digits
from training.text.charset import foreign, normal

LONGEST = 110  # characters of a piece; a full line of A4 holds 80 to 100

_WINDOW = 1200  # bytes of a paragraph that are cut into words at a time, about 450 letters
_POOL = 256  # pieces kept back and shuffled, so that neighbours in the file do not follow each other
_QUOTES = re.compile(r"\"([^\"]{1,80})\"")
_MARKS = "ะัาำิีึืฺุูๅๆ็่้๊๋์ํ"  # never the first letter of a line


class Running:
    """Draws pieces of a corpus. Only its bytes are held; words are cut where a piece is taken.

    Args:
        corpus: a UTF-8 file, or one packed by xz (its name ends in .xz), one paragraph a line.
        rng: everything random comes from it.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is empty.
    """

    def __init__(self, corpus: Path, rng: np.random.Generator) -> None:
        self._rng = rng
        self._pool: list[str] = []
        if corpus.suffix == ".xz":
            self._bytes: bytes | mmap.mmap = lzma.decompress(corpus.read_bytes())
        else:
            with corpus.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if not self._bytes:
            raise ValueError(f"{corpus} holds no text")

    def piece(self) -> str:
        """1 to `LONGEST` characters between two word ends, in normal spelling; whole lines as often as pieces."""
        rng = self._rng
        tries = 0
        while len(self._pool) < _POOL:
            self._pool.extend(self._pieces())
            tries += 1
            if tries > 50 * _POOL:
                raise ValueError("the corpus holds no text that can be set")
        index = int(rng.integers(len(self._pool)))
        self._pool[index], self._pool[-1] = self._pool[-1], self._pool[index]
        return self._pool.pop()

    def _window(self) -> tuple[str, bool]:
        """A stretch of one paragraph, and whether it ends where the paragraph does."""
        at = int(self._rng.integers(len(self._bytes)))
        start = self._bytes.rfind(b"\n", max(at - _WINDOW // 2, 0), at) + 1
        if start == 0:  # a long paragraph: begin inside it, at a space
            start = self._bytes.rfind(b" ", max(at - _WINDOW // 2, 0), at) + 1 or at
        end = self._bytes.find(b"\n", at, at + _WINDOW // 2)
        ends = end >= 0
        if not ends:
            end = min(at + _WINDOW // 2, len(self._bytes))
        return self._bytes[start:end].decode("utf-8", errors="ignore"), ends

    def _pieces(self) -> list[str]:
        """One stretch, cut into pieces of random lengths."""
        rng = self._rng
        raw, ends = self._window()
        text = normal(raw).lstrip(_MARKS)
        if not text:
            return []
        if rng.random() < 0.5:
            text = thai_digits(text)
        if rng.random() < 0.5:
            text = _QUOTES.sub(r"“\1”", text)
        if rng.random() < 0.3:
            text = text.replace(" - ", " – ")
        if rng.random() < 0.2:
            text = text.replace(" ๆ", "ๆ")
        pieces = []
        held = ""
        wanted = self._length()
        for word in word_tokenize(text, engine="newmm", keep_whitespace=True):
            held += word
            if len(held) >= wanted:
                pieces.append(held)
                held, wanted = "", self._length()
        if held and ends:  # else its last word may be cut in two
            pieces.append(held)
        cut = (normal(piece[:LONGEST]).lstrip(_MARKS).strip() for piece in pieces)
        return [piece for piece in cut if piece and not foreign(piece)]

    def _length(self) -> int:
        """How long a piece should get, in characters."""
        if self._rng.random() < 0.5:
            return int(self._rng.integers(70, LONGEST - 12))
        return int(1 + self._rng.random() ** 1.4 * 70)
