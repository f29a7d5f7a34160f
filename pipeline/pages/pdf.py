"""Pages of a PDF file."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import PageError
from pipeline.pages.embedded import embedded_scan
from pipeline.pages.image import Grey, PageImage
from pipeline.pages.names import shown
from pipeline.pages.paper import believable_size, fitting_dpi
from pipeline.pages.pillow import own_limits
from pipeline.pages.plain import plain_scan
from pipeline.programs import poppler
from pipeline.settings import Settings

log = logging.getLogger(__name__)

_POINTS = 72.0
_INK = 128
"""Grey below this is ink, for telling a page that came out empty."""


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A PDF; implements `source.PagedFile`.

    Attributes:
        pdf: the file, for poppler.
        page_count: pages in the file.
        sizes: of its pages, as shown.
        dpi: pixels an inch to draw at.
        megapixels: most pixels of a page, in millions.
    """

    pdf: poppler.Pdf
    page_count: int
    sizes: tuple[poppler.PdfPage, ...]
    dpi: float
    megapixels: float

    @classmethod
    def open(cls, path: Path, settings: Settings) -> PdfFile:
        """Count and measure the pages.

        Raises:
            EncryptedError, InputError, MissingDependencyError: as `poppler.page_sizes`.
        """
        pdf = poppler.Pdf(path, shown(path), settings.password, settings.page_timeout)
        count, sizes = poppler.page_sizes(pdf, settings.max_pages)
        return cls(pdf, count, tuple(sizes), settings.dpi, settings.max_megapixels)

    def page(self, number: int) -> PageImage:
        """Page `number`: the scan it consists of, or the page drawn at `dpi`.

        Raises:
            PageError: it is damaged or too large.
            MissingDependencyError: poppler is not installed.
        """
        size = self.sizes[number - 1]
        return (
            plain_scan(self.pdf.path, self.pdf.password, number, self.dpi, self.megapixels)
            or embedded_scan(self.pdf, number, size, self.dpi, self.megapixels)
            or self._drawn(number, size)
        )

    def _drawn(self, number: int, size: poppler.PdfPage) -> PageImage:
        where = f"{self.pdf.name}, page {number}"
        if size.width <= 0 or size.height <= 0:
            raise PageError(f"{where} is missing or damaged", "Open it in a PDF viewer and print it to a new PDF")
        width, height = believable_size(size.width / _POINTS, size.height / _POINTS)
        dpi = fitting_dpi(width, height, self.dpi, self.megapixels)
        if dpi is None:
            raise PageError(
                f"{where} is too large: {size.width / _POINTS:,.0f} × {size.height / _POINTS:,.0f} inches",
                "Split it, or raise max_megapixels in minutes.toml or set MINUTES_MAX_MEGAPIXELS",
            )
        # poppler knows only the paper the file declares
        pixels = self._rasterised(number, dpi * width * _POINTS / size.width)
        return PageImage(number, pixels, dpi)

    def _rasterised(self, number: int, dpi: float) -> Grey:
        try:
            with own_limits():  # `fitting_dpi` has kept the page within the settings' own
                return poppler.rasterise(self.pdf, number, dpi)
        except poppler.DamagedPageError as error:
            # Many files with small faults can be drawn; a page that comes out empty lost what was on it.
            with own_limits():
                pixels = poppler.rasterise(self.pdf, number, dpi, strict=False)
            if not (pixels < _INK).any():
                raise
            log.warning("%s; what could be drawn is read", error.what)
            return pixels
