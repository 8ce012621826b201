"""What every test may ask for."""

import os

# On a busy machine the threads of a matrix product wait for each other: a chapter
# takes twenty times as long. Set before NumPy is loaded, here and in the kernels.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("agg")  # draw, and open no window


@pytest.fixture
def rng():
    """Random numbers that are the same in every run."""
    return np.random.default_rng(20)
