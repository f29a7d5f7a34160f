"""The list of samples: seed, resolution, wear and what each one shows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from training.synth.degrade import Wear
from training.synth.files import Format


@dataclass(frozen=True, slots=True)
class Sample:
    """One fixed scan, made from `data/NAME.yaml`.

    Attributes:
        wear: for page 1, 2, …; the last one is for all pages after.
        sideways: pages stored turned by 90 degrees, in the picture itself.
        worn: the wear in words.
        shows: what can be met in it.
    """

    name: str
    seed: int
    dpi: int
    wear: tuple[Wear, ...]
    worn: str
    shows: str
    kind: Format = "pdf"
    sideways: tuple[int, ...] = ()

    @property
    def file(self) -> str:
        return f"{self.name}.{self.kind}"


_BILEVEL = Wear(bilevel=True, noise=9, blur=0.2, jpeg=None, specks=0.15)
_OFFICE = Wear(noise=3, jpeg=38, light=8)

SAMPLES = (
    Sample(
        "seed-bma-8-2560",
        2560,
        300,
        (_BILEVEL, replace(_BILEVEL, specks=0.3, streak=True), _BILEVEL),
        "skew, bend, specks, a streak on page 2",
        "the public record, whole: a weekday that does not fit, ติตราชการ, a name spelt two ways; two-column "
        "attendance, แทน…, lists three deep, มติ อ.ก.ก.",
    ),
    Sample(
        "council-2566-3-1",
        25663,
        200,
        (replace(_OFFICE, stamp="round", stamp_at=(0.84, 0.09), skew=0.7), replace(_OFFICE, through=0.07), _OFFICE),
        "skew, uneven light, show-through, a round stamp, JPEG",
        "a council: สมัยสามัญ สมัยที่ ๓ ครั้งที่ ๑, ruled attendance over two pages, (ลากิจ) inside the list of those "
        "present, speaker column, votes, a by-law's readings, catch-words `/…`, stacked signatures",
    ),
    Sample(
        "faculty-board-4-2567",
        42567,
        200,
        (replace(_OFFICE, paper=248, ink=35, streak=True), replace(_OFFICE, paper=248, ink=35)),
        "a streak on page 1, soft focus, JPEG",
        "Arabic digits, another meeting's number above the title, three columns without rules, numbers that jump, "
        "bare `1.1` and `4.2.1`, tables, a chart, resolutions with a list, running footer, signatures side by side",
    ),
    Sample(
        "steering-2-2564",
        22564,
        300,
        (Wear(noise=2.5, jpeg=30, light=6, skew=0.6, bend=2.2, blur=0.3),),
        "warped lines, blur, strong JPEG",
        "posts before names and names before posts, a post without a name, `(แทน…)`, wide gaps before family names, "
        "`วาระที่ ๑.๑` and `๑.๑.๑`, a boxed item number at the top, footers",
    ),
    Sample(
        "typescript-2538",
        2538,
        200,
        (Wear(noise=4, jpeg=35, ink=45, paper=226, patchy=0.45, jitter=0.35, spread=0.16, holes=True, skew=0.9),),
        "weak and uneven ribbon, jumping letters, yellowed paper, punch holes",
        "a typewriter face, underlined headings, `-` as an empty list, titles on the next line, an unnumbered item, "
        "catch-words without a stroke, นาฬิกา, typed names as signatures",
    ),
    Sample(
        "village-fund-2557",
        2557,
        200,
        (replace(_BILEVEL, stamp="box", stamp_at=(0.8, 0.93), spread=0.1, specks=1.5, skew=1.1),),
        "a coarse 1-bit copy: thick ink, specks, skew, a boxed stamp",
        "บันทึกการประชุม, dotted blanks filled in, one list only (ผู้เข้าร่วมประชุม) with ลาป่วย among the remarks, "
        "speaker column, `-ไม่มี-` and `- ไม่มี`",
    ),
    Sample(
        "cooperative-3-2561",
        32561,
        200,
        (replace(_BILEVEL, spread=-0.08, noise=14, edge=True, specks=2.0, skew=0.8),),
        "a thin photocopy: eaten ink, dark edge, specks",
        "สรุปรายงานการประชุม with the body below, number in the date line, lists on their heading's line, mixed "
        "digits, 7 twice, `10.นางสาว`, items out of order, ถอนวาระ, deferred, rejected, resolutions without a marker, "
        "closing after the printed end",
        kind="tif",
    ),
    Sample(
        "school-board-1-2562",
        12562,
        200,
        (replace(_BILEVEL, streak=True),),
        "1 bit, a streak",
        "one page as a PNG: small type, `-` as an empty list, `-ไม่มี-`, signatures side by side",
        kind="png",
    ),
    Sample(
        "hospital-5-2564",
        52564,
        200,
        (replace(_OFFICE, paper=235, stamp="round", stamp_at=(0.82, 0.1), holes=True), replace(_OFFICE, paper=235)),
        "grey paper, a round stamp, punch holes; page 3 lies on its side",
        "names before posts, `2.` among Thai numbers, ๗ twice, ๑๑ then ๒๔, numbers that run on into the next list, "
        "`ผู้มาประชุม (ต่อ)`, `(แทน) …`, `วาระที่` beside `ระเบียบวาระที่`, catch-words, a page stored sideways",
        sideways=(3,),
    ),
    Sample(
        "circular-2565",
        2565,
        200,
        (replace(_OFFICE, stamp="box", stamp_at=(0.8, 0.12), skew=1.0),),
        "skew, a boxed stamp, JPEG",
        "no minutes: a circular that invites to a meeting and names its number",
    ),
)
