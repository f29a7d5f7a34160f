"""Type faces: found through fontconfig or fetched, and never drawn with a glyph missing.

A family can be installed as a Latin-only subset: fontconfig finds it, and a Thai page
comes out as boxes. So what a face can write is looked up before it is used.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from pipeline.errors import MissingDependencyError
from training.lines.fetch import FOLDER as FETCHED

HINT = "Install the Thai faces: apt-get install fonts-thai-tlwg fontconfig"

# Families of fonts-thai-tlwg whose marks were looked at in print and stand right.
# Left out: Tlwg Mono (vowels and tone marks beside their letter), Purisa (a hand).
PRINT_FAMILIES = ("Laksaman", "Norasi", "Garuda", "Kinnari", "Loma", "Umpush", "Waree", "Sawasdee")
TYPEWRITER_FAMILIES = ("Tlwg Typist", "Tlwg Typo", "Tlwg Typewriter")

# The styles of one family: upright or slanted (called Oblique or Italic), normal or bold.
_STYLES = {
    (False, False): ("Regular", "Book", "Medium"),
    (True, False): ("Bold",),
    (False, True): ("Italic", "Oblique"),
    (True, True): ("Bold Italic", "Bold Oblique"),
}


@dataclass(frozen=True, slots=True)
class Cut:
    """One font file: a family in one weight and slant.

    Attributes:
        letters: the code points it has glyphs for.
    """

    family: str
    style: str
    file: Path
    letters: frozenset[int]


def code_points(charset: str) -> frozenset[int]:
    """The code points of a fontconfig charset such as `20-7e a0 e01-e3a` (hexadecimal)."""
    found: set[int] = set()
    for part in charset.split():
        first, _, last = part.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


@lru_cache(maxsize=64)
def cut(family: str, bold: bool = False, italic: bool = False) -> Cut:
    """The font file of `family` in this weight and slant.

    Raises:
        MissingDependencyError: fontconfig or the family is not installed.
    """
    slug = family.lower().replace(" ", "-")
    fetched = FETCHED / f"{slug}-{700 if bold else 400}-{'italic' if italic else 'normal'}.ttf"
    if fetched.exists():
        charset = _fontconfig("fc-query", "%{charset}\n", str(fetched)).splitlines()[0]
        return Cut(family, _STYLES[bold, italic][0], fetched, code_points(charset))
    listed = _fontconfig("fc-list", "%{family}\t%{style}\t%{file}\t%{charset}\n", family)
    files: dict[str, tuple[str, str]] = {}
    for line in sorted(listed.splitlines()):
        _, styles, file, charset = line.split("\t")
        for style in styles.split(","):
            files.setdefault(style, (file, charset))
    for style in _STYLES[bold, italic]:
        if style in files:
            file, charset = files[style]
            return Cut(family, style, Path(file), code_points(charset))
    wanted = _STYLES[bold, italic][0]
    raise MissingDependencyError(f"The type face '{family}' ({wanted}) is not installed", HINT)


def _fontconfig(program: str, form: str, about: str) -> str:
    """What a program of fontconfig tells about a family or file."""
    try:
        return subprocess.run(
            [program, "--format", form, about], capture_output=True, text=True, check=True, timeout=60
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise MissingDependencyError(f"{program}, which looks up type faces, does not run", HINT) from error


def check(face: Cut, text: str) -> None:
    """See that `face` has a glyph for every character of `text`.

    Raises:
        MissingDependencyError: it has not, and the page would show boxes.
    """
    missing = sorted({letter for letter in text if ord(letter) not in face.letters and not letter.isspace()})
    if missing:
        named = " ".join(f"{letter} (U+{ord(letter):04X})" for letter in missing[:5])
        raise MissingDependencyError(f"The type face '{face.family}' ({face.style}) has no glyph for {named}", HINT)


@lru_cache(maxsize=256)
def font(face: Cut, pixels: float) -> ImageFont.FreeTypeFont:
    """`face` at an em of `pixels`, shaped by raqm, which places Thai marks."""
    return ImageFont.truetype(str(face.file), pixels, layout_engine=ImageFont.Layout.RAQM)
