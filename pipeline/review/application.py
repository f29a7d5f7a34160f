"""The local web application: what is asked, and what is answered."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from pipeline.errors import MinutesError
from pipeline.export.archive import Scans
from pipeline.review import pages
from pipeline.review.document import Archive, ChangedError, Document
from pipeline.review.edits import Step, take
from pipeline.review.guard import Guard
from pipeline.review.index import Index, Query
from pipeline.review.names_list import confirm, known_names
from pipeline.review.pictures import page_picture
from pipeline.review.places import ROWS, value_at
from pipeline.review.suggest import suggestions
from pipeline.review.texts import LANGUAGES, Texts, preferred
from pipeline.settings import Settings
from schemas.pointer import split

LOG = logging.getLogger(__name__)

_FIRST_LOOK = 0.8  # seconds the list waits for its index: a large archive shows what is there by then
_LONGEST = 100_000  # bytes of a request's body


@dataclass(frozen=True)
class Workplace:
    """What a review works with.

    Attributes:
        names: file or folder of the names list; None when it is not known where one is to be.
        by: who reviews, written to the decisions.
    """

    archive: Archive
    index: Index
    scans: Scans
    settings: Settings
    names: Path | None = None
    by: str | None = None


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: str
    action: str
    pointer: str = ""
    text: str = ""


def application(workplace: Workplace, token: str, port: int) -> Starlette:
    """The application, guarded: it answers only who has the token, on this port of this machine."""
    pages_of = _Pages(workplace)
    routes = [
        Route("/", pages_of.list),
        Route("/document/{name:path}", pages_of.document),
        Route("/part/{name:path}", pages_of.part),
        Route("/picture/{page:int}/{name:path}", pages_of.picture),
        Route("/next/{name:path}", pages_of.next_document),
        Route("/suggest/{name:path}", pages_of.suggest),
        Route("/act/{name:path}", pages_of.act, methods=["POST"]),
        Route("/learn/{name:path}", pages_of.learn, methods=["POST"]),
        Route("/language/{language}", pages_of.language),
        Route("/static/{file}", pages_of.asset),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, token=token, port=port)],
        exception_handlers={HTTPException: _failed, MinutesError: _failed, Exception: _mistake},
    )


def _texts(request: Request) -> Texts:
    chosen = request.cookies.get("minutes-language", "")
    return Texts(chosen if chosen in LANGUAGES else preferred(request.headers.get("accept-language", "")))


def _failed(request: Request, problem: Exception) -> Response:
    texts = _texts(request)
    message = str(problem) if isinstance(problem, MinutesError) else texts("error.not_found")
    return HTMLResponse(pages.error_page(message, texts, back="/"), status_code=404)


def _mistake(request: Request, problem: Exception) -> Response:
    LOG.debug("%s", request.url.path, exc_info=problem)
    message = f"{type(problem).__name__}: {problem}. This is our mistake: start again with minutes --debug review"
    return HTMLResponse(pages.error_page(message, _texts(request), back="/"), status_code=500)


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST:
            raise HTTPException(413)
    return body


class _Pages:
    """One method a route."""

    def __init__(self, workplace: Workplace) -> None:
        self.place = workplace

    def list(self, request: Request) -> Response:
        given = request.query_params
        page = given.get("page", "1")
        query = Query(
            search=given.get("q", "")[:200],
            state=given.get("state", ""),
            status=given.get("status", ""),
            sort=given.get("sort", "name"),
            descending=bool(given.get("desc")),
            page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 9 else 1,
        )
        self.place.index.refresh(_FIRST_LOOK)
        listing = self.place.index.listing(query)
        return HTMLResponse(pages.archive_page(listing, query, _texts(request), pages.LiveLinks()))

    def document(self, request: Request) -> Response:
        document = self._document(request)
        return HTMLResponse(pages.document_page(document, _texts(request), _links(document)))

    def part(self, request: Request) -> Response:
        document, at = self._document(request), request.query_params.get("at", "")
        blocks = value_at(document.edited.data, at)
        if not isinstance(blocks, list) or split(at)[-1] not in ROWS & {"body", "preamble"}:
            raise HTTPException(404)
        return HTMLResponse(pages.part(document, _texts(request), at, blocks))

    def picture(self, request: Request) -> Response:
        document, page = self._document(request), int(request.path_params["page"])
        boxes = [one.box for one in document.record.evidence.values() if one.page == page]
        file = self.place.archive.picture(document, page)
        try:
            if not file.exists():
                scan = self.place.scans(document.name, document.record)
                page_picture(scan, page, boxes, file, self.place.settings)
        except MinutesError as problem:
            return PlainTextResponse(str(problem), status_code=404)
        return FileResponse(file, media_type="image/webp", headers={"cache-control": "private, max-age=86400"})

    def next_document(self, request: Request) -> Response:
        name = self.place.index.next_open(request.path_params["name"])
        return RedirectResponse(pages.LiveLinks().document(name) if name else "/", status_code=303)

    def suggest(self, request: Request) -> Response:
        document = self._document(request)
        pointer, typed = request.query_params.get("p", ""), request.query_params.get("q", "")[:300]
        known = known_names(self.place.names)
        return JSONResponse(suggestions(pointer, typed, known, document.edited.data) if pointer else [])

    async def act(self, request: Request) -> Response:
        body = await _body(request)
        return await run_in_threadpool(self._act, request, body)

    def _act(self, request: Request, body: bytes) -> Response:
        texts = _texts(request)
        document = self._document(request)
        try:
            asked = _Asked.model_validate_json(body)
            if asked.version != document.version:
                raise ChangedError(document.name)
            review = take(document, Step(asked.action, asked.pointer, asked.text, self.place.by))
            self.place.archive.save(document.name, review, asked.version)
        except ChangedError:
            back = _links(document).document(document.name)
            return HTMLResponse(pages.error_page(texts("error.conflict"), texts, back), status_code=409)
        except ValidationError:
            return JSONResponse({"error": texts("error.step")}, status_code=400)
        except ValueError as problem:
            return JSONResponse({"error": texts.or_none(str(problem)) or str(problem)}, status_code=422)
        self.place.index.update(document.name)
        document = self.place.archive.load(document.name)
        return HTMLResponse(pages.panel(document, texts, _links(document)))

    async def learn(self, request: Request) -> Response:
        body = await _body(request)
        return await run_in_threadpool(self._learn, request, body)

    def _learn(self, request: Request, body: bytes) -> Response:
        texts = _texts(request)
        try:
            name = str(json.loads(body)["name"]).strip()
        except (ValueError, KeyError, TypeError):
            name = ""
        if not name or self.place.names is None:
            return JSONResponse({"error": texts("error.no_list" if name else "error.no_name")}, status_code=422)
        try:
            confirmed = confirm(self.place.names, name)
        except MinutesError as problem:
            return JSONResponse({"error": str(problem)}, status_code=422)
        say = "say.known" if confirmed.known else "say.learnt"
        return JSONResponse({"say": texts(say, name=name, file=confirmed.file.name)})

    def language(self, request: Request) -> Response:
        back = request.query_params.get("back", "/")
        inside = back.startswith("/") and not back.startswith(("//", "/\\"))
        response = RedirectResponse(back if inside else "/", status_code=303)
        if request.path_params["language"] in LANGUAGES:
            response.set_cookie("minutes-language", request.path_params["language"], samesite="strict")
        return response

    def asset(self, request: Request) -> Response:
        file = request.path_params["file"]
        try:
            return Response(pages.asset(file), media_type=pages.ASSETS[file])
        except KeyError:
            raise HTTPException(404) from None

    def _document(self, request: Request) -> Document:
        return self.place.archive.load(request.path_params["name"])


def _links(document: Document) -> pages.LiveLinks:
    return pages.LiveLinks(document.record.source.sha256[:8])
