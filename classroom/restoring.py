"""Finding the cells of a release in what came back, whatever happened to them.

nbgrader knows a cell by an id in its metadata. Some programs drop metadata, and people
copy, split and delete cells. So a cell is looked for by its id, then by its text, then
by its place between cells that were found. What cannot be told is not guessed.
"""

from collections import Counter
from difflib import SequenceMatcher

from nbformat import NotebookNode
from nbgrader import utils

from . import cleaning, last_cell
from .notebooks import UnreadableError


def restored(notebook: NotebookNode, release: NotebookNode) -> NotebookNode:
    """The notebook with the ids of the release on its cells, and no others.

    The last cell of the release, which asks what is missing, is taken out.

    Of cells that were copied, the last one counts, as it was the last to run, unless
    nothing was written in it.  Those that are locked or graded and were deleted come
    back.

    Parameters
    ----------
    notebook : NotebookNode
        What was handed in; it is changed in place, and returned.
    release : NotebookNode
        What was given out.

    Raises
    ------
    UnreadableError
        If it is another notebook, or an answer in words cannot be found in it.
    """
    known = [cell for cell in release.cells if grade_id(cell)]
    _drop_copied_stubs(notebook, known)
    places, had_ids = _by_id(notebook, known)
    for cell in notebook.cells:
        cell.metadata.pop("nbgrader", None)
    _by_text(notebook, known, places)
    if known and not _is_the_same(notebook, known, places):
        raise UnreadableError(
            "It has no cell of the notebook that was given out; is it another one? "
            "Copy your answers into that notebook, and hand it in again."
        )
    _by_place(notebook, known, places)
    for number, cell in enumerate(known):
        if number in places:
            notebook.cells[places[number]].metadata.nbgrader = cell.metadata.nbgrader
        elif not had_ids and cell.cell_type == "markdown" and utils.is_grade(cell):
            raise UnreadableError(
                f"The answer in words ({grade_id(cell)}) cannot be found in it: the "
                "program that saved it dropped what tells the cells apart. Copy your "
                "answers into the notebook that was given out, and hand it in again."
            )
    _insert_missing(notebook, known, places)
    last_cell.remove(notebook)
    return notebook


def grade_id(cell: NotebookNode) -> str:
    """The id that nbgrader knows a cell by; empty if it has none."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def is_of(notebook: NotebookNode, release: NotebookNode) -> bool:
    """Whether a notebook, as it was handed in, can be one of this release."""
    known = [cell for cell in release.cells if grade_id(cell)]
    places, _ = _by_id(notebook, known)
    _by_text(notebook, known, places)
    return _is_the_same(notebook, known, places)


def _is_the_same(
    notebook: NotebookNode, known: list[NotebookNode], places: dict[int, int]
) -> bool:
    """Whether what was found is enough: other assignments share some ids and texts."""
    if any(utils.is_solution(known[n]) or utils.is_grade(known[n]) for n in places):
        return True
    texts = [n for n, c in enumerate(known) if utils.is_locked(c) and c.source.strip()]
    same = [
        n for n in texts
        if n in places and _text(notebook.cells[places[n]]) == _text(known[n])
    ]  # fmt: skip
    return len(same) > len(texts) / 3


def _drop_copied_stubs(notebook: NotebookNode, known: list[NotebookNode]) -> None:
    """Drop copies in which nothing was written: a stub would undo the answer above."""
    stubs = {grade_id(c): _text(c) for c in known if utils.is_solution(c)}
    written = {
        grade_id(cell)
        for cell in notebook.cells
        if grade_id(cell) in stubs and _text(cell) != stubs[grade_id(cell)]
    }
    notebook.cells = [
        cell
        for cell in notebook.cells
        if grade_id(cell) not in written or _text(cell) != stubs[grade_id(cell)]
    ]


def _by_id(
    notebook: NotebookNode, known: list[NotebookNode]
) -> tuple[dict[int, int], bool]:
    """Where each known cell is; and whether any cell came with an id of ours."""
    last = {grade_id(cell): place for place, cell in enumerate(notebook.cells)}
    places = {}
    for number, cell in enumerate(known):
        place = last.get(grade_id(cell))
        if place is not None and notebook.cells[place].cell_type == cell.cell_type:
            places[number] = place
    return places, bool(places)


def _by_text(
    notebook: NotebookNode, known: list[NotebookNode], places: dict[int, int]
) -> None:
    """Add where the others are, if their text is as it was given out."""
    # Empty cells and stubs are like each other; their place will tell.
    counts = Counter(map(_text, known))
    taken = set(places.values())
    ours = [n for n, c in enumerate(known) if n not in places and counts[_text(c)] == 1]
    theirs = [p for p in range(len(notebook.cells)) if p not in taken]
    match = SequenceMatcher(
        None,
        [_text(known[n]) for n in ours],
        [_text(notebook.cells[p]) for p in theirs],
        autojunk=False,
    )
    for block in match.get_matching_blocks():
        for offset in range(block.size):
            places[ours[block.a + offset]] = theirs[block.b + offset]


def _by_place(
    notebook: NotebookNode, known: list[NotebookNode], places: dict[int, int]
) -> None:
    """Add what lies between those found: the first answer, or the same text, there."""
    taken = set(places.values())
    for number, cell in enumerate(known):
        if number in places:
            continue
        before = _nearest(places, range(number - 1, -1, -1), -1)
        after = _nearest(places, range(number + 1, len(known)), len(notebook.cells))
        for place in range(before + 1, after):
            other = notebook.cells[place]
            fits = other.cell_type == cell.cell_type and (
                utils.is_solution(cell) or _text(other) == _text(cell)
            )
            if fits and place not in taken:
                places[number] = place
                taken.add(place)
                break


def _insert_missing(
    notebook: NotebookNode, known: list[NotebookNode], places: dict[int, int]
) -> None:
    cells = list(notebook.cells)
    after: NotebookNode | None = None
    for number, cell in enumerate(known):
        if number in places:
            after = notebook.cells[places[number]]
        elif utils.is_locked(cell) or utils.is_grade(cell):
            place = next((i for i, c in enumerate(cells) if c is after), -1)
            cells.insert(place + 1, cell)
            after = cell
    notebook.cells = cells


def _nearest(places: dict[int, int], numbers: range, otherwise: int) -> int:
    return next((places[n] for n in numbers if n in places), otherwise)


def _text(cell: NotebookNode) -> str:
    """What is compared: not the spaces, nor what the gate changed."""
    source = cell.source
    if cell.cell_type != "code":
        source = cleaning.markdown(source)
    return f"{cell.cell_type}:{' '.join(source.split())}"
