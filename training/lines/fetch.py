"""Fetch the OFL families of `package.json` from the npm registry: `python -m training.lines.fetch`.

The packages hold web fonts cut into alphabets (`sarabun-thai-400-normal.woff`, `sarabun-latin-…`). The parts of
one cut are merged into one TrueType file in `FOLDER`, which git ignores. Needs npm and fontTools (an extra for
training only); what is there already is kept.
"""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
from pathlib import Path

from pipeline.errors import MissingDependencyError
from training.lines.plain import write_plain

FOLDER = Path(__file__).parents[1] / ".fonts"
PLAIN = FOLDER / "plain"  # copies without hints, under the names of the originals
_PACKAGE = Path(__file__).with_name("package.json")

# Thin and black cuts are for posters. Sarabun, the face of Thai offices, is wanted in everything a page may hold.
_CUTS = ((300, "normal"), (400, "normal"), (700, "normal"), (400, "italic"), (700, "italic"))
_MORE = {"sarabun": ((200, "normal"), (500, "normal"), (600, "normal"), (300, "italic"), (500, "italic"))}


def _install() -> Path:
    """Let npm fetch the packages; returns the folder that holds one folder a family."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / ".gitignore").write_text("*\n", encoding="utf-8")
    shutil.copy(_PACKAGE, FOLDER / "package.json")
    try:
        subprocess.run(
            ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
            cwd=FOLDER,
            check=True,
            timeout=600,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise MissingDependencyError("npm could not fetch the type faces", f"See npm's words above: {error}") from error
    return FOLDER / "node_modules" / "@fontsource"


def _merge(parts: list[Path], target: Path) -> None:
    """One TrueType file from the alphabets of one cut, without hints (lines are drawn unhinted and large)."""
    merge = importlib.import_module("fontTools.merge")  # an extra of training, without types
    options = merge.Options()
    options.drop_tables = ["fpgm", "prep", "cvt ", "gasp", "hdmx", "VDMX", "LTSH", "DSIG", "STAT", "meta"]
    merged = merge.Merger(options=options).merge([str(part) for part in parts])
    merged.flavor = None
    part = target.with_suffix(".part")
    merged.save(part)
    part.replace(target)


def fetch() -> list[Path]:
    """Fetch and merge; returns the font files, one a cut.

    Raises:
        MissingDependencyError: npm is missing, or the registry cannot be reached.
    """
    files = []
    for family in sorted(path for path in _install().iterdir() if path.is_dir()):
        for weight, slant in (*_CUTS, *_MORE.get(family.name, ())):
            parts = [family / "files" / f"{family.name}-{script}-{weight}-{slant}.woff" for script in ("thai", "latin")]
            if not all(part.exists() for part in parts):
                continue
            target = FOLDER / f"{family.name}-{weight}-{slant}.ttf"
            if not target.exists():
                _merge(parts, target)
            files.append(target)
    return files


def main() -> None:
    """Fetch, and write copies without hints of every face that is drawn."""
    from training.lines import faces

    fetched = fetch()
    drawn = {face.file for face in (*faces.all_faces(), *faces.latin_faces(), *faces.sign_faces())}
    copies = [write_plain(file, PLAIN / file.name) for file in sorted(drawn) if not (PLAIN / file.name).exists()]
    print(f"{len(fetched)} font files in {FOLDER}, {sum(copies)} new copies without hints", file=sys.stderr)


if __name__ == "__main__":
    main()
