"""What every test may ask for."""

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("agg")  # draw, and open no window


@pytest.fixture
def rng():
    """Random numbers that are the same in every run."""
    return np.random.default_rng(20)
