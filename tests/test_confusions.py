"""The weights of misreadings: measured, loaded, and what they say of two spellings."""

from __future__ import annotations

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.names import neighbours
from pipeline.correct.confusions import misread_costs, misread_steps
from pipeline.correct.known import without_spaces
from pipeline.correct.people import same_person
from pipeline.correct.reading import Reading
from training.lines.confusions import Counts
from training.synth import people

NAMES = st.text(alphabet="กขคงจชดตนบปพมยรลวศสหอะาิีุู่้์เแ ", min_size=1, max_size=16).map(str.strip).filter(bool)


@given(NAMES, NAMES)
@settings(max_examples=100, deadline=None)
def test_misreading_costs_nothing_for_the_same_letters_and_something_for_others(one: str, other: str) -> None:
    assert sum(misread_costs(one, one)) == 0
    assert (sum(misread_costs(one, other)) == 0) is (without_spaces(one) == without_spaces(other))
    assert len(misread_costs(one, other)) == len(other.split())


@pytest.mark.parametrize(("likely", "unlikely"), [("ค", "ห"), ("ต", "ม")])
def test_letters_that_look_alike_weigh_less(likely: str, unlikely: str) -> None:
    """ด is read as ค and as ต, and as nothing else."""
    assert sum(misread_costs(f"สม{likely}ี", "สมดี")) < sum(misread_costs(f"สม{unlikely}ี", "สมดี"))


def test_a_lost_mark_weighs_less_than_a_lost_letter() -> None:
    assert sum(misread_costs("เนือใส", "เนื้อใส")) < sum(misread_costs("เนื้อส", "เนื้อใส"))


def test_a_doubtful_letter_weighs_less_than_a_sure_one() -> None:
    costs = [
        sum(map(sum, misread_steps("สมคี", "สมดี", Reading((0.99, 0.99, sure, 0.99))))) for sure in (0.3, 0.9, 0.999)
    ]
    assert costs == sorted(costs)
    assert costs[0] < 0.5 < costs[2]


def test_costs_belong_to_the_word_that_was_misread() -> None:
    assert misread_costs("สมศรีคี ใจดี", "สมศรีดี ใจดี")[1] == 0
    assert misread_costs("สมศรีดี ใจคี", "สมศรีดี ใจดี")[0] == 0
    assert misread_steps("สมศรีดีใจดี", "สมศรีดี ใจดี") == ((), ())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("อรุณญา ชูจิต", "อรุญา ชูจิต", True),
        ("ก้องเกียรติ แสนบุญล้น", "ก้องเกียรติ แสนบุญลน", True),
        ("สมชาย ชูจิต", "สมชาติ ชูจิต", False),
        ("วิชัย ชูจิต", "วิชาญ ชูจิต", False),
        ("สมศรี ชูจิต", "สมศรี ใจดี", False),
    ],
)
def test_one_name_in_two_spellings_and_two_names(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same
    assert same_person(other, one) is same


def test_what_is_counted_is_what_was_exchanged_lost_and_added() -> None:
    counts = Counts()
    for _ in range(30):
        counts.take("นายสมดี ใจดี", "นายสมคี ใจดี")
        counts.take("นายสมดี ใจดี", "นายสมด ใจดี")
        counts.take("นายสมดี ใจดี", "นายสมดี้ ใจดี")
        counts.take("นายสมดี ใจดี", "จบบกา")  # not read at all: no letter was exchanged
    data = yaml.safe_load(counts.as_yaml("model", 1))
    assert data["letters"]["ด"] == {"printed": 180, "lost": 0, "read": {"ค": 30}}
    assert (data["letters"]["ี"]["lost"], data["added"]) == (30, {"้": 30})
    assert data["measured"] == {"model": "model", "seed": 1, "lines": 120, "letters": 990, "wrong": 90}


def test_distractors_are_other_people() -> None:
    rng = np.random.default_rng(5)
    named = people.names(rng, 20)
    others = neighbours(rng, named, 200)
    assert len(set(others)) == 200
    assert not set(others) & set(named)
    families = {name.rsplit(" ", 1)[1] for name in named}
    assert sum(name.rsplit(" ", 1)[1] in families for name in others) > 60
