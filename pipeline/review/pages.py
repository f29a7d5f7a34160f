"""The HTML pages, and the links between them: of the local application or of plain files."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Protocol
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.compare.marks import visible
from pipeline.review.document import Document
from pipeline.review.index import PER_PAGE, STATES, STATUSES, Listing, Query
from pipeline.review.rows import Row
from pipeline.review.texts import Texts
from pipeline.review.views import DocumentView

ASSETS = {
    "app.css": "text/css",
    "crops.js": "text/javascript",
    "viewer.js": "text/javascript",
    "suggest.js": "text/javascript",
    "edit.js": "text/javascript",
    "list.js": "text/javascript",
    "find.js": "text/javascript",
}


class Links(Protocol):
    """Where things are. `live` is false in plain files: nothing can be changed there."""

    @property
    def live(self) -> bool: ...
    def asset(self, file: str) -> str: ...
    def document(self, name: str) -> str: ...
    def picture(self, name: str) -> str:
        """With # where the number of the page goes."""

    def home(self, name: str) -> str:
        """The list, from the page of document `name`."""


class LiveLinks:
    """Of the local application."""

    live = True

    def __init__(self, scans: str = "") -> None:
        self._scans = scans  # part of a hash: another scan has other pictures

    def asset(self, file: str) -> str:
        return f"/static/{file}"

    def document(self, name: str) -> str:
        return f"/document/{quote(name)}"

    def picture(self, name: str) -> str:
        return f"/picture/#/{quote(name)}?{self._scans}"

    def home(self, name: str) -> str:
        return "/"

    def act(self, name: str) -> str:
        return f"/act/{quote(name)}"

    def learn(self, name: str) -> str:
        return f"/learn/{quote(name)}"

    def suggest(self, name: str) -> str:
        return f"/suggest/{quote(name)}"

    def part(self, name: str) -> str:
        return f"/part/{quote(name)}"

    def next_document(self, name: str) -> str:
        return f"/next/{quote(name)}"

    def language(self, language: str, name: str = "") -> str:
        return f"/language/{language}?{urlencode({'back': self.document(name) if name else '/'})}"

    def list(self, query: Query, **changes: object) -> str:
        query = replace(query, **changes)  # type: ignore[arg-type]
        values = {"q": query.search, "state": query.state, "status": query.status, "sort": query.sort}
        values |= {"desc": "1" if query.descending else "", "page": str(query.page) if query.page > 1 else ""}
        return "/?" + urlencode({key: value for key, value in values.items() if value})


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = visible
    return environment


def archive_page(listing: Listing, query: Query, texts: Texts, links: Links) -> str:
    """The list of documents."""
    return (
        _environment()
        .get_template("archive.html")
        .render(listing=listing, query=query, t=texts, links=links, states=STATES, statuses=STATUSES, per_page=PER_PAGE)
    )


def row_of_list(row: Row, texts: Texts, links: Links) -> str:
    """One document in the list: a row of its table."""
    return _environment().get_template("row.html").render(row=row, t=texts, links=links)


def document_page(document: Document, texts: Texts, links: Links) -> str:
    """A document beside its pages."""
    view = DocumentView(document, texts)
    return _environment().get_template("document.html").render(view=view, t=texts, links=links)


def panel(document: Document, texts: Texts, links: Links) -> str:
    """The part of a document's page that changes with a decision."""
    view = DocumentView(document, texts)
    return _environment().get_template("panel.html").render(view=view, t=texts, links=links)


def part(document: Document, texts: Texts, at: str, blocks: list[object]) -> str:
    """The paragraphs of the list at the pointer `at`."""
    return _environment().get_template("part.html").render(view=DocumentView(document, texts), at=at, list=blocks)


def error_page(message: str, texts: Texts, back: str = "", links: Links | None = None) -> str:
    """What went wrong."""
    return (
        _environment()
        .get_template("error.html")
        .render(message=message, t=texts, back=back, links=links or LiveLinks())
    )


def asset(file: str) -> bytes:
    """A style sheet or script; raises KeyError when there is none."""
    if file not in ASSETS:
        raise KeyError(file)
    return resources.files(__package__).joinpath("static").joinpath(file).read_bytes()
