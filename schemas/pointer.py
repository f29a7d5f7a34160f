"""JSON Pointer (RFC 6901) helpers, shared by everything that names a place in a record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def join(parent: str, key: str | int) -> str:
    """The pointer of `key` under `parent`."""
    return f"{parent}/{str(key).replace('~', '~0').replace('/', '~1')}"


def split(pointer: str) -> list[str]:
    """The keys of a pointer, unescaped; the empty pointer has none."""
    if not pointer:
        return []
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer[1:].split("/")]


def leaves(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """(pointer, value) of every scalar in a JSON value, in document order."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from leaves(child, join(at, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from leaves(child, join(at, index))
    else:
        yield at, value


def under(pointer: str, parent: str) -> bool:
    """Is `pointer` the place `parent` or inside it?"""
    return pointer == parent or pointer.startswith(parent + "/")
