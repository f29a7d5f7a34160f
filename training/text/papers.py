"""Lines of official papers from a small grammar: the pools of `data/papers.yaml`, names, numbers, Latin."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from pythainlp import corpus

from training.synth import people
from training.synth.words import thai_digits
from training.text import clusters, numbers
from training.text.charset import foreign, normal

_DATA = Path(__file__).with_name("data")
_WORDS = Path("/usr/share/dict/words")
_SLOT = re.compile(r"\{(\w+)\}")

Template = tuple[str, ...]  # texts and names of slots by turns, a text first


def _pick(rng: np.random.Generator, pool: tuple[Any, ...]) -> Any:
    return pool[int(rng.integers(len(pool)))]


def _template(line: str) -> Template:
    return tuple(_SLOT.split(line))


@lru_cache(maxsize=1)
def _grammar() -> tuple[dict[str, int], dict[str, tuple[Template, ...]]]:
    loaded: dict[str, Any] = yaml.safe_load((_DATA / "papers.yaml").read_text(encoding="utf-8"))
    weights = {str(kind): int(share) for kind, share in loaded.pop("lines").items()}
    pools = {name: tuple(_template(str(line)) for line in pool) for name, pool in loaded.items()}
    return weights, pools


@lru_cache(maxsize=1)
def english_words() -> tuple[str, ...]:
    """English words of Thai papers."""
    lines = (_DATA / "english.txt").read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=1)
def _dictionary() -> tuple[str, ...]:
    """A whole English word list (Debian's wamerican, public domain); without it, the words of Thai papers."""
    if not _WORDS.exists():
        return english_words()
    lines = _WORDS.read_text(encoding="utf-8").splitlines()
    return tuple(word for word in lines if word.isascii() and word.isalpha() and 1 < len(word) < 16)


@lru_cache(maxsize=1)
def _acronyms() -> tuple[str, ...]:
    return tuple((_DATA / "acronyms.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=16)
def _words(name: str) -> tuple[str, ...]:
    """A word list of PyThaiNLP (offline), in normal spelling and a fixed order."""
    raw = getattr(corpus, name)()
    return tuple(sorted(word for word in map(normal, raw) if word and not foreign(word) and len(word) < 40))


def english_word(rng: np.random.Generator) -> str:
    """A word as it stands, in capitals, in small letters, or an acronym."""
    draw = rng.random()
    if draw < 0.16:
        return str(_pick(rng, _acronyms()))
    if draw < 0.24:
        return clusters.latin(rng)
    word = str(_pick(rng, english_words() if rng.random() < 0.6 else _dictionary()))
    return word if draw < 0.7 else word.lower() if draw < 0.92 else word.upper()


def _english(rng: np.random.Generator) -> str:
    return " ".join(english_word(rng) for _ in range(int(rng.integers(2, 8))))


def _pseudo(rng: np.random.Generator) -> str:
    return re.sub(r"[^a-z]", "", clusters.latin(rng).lower()) or "thai"


def _year2(rng: np.random.Generator) -> str:
    return f"{int(rng.integers(40, 72))}"


_MAKERS: dict[str, Callable[[np.random.Generator], str]] = {
    **numbers.MAKERS,
    "one": lambda rng: str(int(rng.integers(0, 10))),
    "day": lambda rng: str(int(rng.integers(1, 32))),
    "year4": lambda rng: str(int(rng.integers(2530, 2575))),
    "year2": _year2,
    "invented": people.name,
    "place": lambda rng: str(people.pick(rng, people.phrases()["places"])),
    "given": lambda rng: _pick(rng, _words("thai_male_names" if rng.random() < 0.5 else "thai_female_names")),
    "family": lambda rng: _pick(rng, _words("thai_family_names")),
    "province": lambda rng: _pick(rng, _words("provinces")),
    "word": lambda rng: _pick(rng, _words("thai_words")),
    "english_word": english_word,
    "english_words": _english,
    "latin": clusters.latin,
    "Latin": lambda rng: _pseudo(rng).capitalize(),
    "pseudo": _pseudo,
}


def _fill(rng: np.random.Generator, name: str) -> str:
    maker = _MAKERS.get(name)
    if maker is not None:
        return maker(rng)
    template: Template = _pick(rng, _grammar()[1][name])
    if len(template) == 1:
        return template[0]
    return "".join(_fill(rng, part) if index % 2 else part for index, part in enumerate(template))


@lru_cache(maxsize=1)
def _steps() -> tuple[tuple[str, ...], tuple[float, ...]]:
    weights, _ = _grammar()
    total = float(sum(weights.values()))
    steps, reached = [], 0.0
    for share in weights.values():
        reached += share / total
        steps.append(reached)
    return tuple(weights), tuple(steps)


def line(rng: np.random.Generator) -> str:
    """One line, or a piece of one as columns and cells cut it, half of them with Thai digits."""
    kinds, steps = _steps()
    draw = rng.random()
    kind = next((kind for kind, step in zip(kinds, steps, strict=True) if draw < step), kinds[-1])
    text = _fill(rng, kind)
    latin = kind in ("english", "web")
    if not latin and rng.random() < 0.5:
        text = thai_digits(text)
    return text
