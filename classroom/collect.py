"""Taking in what students handed in, from wherever it lies."""

import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from . import records
from .course import Course, CourseError

# How the learning platforms name what they pack into one archive.
MOODLE = re.compile(r"(?P<student>[^/]+)_(?P<id>\d+)_assignsubmission_file(_[^/]*)?/.+")
CANVAS = re.compile(
    r"(?P<student>[^/_]+)_(?P<late>LATE_)?(?P<id>\d+)_\d+_(?P<file>[^/]+)"
)
AGAIN = re.compile(r"-(\d+)\.ipynb$")  # Canvas counts what is handed in once more
LARGEST = 200 * 2**20  # bytes of one file


@dataclass(frozen=True)
class Found:
    """One file of one student."""

    student: str
    path: Path
    time: float
    name: str
    identifier: str = ""
    is_late: bool = False

    def order(self) -> tuple[float, int, str]:
        """The latest comes last."""
        again = AGAIN.search(self.name)
        return self.time, int(again[1]) if again else 0, self.name


def collect(course: Course, assignment: str, place: Path) -> dict[str, list[str]]:
    """Copy each student's latest notebook to where nbgrader looks for it.

    Parameters
    ----------
    course : Course
        The course.
    assignment : str
        The assignment.
    place : Path
        An archive as Moodle or Canvas makes it; a folder with a folder for each
        student, also as `nbgrader` lays them out; or a folder of files named by
        students.

    Returns
    -------
    dict
        By student, the names of what was found; the last one was taken.

    Raises
    ------
    CourseError
        If there is nothing to collect, or the archive cannot be read.
    """
    course.source(assignment)
    if not place.exists():
        raise CourseError(f"{place} does not exist.")
    with tempfile.TemporaryDirectory() as folder:
        if place.is_file():
            _unpack(place, Path(folder))
            place = Path(folder)
        found: dict[str, list[Found]] = {}
        for one in _files(place, assignment):
            found.setdefault(one.student, []).append(one)
        if not found:
            raise CourseError(
                f"There is no notebook in {place}. Expected are an archive of Moodle "
                "or Canvas, or a folder with a folder for each student."
            )
        for student, files in found.items():
            files.sort(key=Found.order)
            _take(course, assignment, student, files[-1])
    return {student: [file.name for file in files] for student, files in found.items()}


def collect_from_exchange(course: Course, assignment: str) -> None:
    """Collect with nbgrader's exchange, which a JupyterHub has.

    Raises
    ------
    CourseError
        If nbgrader cannot.
    """
    course.source(assignment)
    with course.nbgrader() as api:
        result = api.collect(assignment)
    if not result["success"]:
        raise CourseError(
            f"nbgrader could not collect {assignment}:\n{result.get('log', '')}"
        )


def _take(course: Course, assignment: str, student: str, file: Found) -> None:
    folder = course.submitted(student, assignment)
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    shutil.copyfile(file.path, folder / f"{assignment}.ipynb")
    time = datetime.fromtimestamp(file.time, UTC)
    (folder / "timestamp.txt").write_text(f"{time:%Y-%m-%d %H:%M:%S} UTC\n")
    record = records.read(course, student, assignment)
    changed = {"came_as": file.name, "is_late": file.is_late}
    records.write(course, record.but(identifier=file.identifier, **changed))


def _files(place: Path, assignment: str) -> Iterator[Found]:
    for path in sorted(place.rglob("*.ipynb")):
        name = path.relative_to(place).as_posix()
        if ".ipynb_checkpoints" in name or not path.is_file():
            continue
        time, parts = path.stat().st_mtime, PurePosixPath(name).parts
        if match := MOODLE.fullmatch(name):
            yield Found(_safe(match["student"]), path, time, name, match["id"])
        elif len(parts) == 1 and (match := CANVAS.fullmatch(name)):
            late = match["late"] is not None
            student = _safe(match["student"])
            yield Found(student, path, time, name, match["id"], late)
        elif len(parts) == 1:
            student = path.stem.removesuffix(assignment).rstrip("_- ")
            yield Found(_safe(student or path.stem), path, time, name)
        elif len(parts) < 3 or parts[1] == assignment:
            yield Found(_safe(parts[0]), path, time, name)


def _safe(name: str) -> str:
    """A student's name, without what a file name or a pattern cannot hold."""
    name = re.sub(r"[\x00-\x1f/\\:*?\"<>|\[\]{},]", "_", name).strip(". ")
    return name or "unnamed"


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack the notebooks; nothing lands outside of `folder`."""
    try:
        with zipfile.ZipFile(archive) as packed:
            for number, info in enumerate(packed.infolist()):
                name = PurePosixPath(info.filename.replace("\\", "/"))
                if info.is_dir() or name.suffix.lower() != ".ipynb":
                    continue
                if name.is_absolute() or ".." in name.parts:
                    raise CourseError(
                        f"{archive} holds a file named {info.filename!r}."
                    )
                if info.file_size > LARGEST:
                    raise CourseError(
                        f"{info.filename} in {archive} has {info.file_size} bytes."
                    )
                path = folder / name.with_suffix(".ipynb")
                if path.exists():  # twice in one archive: the later one
                    path = path.with_stem(f"{path.stem}-{number}")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(packed.read(info))
                time = datetime(*info.date_time, tzinfo=UTC).timestamp()
                os.utime(path, (time, time))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError) as error:
        raise CourseError(f"{archive} cannot be unpacked: {error}.") from error
