"""Invented people: names put together from parts, so that nobody is meant."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml


@lru_cache(maxsize=1)
def phrases() -> dict[str, Any]:
    """The parts of invented records."""
    text = Path(__file__).with_name("data").joinpath("phrases.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def pick(rng: np.random.Generator, pool: Sequence[Any]) -> Any:
    """One of `pool`."""
    return pool[int(rng.integers(len(pool)))]


def name(rng: np.random.Generator) -> str:
    """A name with its title: `นางสาวรัตนวดี แก้วพิทักษ์`."""
    parts = phrases()
    sex = "men" if rng.random() < 0.5 else "women"
    title = pick(rng, parts["titles"][sex])
    # A rank stands apart from the name, a civil title does not.
    gap = " " if title.startswith(("พัน", "ร้อย", "ว่าที่", "จ่า")) else ""
    given = pick(rng, parts["given"]["first"]) + pick(rng, parts["given"][sex])
    family = pick(rng, parts["family"]["first"]) + pick(rng, parts["family"]["last"])
    return f"{title.strip()}{gap}{given} {family}"


def names(rng: np.random.Generator, count: int) -> list[str]:
    """`count` different names."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[name(rng)] = None
    return list(found)
