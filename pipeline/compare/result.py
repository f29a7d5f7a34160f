"""What a comparison found."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, computed_field

from pipeline.compare.measure import rate
from pipeline.settings import Tolerances

DifferenceKind = Literal["changed", "missing", "extra"]
DifferenceClass = Literal["exact", "short_text", "long_text", "member", "issue", "page_text", "document"]
State = Literal["compared", "missing", "extra", "invalid"]


class _Result(BaseModel):
    model_config = ConfigDict(frozen=True)


class Difference(_Result):
    """One thing that is not as in the golden record. The values are whole; shortening is for who shows them."""

    path: str = Field(description="JSON Pointer into the golden record; into the output for an extra member")
    got_path: str | None = Field(description="JSON Pointer into the output; null when it is not there")
    kind: DifferenceKind
    field_class: DifferenceClass
    golden: JsonValue = None
    got: JsonValue = None
    cer: float | None = Field(default=None, description="edits / golden characters, when both are texts")
    page: int | None = Field(default=None, description="from 1, for the text of a page")
    note: str = Field(default="", description="why, where the values do not say it")


class PageMeasure(_Result):
    """How far the text of one page is from its golden text."""

    page: int = Field(ge=1)
    edits: int
    characters: int = Field(description="golden characters, white space not counted")
    cer: float
    grapheme_error_rate: float
    equal: bool = Field(description="within the tolerance for page text")


class RecordComparison(_Result):
    """The fields of two records. A field counts when it has a value in at least one of them."""

    fields_total: int = 0
    fields_equal: int = 0
    fields_within: int = Field(default=0, description="not equal, but within the tolerance")
    differences: list[Difference] = []


class DocumentComparison(RecordComparison):
    """One document: its record, and its page text where there is a golden one."""

    name: str = Field(description="path in the folder without .json, with /")
    state: State = "compared"
    pages: list[PageMeasure] = []

    @computed_field  # type: ignore[prop-decorator]
    @property
    def equal(self) -> bool:
        """Is there no difference beyond the tolerances?"""
        return not self.differences

    @computed_field  # type: ignore[prop-decorator]
    @property
    def text_cer(self) -> float | None:
        """Edits / golden characters of all pages; None without golden page text."""
        return _text_cer(self.pages)


class Totals(_Result):
    """The sums over all documents."""

    documents: int
    equal: int
    fields_total: int
    fields_equal: int
    fields_within: int
    field_accuracy: float | None = Field(description="equal fields / fields; the tolerated ones do not count as equal")
    text_cer: float | None


class Comparison(_Result):
    """An output folder against a golden folder."""

    tolerances: Tolerances
    documents: list[DocumentComparison]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def equal(self) -> bool:
        """Are all documents equal within the tolerances?"""
        return all(document.equal for document in self.documents)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def totals(self) -> Totals:
        """The sums over all documents."""
        fields = sum(document.fields_total for document in self.documents)
        equal = sum(document.fields_equal for document in self.documents)
        return Totals(
            documents=len(self.documents),
            equal=sum(document.equal for document in self.documents),
            fields_total=fields,
            fields_equal=equal,
            fields_within=sum(document.fields_within for document in self.documents),
            field_accuracy=equal / fields if fields else None,
            text_cer=_text_cer([page for document in self.documents for page in document.pages]),
        )


def _text_cer(pages: list[PageMeasure]) -> float | None:
    if not pages:
        return None
    return rate(sum(page.edits for page in pages), sum(page.characters for page in pages))
