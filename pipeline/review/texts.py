"""What the pages say, in the reader's language."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml

LANGUAGES = ("th", "en")


class Texts:
    """The texts in one language: `texts("archive.found", n=3)`."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        self.other = next(other for other in LANGUAGES if other != self.language)
        self._place = LANGUAGES.index(self.language)

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key`; raises KeyError when there is none."""
        return _texts()[key][self._place].format(**values)

    def or_none(self, key: str) -> str | None:
        """The text of `key`, or None."""
        return self(key) if key in _texts() else None


@cache
def _texts() -> dict[str, tuple[str, str]]:
    loaded = yaml.safe_load(resources.files(__package__).joinpath("texts.yaml").read_text("utf-8"))
    return {key: (str(thai), str(english)) for key, (thai, english) in loaded.items()}


def preferred(accept_language: str) -> str:
    """The first of our languages that a browser's Accept-Language names; Thai when it names none."""
    wanted = [part.split(";")[0].strip().lower()[:2] for part in accept_language.split(",")]
    return next((language for language in wanted if language in LANGUAGES), LANGUAGES[0])
