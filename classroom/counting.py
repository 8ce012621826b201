"""Numbers with the word that fits them."""


def counted(number: float, one: str, many: str = "") -> str:
    """A number and what it counts; `many` is `one` with an s, where it is not given.

    >>> counted(1, "slip"), counted(30, "slip"), counted(0.5, "point")
    ('1 slip', '30 slips', '0.5 points')
    >>> counted(1, "person has", "people have")
    '1 person has'
    """
    return f"{number:g} {one if number == 1 else many or f'{one}s'}"
