"""The review's application: who may ask, and what the pages say."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from reviewing import MISREAD, NAME, PERSON, RIGHT, Browsing, Office, read_as

from pipeline.review.document import CACHE
from pipeline.review.index import PER_PAGE
from schemas import AgendaItem, Block, Header, Meeting, Record, Source

HOSTILE = "<img src=x onerror=alert(1)> \"'&amp; \u202eกลับ"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("office"))
    (office.out.parent / "outside.json").write_bytes((office.out / f"{NAME}.json").read_bytes())
    (office.out / "link.json").symlink_to(office.out.parent / "outside.json")
    (office.out / ".hidden.json").write_bytes((office.out / f"{NAME}.json").read_bytes())
    return office


@pytest.fixture(scope="module")
def browsing(office: Office) -> Iterator[Browsing]:
    with office.served() as browsing:
        yield browsing


class Page(HTMLParser):
    """The elements of a page: names with attributes, and the text of fields by pointer."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.values: dict[str, str] = {}
        self._at = ""
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.append((tag, found))
        self._at = found.get("data-p") or self._at
        self._inside = tag == "bdi"

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "bdi"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.values.setdefault(self._at, data)

    @property
    def version(self) -> str:
        return next(found["data-version"] or "" for _, found in self.elements if "data-version" in found)


def page_of(browsing: Browsing, name: str = NAME) -> Page:
    status, text = browsing.get(f"/document/{quote(name)}")
    assert status == 200
    assert len(text.encode()) < 300_000
    return Page(text)


# ---------------------------------------------------------------- who may ask


def test_the_link_gives_a_cookie_and_nothing_else_does(browsing: Browsing) -> None:
    assert browsing.server.url.startswith("http://127.0.0.1:")
    assert browsing.ask("GET", f"/?token={browsing.server.token}", {})[0] == 303
    assert browsing.ask("GET", "/?token=guess", {})[0] == 403
    assert browsing.get("/")[0] == 200


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/", {"Cookie": ""}),
        ("GET", "/static/edit.js", {"Cookie": ""}),
        ("GET", "/static/app.css", {"Host": "evil.example"}),
        ("GET", f"/document/{NAME}", {"Cookie": "minutes-1=guess"}),
        ("GET", "/", {"Host": "evil.example"}),
        ("GET", "/", {"Host": "127.0.0.1:1"}),
        ("GET", "/", {"Origin": "http://evil.example"}),
        ("GET", "/", {"Sec-Fetch-Site": "cross-site"}),
        ("POST", f"/act/{NAME}", {}),
        ("POST", f"/act/{NAME}", {"Origin": "null"}),
        ("POST", f"/act/{NAME}", {"Origin": "http://localhost:1"}),
        ("POST", f"/learn/{NAME}", {"Origin": "https://evil.example"}),
    ],
)
def test_what_does_not_come_from_our_own_pages_is_refused(
    browsing: Browsing, office: Office, method: str, path: str, headers: dict[str, str]
) -> None:
    sent = {"Host": browsing.host, "Cookie": browsing.cookie, "Accept-Language": "en"} | headers
    status, text = browsing.ask(method, path, sent, "{}" if method == "POST" else None)
    assert status == 403
    assert "minutes review" in text
    assert MISREAD not in text
    assert not (office.out / f"{NAME}.review.json").exists()


@pytest.mark.parametrize(
    "name",
    [
        *("../outside", "..%2Foutside", "%2e%2e/outside", "/etc/passwd", "x/../../outside", "link", ".hidden"),
        *(f"{CACHE}/index", "a%00b", "nothing", ""),
    ],
)
@pytest.mark.parametrize("page", ["/document/", "/picture/1/", "/part/", "/suggest/"])
def test_files_outside_the_archive_are_not_there(browsing: Browsing, page: str, name: str) -> None:
    status, text = browsing.get(page + name)
    assert status == 404
    assert MISREAD not in text


def test_other_assets_are_not_there(browsing: Browsing) -> None:
    assert browsing.get("/static/viewer.js")[0] == 200
    assert browsing.get("/static/..%2Fserver.py")[0] == 404
    assert browsing.get("/static/server.py")[0] == 404


def test_the_language_link_leads_to_no_other_site(browsing: Browsing) -> None:
    for back in ("//evil.example", "http://evil.example", "/\\evil.example"):
        connection_status, _ = browsing.get(f"/language/th?back={quote(back)}")
        assert connection_status == 303


def test_pages_are_in_thai_or_english(browsing: Browsing) -> None:
    headers = {"Cookie": browsing.cookie}
    assert "ข้อสงสัย" in browsing.ask("GET", "/", headers | {"Accept-Language": "th-TH,en"})[1]
    assert "Doubts" in browsing.ask("GET", "/", headers | {"Accept-Language": "en-GB"})[1]
    chosen = {"Cookie": f"{browsing.cookie}; minutes-language=th", "Accept-Language": "en"}
    assert "ข้อสงสัย" in browsing.ask("GET", "/", chosen)[1]


# ---------------------------------------------------------------- what the pages say


def test_markup_quotes_and_marks_that_turn_text_are_shown_as_text(browsing: Browsing, office: Office) -> None:
    hostile = Record(
        source=Source(file="b.pdf", sha256="0" * 64, pages=1),
        header=Header(title=HOSTILE, body=HOSTILE, meeting=Meeting(text=HOSTILE)),
        agenda=[AgendaItem(title=HOSTILE, body=[Block(kind="table", rows=[[HOSTILE]])])],
    )
    name = "2562/<b>\"quoted\"&'name'"
    office.add(hostile, name, HOSTILE)
    page = page_of(browsing, name)
    shown = HOSTILE.replace("\u202e", "⟨U+202E⟩")
    for pointer in ("/header/title", "/header/meeting/text", "/agenda/0/title", "/agenda/0/body/0/rows/0/0"):
        assert page.values[pointer] == shown
    raw = [found["data-v"] for _, found in page.elements if found.get("data-p") == "/header/title"]
    assert raw == [HOSTILE]
    listed = browsing.get("/")[1]
    for text in (listed, browsing.get(f"/document/{quote(name)}")[1]):
        elements = Page(text).elements
        assert {found.get("src") for tag, found in elements if tag == "img"} <= {None}
        assert not any(attribute.startswith("on") for _, found in elements for attribute in found)
        assert "\u202e" not in text.replace(HOSTILE.split()[-1], "")
    (office.out / f"{name}.json").unlink()


def test_a_picture_that_cannot_be_drawn_says_why(browsing: Browsing, office: Office) -> None:
    office.add(Record(source=Source(file="away.pdf", sha256="0" * 64, pages=1)), "away")
    status, text = browsing.get("/picture/1/away")
    assert status == 404
    assert "away.pdf" in text
    assert "--source" in text
    (office.out / "away.json").unlink()


def test_long_papers_send_their_paragraphs_when_they_are_opened(browsing: Browsing, office: Office) -> None:
    words = "ที่ประชุมพิจารณาแล้ว " * 50
    body = [Block(kind="paragraph", text=f"{n} {words}") for n in range(200)]
    source = Source(file="long.pdf", sha256="0" * 64, pages=100)
    office.add(Record(source=source, agenda=[AgendaItem(title="ยาว", body=body)]), "long")
    page = page_of(browsing, "long")
    (load,) = [found["data-load"] for _, found in page.elements if "data-load" in found]
    status, text = browsing.get(f"/part/long?at={quote(load or '')}")
    assert status == 200
    assert Page(text).values["/agenda/0/body/199/text"].startswith("199 ที่ประชุม")
    assert browsing.get("/part/long?at=/source")[0] == 404
    (office.out / "long.json").unlink()


def test_a_step_is_stored_and_an_outdated_one_is_not(tmp_path: Path) -> None:
    office = Office(tmp_path)
    with office.served() as browsing:
        seen = page_of(browsing).version
        status, panel = browsing.act(seen, "set", PERSON, RIGHT)
        assert (status, Page(panel).values[PERSON]) == (200, RIGHT)
        status, text = browsing.act(seen, "accept", PERSON)
        assert status == 409
        assert "Somebody else changed this document" in text
        assert office.document().settled.decisions[PERSON].value == RIGHT
        seen = page_of(browsing).version
        office.convert(read_as({}))
        assert browsing.act(seen, "accept", PERSON)[0] == 409
        status, text = browsing.act(page_of(browsing).version, "set", "/opened_at", "เช้า")
        assert status == 422
        assert "09.30" in text
        assert browsing.post(f"/act/{NAME}", nonsense="x")[0] == 400
        assert browsing.act(page_of(browsing).version, "set", "/agenda/99/title", "x")[0] == 422


@pytest.mark.parametrize("damage", [b"no database", b""])
def test_a_cache_that_is_damaged_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    office = Office(tmp_path)
    office.archive.cache.joinpath("index.sqlite").write_bytes(damage)
    with office.served() as browsing:
        assert f"/document/{NAME}" in browsing.get("/")[1]


def test_the_list_is_sorted_filtered_and_searched(tmp_path: Path) -> None:
    office = Office(tmp_path)
    for number in range(PER_PAGE + 1):
        header = Header(body=f"คณะ {number:03}", meeting=Meeting(number=number + 1, year=2560, text=""))
        source = Source(file="c.pdf", sha256="0" * 64, pages=1)
        office.add(Record(source=source, header=header), f"c/{number:03}", f"เรื่อง ที่{number:03} จบ")
    (office.out / "notes.json").write_text('{"nothing": "of ours"}', "utf-8")

    def names(path: str) -> list[str]:
        status, text = browsing.get(path)
        assert status == 200
        assert len(text.encode()) < 300_000
        links = [found["href"] or "" for tag, found in Page(text).elements if tag == "a" and found.get("href")]
        return [link.removeprefix("/document/") for link in links if link.startswith("/document/")]

    with office.served() as browsing:
        while "http-equiv" in browsing.get("/")[1]:
            pass
        assert len(names("/")) == PER_PAGE
        assert names("/?page=2") == ["c/100", NAME]
        assert names("/?sort=doubts&desc=1")[0] == NAME
        assert names("/?sort=meeting")[:2] == ["c/000", "c/001"]
        assert names(f"/?q={quote('ที่007')}") == ["c/007"]
        assert names(f"/?q={quote('กมล ชนถ')}") == [NAME]
        assert names("/?status=review") == [NAME]
        assert names("/?state=reviewed") == []
        assert browsing.act(page_of(browsing).version, "reviewed")[0] == 200
        assert names("/?state=reviewed") == [NAME]
        assert f"1 of {PER_PAGE + 2} documents reviewed" in browsing.get("/")[1]
        assert names("/?page=999") == names("/")
