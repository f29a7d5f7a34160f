"""A file's name as it can be printed."""

from __future__ import annotations

from pathlib import Path


def shown(path: Path) -> str:
    """The name of `path` without its folder, safe to print and to store as text.

    Control characters and bytes that are no UTF-8 are written as escapes: a name
    with a line break would otherwise break the messages it stands in.
    """
    name = path.name.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(c if c.isprintable() or c == "\u200b" else c.encode("unicode_escape").decode("ascii") for c in name)
