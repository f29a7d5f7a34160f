"""Pictures of lines: their shape, their ink, their faces; the same lines from the same seed."""

from itertools import islice

import numpy as np
import numpy.typing as npt
import pytest

from training.lines import faces
from training.lines.picture import HEIGHT, STRIDE, picture, steps_needed
from training.lines.scribbles import beside
from training.lines.setting import dress, set_line
from training.lines.stream import line_stream
from training.text.charset import foreign

Line = tuple[npt.NDArray[np.uint8], str]


@pytest.fixture(scope="module")
def many() -> list[Line]:
    return list(islice(line_stream(1), 400))


def test_same_seed_same_lines(many: list[Line]) -> None:
    for (pixels, text), (again, said) in zip(many[:60], line_stream(1), strict=False):
        assert text == said
        assert np.array_equal(pixels, again)


def test_other_seed_other_lines(many: list[Line]) -> None:
    assert [text for _, text in islice(line_stream(2), 20)] != [text for _, text in many[:20]]


def test_pictures_are_40_high_and_wide_enough_for_their_text(many: list[Line]) -> None:
    for pixels, text in many:
        assert pixels.dtype == np.uint8 and pixels.shape[0] == HEIGHT
        assert pixels.shape[1] // STRIDE >= steps_needed(text)
        assert not foreign(text)


def test_a_few_pictures_are_scribbles_that_say_nothing(many: list[Line]) -> None:
    nothing = [pixels for pixels, text in many if not text]
    assert 0.01 < len(nothing) / len(many) < 0.08
    assert np.mean([pixels.min() < 128 for pixels in nothing]) > 0.8  # and are not blank


def test_a_scribble_beside_a_line_leaves_its_text_as_it_was() -> None:
    face = faces.train_faces()[0]
    rng = np.random.default_rng(3)
    line = set_line(rng, "นายสมพงษ์", dress(rng, face, (), 20))
    assert line
    for _ in range(20):
        wider, (before, behind) = beside(rng, line)
        left, top, right, bottom = wider.box
        shown = wider.ink[top:bottom, left:right]
        assert np.array_equal(shown, line.ink[line.box[1] : line.box[3], line.box[0] : line.box[2]])
        around = (round(left - before * line.letter), round(right + behind * line.letter))
        assert wider.ink.shape[1] > line.ink.shape[1] and (around[0] < left or around[1] > right)


def test_ink_is_dark_on_light_paper(many: list[Line]) -> None:
    light = [float((pixels > 127).mean()) for pixels, _ in many]
    assert np.mean([share > 0.5 for share in light]) > 0.97
    assert all(pixels.min() < 90 and pixels.max() > 200 for pixels, _ in many)


def test_steps_count_repeats() -> None:
    assert steps_needed("กา") == 3
    assert steps_needed("11") == 5


def test_held_out_families_are_never_trained_on(monkeypatch: pytest.MonkeyPatch) -> None:
    trained = {face.family for face in faces.train_faces()}
    assert not trained & set(faces.HELD_OUT)
    assert {face.family for face in faces.held_out_faces()} <= set(faces.HELD_OUT)
    assert len(set(faces.HELD_OUT)) >= 5
    assert "Laksaman" not in {face.family for face in faces.train_faces(without=["Laksaman"])}
    seen = set()

    def spy(rng: object, text: str, face: faces.Face, *rest: object) -> npt.NDArray[np.uint8]:
        seen.add(face.family)
        return np.zeros((HEIGHT, 8), dtype=np.uint8)

    monkeypatch.setattr("training.lines.stream.picture", spy)
    list(islice(line_stream(4), 2000))
    assert seen and not seen & set(faces.HELD_OUT)


def test_a_text_that_no_face_can_write_is_refused() -> None:
    face = faces.train_faces()[0]
    assert picture(np.random.default_rng(0), "ก\ue000", face, (), ["ก"]) is None


def test_tone_marks_stand_above_their_vowel_in_every_face() -> None:
    def top(face: faces.Face, text: str) -> float:
        return faces.font(face.file, 100).getbbox(text, anchor="ls")[1]

    for face in faces.all_faces():
        for bare, toned in (("ที", "ที่"), ("ชั", "ชั้"), ("ปื", "ปื้"), ("ซึ", "ซึ่")):
            assert top(face, bare) - top(face, toned) > 10, face.file.name


def test_thai_letters_have_glyphs_in_every_face() -> None:
    for face in faces.all_faces():
        assert not face.lacks("กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลฦวศษสหฬอฮฯะาำๆเแโใไ๐๑๒๓๔๕๖๗๘๙")
        assert 0.35 < face.height < 0.8
