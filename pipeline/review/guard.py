"""Who may ask: this machine's browser, with the token of the printed link, from the pages themselves."""

from __future__ import annotations

import hmac
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.review.pages import error_page
from pipeline.review.texts import Texts, preferred

_HEADERS = {
    # Everything comes from here: no value of a record can bring a script, a style or an address along.
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


class Guard:
    """Middleware that refuses what does not come from the application's own pages.

    Args:
        token: the secret of this run.
        port: the application listens on: a page of another name or port is another origin.
    """

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self.app = app
        self.token = token
        self.cookie = f"minutes-{port}"  # cookies do not tell ports apart
        self.hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                extra = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
                message["headers"] = [*message["headers"], *extra]
                if b"cache-control" not in present:
                    message["headers"].append((b"cache-control", b"no-store"))
            await send(message)

        answer = self._answer(scope)
        await (answer or self.app)(scope, receive, send_guarded)

    def _answer(self, scope: Scope) -> Response | None:
        """An answer of its own, or None when the request may pass."""
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if not self._from_here(scope["method"], headers):
            return _refused(headers)
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if scope["path"] == "/" and given:
            if not self._is_token(given):
                return _refused(headers)
            response = RedirectResponse("/", status_code=303)
            response.set_cookie(self.cookie, self.token, httponly=True, samesite="strict")
            return response
        if scope["path"] == "/static/app.css":
            return None  # the style of the page that refuses; it says nothing
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            cookie = None
        return None if cookie and self._is_token(cookie.value) else _refused(headers)

    def _from_here(self, method: str, headers: dict[str, str]) -> bool:
        host, origin = headers.get("host", ""), headers.get("origin")
        if host not in self.hosts or headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            return False
        if origin is None:
            return method in ("GET", "HEAD")
        return origin == f"http://{host}"

    def _is_token(self, text: str) -> bool:
        return hmac.compare_digest(text.encode("utf-8", "replace"), self.token.encode())


def _refused(headers: dict[str, str]) -> Response:
    texts = Texts(preferred(headers.get("accept-language", "")))
    return HTMLResponse(error_page(texts("error.refused"), texts), status_code=403)
