"""A real picture, and in it the parts that people marked."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Picture:
    """A grey picture, pixel by pixel, and which of its parts each pixel belongs to.

    Neither array can be changed: copy what you change.

    Attributes
    ----------
    title : str
        What is seen.
    light : ndarray, shape (rows, columns)
        How bright each pixel is: a whole number from 0 (dark) to 255.
    part : ndarray, shape (rows, columns)
        The number of the part that a pixel belongs to, from 1 up; 0 is background.
    source : str
        Who took it and where it was published.
    licence : str
        On what terms it may be used.
    """

    title: str
    light: NDArray[np.uint8]
    part: NDArray[np.uint8]
    source: str
    licence: str

    def seams(self) -> NDArray[np.bool_]:
        """Where two parts touch: pixels that have both in the 3 by 3 around them.

        >>> float(nuclei().seams().mean().round(4))  # not one pixel in a hundred
        0.0086
        """
        around = sliding_window_view(np.pad(self.part, 1), (3, 3))
        largest = around.max(axis=(2, 3))
        smallest = np.where(around > 0, around, 255).min(axis=(2, 3))
        return smallest < largest

    def __repr__(self) -> str:
        rows, columns = self.light.shape
        share = np.mean(self.part > 0)
        return (
            f"{self.title}: {rows} by {columns} pixels, {self.part.max()} parts "
            f"on {share:.0%} of them"
        )


@cache
def nuclei() -> Picture:
    """Nuclei of cells under a microscope, outlined by experts: where is each of them?

    The picture for losses of regions.  The nuclei, in which a dye glows, take a fifth
    of it, and the seams where two of them touch not one pixel in a hundred.

    References
    ----------
    Caicedo et al., "Nucleus segmentation across imaging experiments: the 2018 Data
    Science Bowl", *Nature Methods* 16 (2019), pages 1247-1253.

    Examples
    --------
    >>> nuclei()
    Nuclei of cells: 256 by 256 pixels, 125 parts on 20% of them
    >>> nuclei().light[0, :4].tolist(), int(nuclei().light.max())
    ([17, 18, 20, 19], 228)
    """
    with files(__package__).joinpath("nuclei.npz").open("rb") as file:
        arrays = np.load(file, allow_pickle=False)
        light, part = arrays["light"], arrays["part"]
    for array in (light, part):
        array.flags.writeable = False
    return Picture(
        title="Nuclei of cells",
        light=light,
        part=part,
        source=(
            "J. C. Caicedo and others, image set BBBC038v1 (2018 Data Science Bowl), "
            "Broad Bioimage Benchmark Collection; the test picture of the PyPI package "
            "stardist 0.9.2, at half its size"
        ),
        licence="CC0 1.0",
    )
