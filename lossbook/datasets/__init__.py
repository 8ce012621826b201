"""Data to train on: real tables, a picture, a text and toys; nothing is fetched."""

from .pictures import Picture as Picture, nuclei as nuclei
from .preparing import split as split, standardise as standardise
from .table import Table as Table
from .tables import (
    ames_housing as ames_housing,
    bike_riders as bike_riders,
    digit_images as digit_images,
    digits as digits,
    spambase as spambase,
)
from .texts import pride_and_prejudice as pride_and_prejudice
from .toys import (
    blobs as blobs,
    imbalanced as imbalanced,
    line_with_outliers as line_with_outliers,
    two_moons as two_moons,
)
