"""Pillow's own limits, set aside where this package checks sizes itself."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image


@contextmanager
def own_limits() -> Iterator[None]:
    """Within it Pillow neither refuses nor warns about large or slightly damaged pictures.

    Pillow warns over 89 and refuses over 179 million pixels, whatever the settings
    say. Whoever enters this must have checked the size against
    `Settings.max_megapixels` before any pixel is unpacked. The limit is one of the
    whole process: threads that read pictures at the same time share it.
    """
    before = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        Image.MAX_IMAGE_PIXELS = before
