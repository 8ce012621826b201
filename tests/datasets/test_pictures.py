"""The picture holds what its source says, and its seams lie where two parts touch."""

import hashlib
from importlib.resources import files

import numpy as np
import pytest

from lossbook import datasets
from lossbook.datasets import Picture

nuclei = datasets.nuclei


def test_the_picture_is_the_one_that_came():
    held = nuclei().light.tobytes() + nuclei().part.tobytes()

    assert hashlib.sha256(held).hexdigest()[:16] == "545b61343bba582d"


def test_every_nucleus_has_a_number_and_pixels():
    part = nuclei().part

    assert nuclei().light.shape == part.shape == (256, 256)
    assert np.bincount(part.ravel()).min() > 0
    assert part.max() == 125


def test_nobody_can_change_it_for_others():
    assert nuclei() is nuclei()
    for array in (nuclei().light, nuclei().part):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 1


def test_the_readme_names_the_source_and_the_terms():
    readme = files(datasets).joinpath("README.md").read_text("utf-8")

    assert nuclei().licence in readme
    assert nuclei().source.split(";")[0] in readme


def test_a_seam_is_where_two_parts_touch():
    part = np.zeros((5, 7), dtype=np.uint8)
    part[1:4, 1:3], part[1:4, 3:5] = 9, 2
    seams = Picture("", part, part, "", "").seams()

    expected = np.zeros_like(seams)
    expected[:, 2:4] = True  # the two columns that touch, and the ends above and below
    assert seams.tolist() == expected.tolist()


def test_a_gap_of_a_pixel_is_a_seam_and_one_of_two_is_not():
    one = np.array([[1, 0, 2]], dtype=np.uint8)
    two = np.array([[1, 0, 0, 2]], dtype=np.uint8)

    assert Picture("", one, one, "", "").seams().tolist() == [[False, True, False]]
    assert not Picture("", two, two, "", "").seams().any()
