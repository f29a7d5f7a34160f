"""Resolutions: where their text ends, and what they decide."""

from __future__ import annotations

from typing import Any

from pipeline.layout import Traced
from pipeline.parse.blocks import Block
from pipeline.parse.draft import Leaf
from pipeline.parse.wording import announces_list, is_resolution_sentence
from pipeline.thai.fold import fold
from pipeline.vocabulary import vocabulary


def resolution_end(blocks: list[Block]) -> int:
    """How many of the blocks under a marker are the resolution: its first paragraph, and the remarks it announces.

    A resolution that is a list itself goes on while the list does; a picture ends it.
    """
    pictures = [n for n, block in enumerate(blocks) if block.picture]
    if pictures:
        return min(resolution_end(blocks[: pictures[0]]), pictures[0])
    if blocks and blocks[0].label:
        return next((n for n, block in enumerate(blocks) if block.label is None), len(blocks))
    if blocks and announces_list(blocks[0].text.text):
        return len(blocks)
    return 1


def stated_resolutions(blocks: list[Block], own: str) -> list[list[Block]]:
    """The blocks that state a resolution without a marker, each with the list that it announces.

    Args:
        own: the name of the body that met.
    """
    stated: list[list[Block]] = []
    announced = False
    for block in blocks:
        text = block.text.text if block.lines else ""
        if text and is_resolution_sentence(text, own):
            stated.append([block])
            announced = announces_list(text) or fold(text).endswith(fold(vocabulary().resolution[-1]))
        elif announced and block.label:
            stated[-1].append(block)
        else:
            announced = False
    return stated


def resolution_draft(blocks: list[Block], rule: str) -> dict[str, Any] | None:
    """A draft of `Resolution`, a paragraph or list item a line; None for no text."""
    paragraphs = [Traced.join([*([block.label] if block.label else []), block.text]) for block in blocks]
    source = Traced.join(paragraphs)
    if not source:
        return None
    text = "\n".join(paragraph.value for paragraph in paragraphs if paragraph)
    return {"text": Leaf(text, source, rule), "decision": decision_of(text)}


def decision_of(text: str) -> str:
    """What a resolution decides, by the word of the vocabulary that stands first in it."""
    folded = fold(text)
    best: tuple[int, int, str] | None = None
    for word, decision in vocabulary().decisions:
        place = folded.find(fold(word))
        if place >= 0 and (best is None or (place, -len(word)) < best[:2]):
            best = (place, -len(word), decision)
    return best[2] if best else "other"
