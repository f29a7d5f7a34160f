"""The list of samples: seed, resolution, wear and what each one shows."""

from __future__ import annotations

from dataclasses import dataclass

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

SAMPLES = (
    Sample(
        "seed-bma-8-2560",
        2560,
        300,
        (_BILEVEL, Wear(bilevel=True, noise=9, blur=0.2, jpeg=None, specks=0.3, streak=True), _BILEVEL),
        "skew, bend, specks, a streak on page 2",
        "the public record, whole: wrong weekday, ติตราชการ, a name spelt two ways; lists three deep",
    ),
)
