"""The review in a real browser: a person's path from the list to a name the next conversion knows.

Skipped where Chromium and its driver are not installed (`apt install chromium chromium-driver`); CI has them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from reviewing import MISREAD, NAME, PERSON, RIGHT, Browsing, Office, read_as

selenium = pytest.importorskip("selenium")

from selenium.webdriver import Chrome, ChromeOptions, ChromeService  # noqa: E402
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

from pipeline.correct import load_names  # noqa: E402
from pipeline.correct.titles import bare_name  # noqa: E402
from pipeline.review import published  # noqa: E402
from pipeline.review.index import PER_PAGE  # noqa: E402
from pipeline.review.report import write_report  # noqa: E402
from pipeline.review.scans import find_source  # noqa: E402
from pipeline.settings import Settings  # noqa: E402
from schemas import Header, Meeting, Record, Source  # noqa: E402

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER) and "CI" not in os.environ, reason="chromium and chromium-driver are not installed"
)
SIZES = [(1280, 800), (400, 800)]
PATIENCE = 60  # seconds: the machine may be busy


@pytest.fixture(scope="module")
def chrome() -> Iterator[Chrome]:
    options = ChromeOptions()
    options.binary_location = CHROMIUM or "chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--lang=en"):
        options.add_argument(argument)
    driver = Chrome(options=options, service=ChromeService(DRIVER or "chromedriver"))
    yield driver
    driver.quit()


class Person:
    """Who sits before the browser."""

    def __init__(self, chrome: Chrome, browsing: Browsing | None = None) -> None:
        self.chrome = chrome
        self.browsing = browsing

    def size(self, width: int, height: int) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def opens_link(self) -> None:
        assert self.browsing
        self.chrome.get(self.browsing.server.url)

    def press(self, *keys: str) -> None:
        ActionChains(self.chrome).send_keys(*keys).perform()

    def press_with(self, held: str, key: str) -> None:
        ActionChains(self.chrome).key_down(held).send_keys(key).key_up(held).perform()

    def waits(self, script: str) -> object:
        return WebDriverWait(self.chrome, PATIENCE, 0.05).until(
            lambda chrome: chrome.execute_script(f"return {script}")
        )

    def sees(self, script: str) -> object:
        return self.chrome.execute_script(f"return {script}")

    def says(self, text: str) -> None:
        self.waits(f"document.getElementById('say').textContent.includes({text!r})")


def crop_of(selector: str) -> str:
    return f"document.querySelector('{selector} .crop image')?.getAttribute('href') && {selector_box(selector)}"


def selector_box(selector: str) -> str:
    return f"document.querySelector('{selector} .crop').getAttribute('viewBox').split(' ').map(Number)"


def test_from_the_list_to_a_name_that_the_next_conversion_knows(chrome: Chrome, tmp_path: Path) -> None:
    office = Office(tmp_path)
    with office.served() as browsing:
        person = Person(chrome, browsing)
        person.size(1280, 800)
        person.opens_link()
        assert NAME in chrome.page_source
        person.press("j", Keys.ENTER)

        # The first doubt is selected, with its crop, and its box on the page.
        person.waits("window.location.pathname.startsWith('/document/')")
        assert person.waits("document.querySelector('.f.selected')?.dataset.p") == PERSON
        crop = person.waits(crop_of(".f.selected"))
        assert isinstance(crop, list)
        x0, y0, x1, y1 = office.document().record.evidence[PERSON].box
        ratio = 2339 / 1654
        left, top, right, bottom = 1000 * x0, 1000 * y0 * ratio, 1000 * x1, 1000 * y1 * ratio
        assert left - 10 < crop[0] <= left
        assert top - 10 < crop[1] <= top
        assert right <= crop[0] + crop[2] < right + 10
        assert bottom <= crop[1] + crop[3] < bottom + 10
        box = person.waits(
            "[...document.querySelectorAll('#boxes .here')].map(b => b.getBBox()).map(b => [b.x, b.y])[0]"
        )
        assert isinstance(box, list)
        assert abs(box[0] - x0) < 0.01 and abs(box[1] - y0) < 0.01

        # Corrected in place, stored, and there again after loading anew.
        person.press("e")
        person.waits("document.activeElement.tagName === 'TEXTAREA'")
        assert person.sees("document.activeElement.value") == MISREAD
        person.press(RIGHT, Keys.ENTER)
        person.says("Saved")
        assert person.sees("document.querySelector('.f.selected .v').textContent") == RIGHT
        chrome.refresh()
        person.waits("window.Review !== undefined || typeof Review !== 'undefined'")
        assert chrome.find_element(By.CSS_SELECTOR, f".f.d[data-p='{PERSON}'] .v").text == RIGHT

        # One key puts the name on the list.
        chrome.execute_script(f"Review.select(document.querySelector(\".f.d[data-p='{PERSON}']\"))")
        person.press("l")
        person.says("confirmed.csv")
        assert load_names(office.scans / "names").people[0].spellings == (bare_name(RIGHT),)

        # Converted again: the name is used, the decision is kept and not flagged.
        assert office.convert().attendance[0].people[4].name == RIGHT
        document = office.document()
        assert (document.settled.decisions[PERSON].value, document.settled.changed) == (RIGHT, set())

        # Somebody who still looks at the old reading is told, and overwrites nothing.
        person.press("u")
        person.waits("document.getElementById('conflict').open")
        assert office.document().settled.decisions[PERSON].value == RIGHT
        assert published(document).attendance[0].people[4].name == RIGHT


def test_a_doubtful_number_is_shown_with_what_stands_beside_it(chrome: Chrome, tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.convert(read_as({"6.": "9."}))
    number = "/attendance/0/people/5/number"
    with office.served() as browsing:
        person = Person(chrome, browsing)
        person.size(1280, 800)
        person.opens_link()
        chrome.get(f"http://{browsing.host}/document/{NAME}")
        crop = person.waits(crop_of(f'.f.d[data-p="{number}"]'))
        assert isinstance(crop, list)
        x0, _, x1, _ = office.document().record.evidence[number].box
        assert crop[0] < 1000 * x0 - 50 and crop[0] + crop[2] > 1000 * x1 + 50
        marked = person.waits(f"document.querySelector(\".f.d[data-p='{number}'] .crop rect\")?.getBBox().x")
        assert abs(float(str(marked)) - 1000 * x0) < 5


def test_everything_by_keyboard(chrome: Chrome, tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.convert(read_as({RIGHT: MISREAD, "6.": "9."}))
    with office.served() as browsing:
        person = Person(chrome, browsing)
        person.size(1280, 800)
        person.opens_link()
        chrome.get(f"http://{browsing.host}/document/{NAME}")
        person.waits("document.querySelector('.f.selected') !== null")
        first = person.sees("document.querySelector('.f.selected').dataset.p")
        person.press("n")
        assert person.sees("document.querySelector('.f.selected').dataset.p") != first
        person.press_with(Keys.SHIFT, "n")
        assert person.sees("document.querySelector('.f.selected').dataset.p") == first
        person.press("a")
        person.waits("document.getElementById('panel').dataset.open === '1'")
        person.press("a")
        person.waits("document.getElementById('panel').dataset.open === '0'")
        person.press("r")
        person.waits("document.getElementById('panel').dataset.state === 'reviewed'")
        closed = "document.querySelectorAll('#panel details:not([open])').length"
        assert int(str(person.sees(closed))) > 0
        person.press("t")
        assert person.sees(closed) == 0
        person.press("t")
        assert int(str(person.sees(closed))) > 0
        person.press("?")
        person.waits("document.getElementById('help').open")
        person.press(Keys.ESCAPE)
        person.waits("!document.getElementById('help').open")

        row = "[...document.querySelectorAll('.people .row')].map(r => r.dataset.p)"
        person.press("j")
        chrome.execute_script("Review.select(document.querySelector('.people .row .f.name'))")
        person.press_with(Keys.ALT, Keys.ARROW_DOWN)
        person.waits(f"{row}[1] === '/attendance/0/people/0'")
        person.press("o")
        person.waits("document.activeElement.tagName === 'TEXTAREA'")
        person.press("นายใหม่ มาเอง", Keys.ENTER)
        person.waits("document.querySelector('.f.selected .v').textContent === 'นายใหม่ มาเอง'")
        names = [one.name for one in published(office.document()).attendance[0].people]
        assert names[2] == "นายใหม่ มาเอง"
        person.press("x")
        person.waits(f"!{row}.includes('/attendance/0/people/+1')")
        width = "document.querySelector('.sheet').clientWidth"
        before = person.sees(width)
        person.press("+")
        assert int(str(person.sees(width))) > int(str(before))
        person.press("g")
        person.waits("window.location.pathname === '/'")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
@pytest.mark.parametrize("language", ["th", "en"])
def test_nothing_is_cut_off_or_overlaps(chrome: Chrome, tmp_path: Path, size: tuple[int, int], language: str) -> None:
    office = Office(tmp_path)
    office.take("set", PERSON, RIGHT)
    with office.served() as browsing:
        person = Person(chrome, browsing)
        person.size(*size)
        person.opens_link()
        for path in (f"/language/{language}?back=/", f"/document/{NAME}"):
            chrome.get(f"http://{browsing.host}{path}")
            _fits(person, size[0])
        person.waits(crop_of(".f.d"))
        chrome.execute_script("Review.select(document.querySelectorAll('.people .f.name')[2])")
        person.press("e")
        person.waits("document.activeElement.tagName === 'TEXTAREA'")
        _fits(person, size[0])
        person.waits("document.activeElement.getBoundingClientRect().bottom <= window.innerHeight")
        chrome.execute_script("document.activeElement.blur(); Review.actions.help()")
        _fits(person, size[0])


def _fits(person: Person, width: int) -> None:
    """No text leaves the window, is wider than what holds it, or lies over other text."""
    person.waits("document.readyState === 'complete'")
    assert int(str(person.sees("document.documentElement.scrollWidth"))) <= width
    shown = "e => e.offsetParent && !e.closest('.paper, .scroll, .skip') && getComputedStyle(e).position !== 'absolute'"
    wide = f"""[...document.querySelectorAll('.f .v, .f .n, .says, button, .button, td, th, h1, h2, dd, label')]
        .filter({shown}).filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline')
        .map(e => e.outerHTML.slice(0, 200))"""
    assert person.sees(wide) == []
    rows = person.sees(
        "[...document.querySelectorAll('.fields')].map(r => [...r.children].filter(e => e.offsetParent)"
        ".map(e => e.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom]))"
    )
    assert isinstance(rows, list)
    for row in rows:
        for one, other in pairwise(row):
            apart = one[2] <= other[0] + 1 or other[2] <= one[0] + 1 or one[3] <= other[1] + 1 or other[3] <= one[1] + 1
            assert apart, (one, other)


def test_the_report_opens_from_the_disk(chrome: Chrome, tmp_path: Path) -> None:
    office, report = Office(tmp_path), tmp_path / "report"
    write_report(office.archive, report, find_source(office.out, office.scans), Settings(), "th")
    person = Person(chrome)
    person.size(400, 800)
    chrome.get((report / "index.html").as_uri())
    _fits(person, 400)
    person.press("j", Keys.ENTER)
    person.waits("document.querySelector('.f.selected')?.dataset.p")
    person.waits(crop_of(".f.selected"))
    assert person.sees("document.querySelectorAll('button.add, .actions').length") == 0
    _fits(person, 400)


def test_a_report_is_searched_filtered_and_sorted_without_a_server(chrome: Chrome, tmp_path: Path) -> None:
    office, report = Office(tmp_path), tmp_path / "report"
    hostile = "<img src=x onerror=alert(1)>"
    for number in range(PER_PAGE + 1):
        header = Header(body=hostile, meeting=Meeting(number=number + 1, year=2560, text=""))
        source = Source(file="c.pdf", sha256="0" * 64, pages=1)
        office.add(Record(source=source, header=header), f"c/{number:03}", f"ที่ประชุม\nรับทราบเรื่องที่ {number:03}")
    write_report(office.archive, report, find_source(office.out, office.scans), Settings(), "en")
    person = Person(chrome)
    person.size(400, 800)

    def finds(address: str) -> list[str]:
        chrome.get("about:blank")
        chrome.get(f"{(report / 'index.html').as_uri()}#{address}")
        person.waits("document.querySelector('[aria-busy]') === null")
        return [one.text for one in chrome.find_elements(By.CSS_SELECTOR, "tbody .name")]

    chrome.get((report / "index.html").as_uri())
    _fits(person, 400)
    # As it is typed: not cut into words, over a line end, in the other digits.
    person.press("/", "ประชุมรับทราบ ๐๐๗", Keys.ENTER)
    person.waits("document.querySelector('.found').textContent.startsWith('1 document')")
    assert chrome.find_element(By.CSS_SELECTOR, "tbody .name").text == "c/007"
    _fits(person, 400)
    assert person.sees("document.images.length") == 0, "values are text"
    chrome.find_element(By.CSS_SELECTOR, "tbody a").click()
    person.waits("location.pathname.endsWith('/c/007.html')")
    chrome.back()
    person.waits("document.querySelectorAll('tbody tr').length === 1")
    assert finds("q=กมลชนถ") == [NAME]
    assert finds("status=review") == [NAME]
    assert finds("q=nothing-like-it") == []
    assert finds("sort=doubts&desc=1")[0] == NAME
    assert finds("sort=meeting")[:2] == ["c/000", "c/001"]
    assert finds("sort=name&page=2") == ["c/100", NAME]
    person.waits("document.querySelector('nav.pages a').textContent.includes('Previous')")
    asked = person.sees("performance.getEntriesByType('resource').map(e => new URL(e.name).protocol)")
    assert set(asked if isinstance(asked, list) else []) <= {"file:", "data:"}
