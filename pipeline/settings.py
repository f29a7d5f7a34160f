"""One validated object holds every setting; it is built once and handed down.

Order of precedence: flags, the environment (`MINUTES_DPI=300`), `minutes.toml`
in the working folder, the defaults below.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from pipeline.errors import UsageError

SETTINGS_FILE = "minutes.toml"

# How a run goes and what is compared; `names` counts by its content.
_NOT_DECIDING = {
    *("tolerances", "password", "names", "page_timeout"),
    *("document_timeout", "max_memory_mb", "retries", "retry_pause"),
}

Cer = Annotated[float, Field(ge=0, le=1)]
PageRange = tuple[int, int | None]


class Tolerances(BaseModel):
    """How far a value may be from its golden value in `minutes compare`, by class of field.

    Numbers, dates, times, names and kinds are always compared exactly. The others
    are bounds on the character error rate (edits / golden characters).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    short_text: Cer = Field(default=0.03, description="titles, bodies, venues, positions, roles, headings")
    long_text: Cer = Field(default=0.05, description="paragraphs, list items, tables, resolutions")
    page_text: Cer = Field(default=0.05, description="the text of one page")


class Settings(BaseSettings):
    """What a conversion can be told."""

    model_config = SettingsConfigDict(
        env_prefix="MINUTES_",
        env_nested_delimiter="__",
        toml_file=SETTINGS_FILE,
        extra="forbid",
        frozen=True,
    )

    engine: Literal["recogniser", "tesseract"] = "recogniser"
    language: str = Field(default="tha+eng", description="Tesseract language, as in `tesseract --list-langs`")
    psm: Literal[4, 6] = Field(default=4, description="Tesseract page segmentation mode")
    dpi: int = Field(default=300, ge=72, le=600, description="resolution a page is read at")
    pages: str | None = Field(default=None, description="pages to convert: 3, 1-3, 2-")
    password: str | None = Field(default=None, description="password of encrypted PDFs", repr=False)
    names: Path | None = Field(default=None, description="list of known names, CSV or YAML, or a folder of lists")
    correct: bool = Field(default=True, description="correct against known names and closed vocabulary")
    upright: bool = Field(default=True, description="turn sideways pages and take out skew")
    max_pages: int = Field(default=2000, ge=1, description="pages in one document")
    max_megapixels: float = Field(default=150, gt=0, description="pixels of one page; A3 at 600 dpi has 70")
    max_file_mb: float = Field(default=2000, gt=0, description="size of one file")
    page_timeout: float = Field(default=180, gt=0, description="seconds the engine may take for one page")
    document_timeout: float = Field(default=14_400, gt=0, description="seconds workers may spend on one document")
    max_memory_mb: float = Field(default=3000, ge=500, description="memory of a worker, and of each program it starts")
    retries: int = Field(default=2, ge=0, description="times that what may pass (a lost worker) is tried again")
    retry_pause: float = Field(default=2, ge=0, description="seconds before it is tried again; doubled each time")
    tolerances: Tolerances = Tolerances()

    @field_validator("language")
    @classmethod
    def _language(cls, value: str) -> str:
        if not re.fullmatch(r"[A-Za-z_]+(/[A-Za-z_]+)?(\+[A-Za-z_]+(/[A-Za-z_]+)?)*", value):
            raise ValueError("language names joined by +, as in tha+eng")
        return value

    @field_validator("pages")
    @classmethod
    def _pages(cls, value: str | None) -> str | None:
        if value is not None:
            parse_page_range(value)
        return value

    @property
    def fingerprint(self) -> str:
        """A short hash of everything here that decides what a record contains, the names list's content too."""
        deciding = self.model_dump(mode="json", exclude=_NOT_DECIDING)
        text = json.dumps(deciding, sort_keys=True).encode() + _names_bytes(self.names)
        return hashlib.sha256(text).hexdigest()[:16]

    @property
    def page_range(self) -> PageRange:
        """First and last page to convert, from 1; the last is None for "to the end"."""
        return parse_page_range(self.pages) if self.pages else (1, None)

    def page_numbers(self, page_count: int) -> range:
        """The pages to convert of a file with so many."""
        first, last = self.page_range
        return range(first, min(last or page_count, page_count) + 1)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def _names_bytes(names: Path | None) -> bytes:
    """What a names list, or every file of a folder of them, holds."""
    if names is None:
        return b""
    files = sorted(names.iterdir()) if names.is_dir() else [names]
    return b"".join(file.read_bytes() for file in files if file.is_file())


def parse_page_range(text: str) -> PageRange:
    """`3` → (3, 3), `1-3` → (1, 3), `2-` → (2, None).

    Raises:
        ValueError: `text` is none of these, or the range is empty.
    """
    match = re.fullmatch(r"\s*([0-9]{1,6})\s*(?:(-)\s*([0-9]{1,6})?)?\s*", text)
    if not match:
        raise ValueError("a page or a range of pages, as in 3, 1-3 or 2-")
    first = int(match[1])
    last = int(match[3]) if match[3] else (None if match[2] else first)
    if first < 1 or (last is not None and last < first):
        raise ValueError("pages count from 1 and the range must not be empty, as in 1-3")
    return first, last


def load_settings(**flags: Any) -> Settings:
    """The settings; a flag that is None was not given.

    Raises:
        UsageError: a value is wrong; the message names the setting.
    """
    try:
        return Settings(**{key: value for key, value in flags.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise UsageError(
            f"setting {name}: {first['msg'].removeprefix('Value error, ')} (got {first['input']!r})",
            f"Check --{name.replace('_', '-')}, MINUTES_{name.upper()} and {SETTINGS_FILE}",
        ) from error
    except ValueError as error:  # minutes.toml is not TOML
        raise UsageError(f"{SETTINGS_FILE} cannot be read: {error}", "Mend the file or move it away") from error
