"""The teacher's pack: plans, worksheets, slides, the cartridge and items for exams.

Keys are in it, so it never enters the site.  What is made for students, worksheets and
papers of exams, is looked through for answers before it is printed.
"""

import tempfile
from bisect import bisect_left
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf

from lossbook.topics import COURSE, TOPICS
from tools.build import book
from tools.build.doors.pack import exam, leaflet, leaks, readme, sheets
from tools.build.doors.pack.plan import Plan, plan_of
from tools.build.formats import __main__ as formats, archive, articles, pdf

DOORS = book.BUILD / "doors"
OUT = DOORS / "pack"
FOLDER = "lossbook-teachers-pack"
STYLE = Path(__file__).with_name("pack.css")
# Of the letters of a plan, in points, the largest first: those that fit are taken.
SIZES = [size / 10 for size in range(95, 69, -1)]


def build(
    out: Path = OUT, site: Path = book.SITE, address: str = "", doors: Path = DOORS
) -> Path:
    """Make the pack in the folder `out`, from a built site; returns its path.

    `address` is where the site is published, with a slash at its end; without it, what
    its pages say, if they do.  The cartridge is taken from `doors`, and slides that are
    there are named.  The first page of the pack says what was not there.  A build that
    fails leaves the last good pack.

    Raises
    ------
    BuildError
        If `out` is in the site, if the site is missing or older than the questions, if
        a plan is too long for one sheet, or if what is for students tells an answer.
    """
    out, site = out.resolve(), site.resolve()
    if out.is_relative_to(site):
        raise book.BuildError(
            f"{out} is in the site, and the pack has keys. Choose a folder elsewhere."
        )
    if not (site / articles.ROOT_PAGE).is_file():
        raise book.BuildError(f"There is no site in {site}. Build it first: make book")
    about = formats.about(site)
    address = address or about["address"].removesuffix(articles.ROOT_PAGE)
    plans = [plan_of(site, topic, address) for topic in TOPICS]
    slides = slides_of(doors, address)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=out) as folder:
        files = printed(Path(folder), site, about, plans, slides)
        files |= exam_files(Path(folder), about["epoch"]) | cartridges(doors)
        files["README.html"] = readme.page(
            about, address, plans, files, slides
        ).encode()
        new = Path(folder) / f"{FOLDER}.zip"
        named = {f"{FOLDER}/{name}": content for name, content in files.items()}
        archive.write(new, named, about["epoch"])
        return new.replace(out / new.name)


def slides_of(doors: Path, address: str) -> dict[str, str]:
    """Where the slides of each topic that has any are, by the address of the site."""
    return {
        topic: f"{address}doors/slides/{topic}.html"
        for topic in TOPICS
        if (doors / "slides" / f"{topic}.html").is_file()
    }


def cartridges(doors: Path) -> dict[str, bytes | Path]:
    """The cartridges, if they have been built."""
    found = sorted((doors / "cartridge").glob("*.imscc"))
    return {f"cartridge/{path.name}": path for path in found}


def missing(doors: Path) -> list[str]:
    """What others make for the pack, and have not made yet."""
    made = {"slides": slides_of(doors, ""), "cartridge": cartridges(doors)}
    return [name for name, files in made.items() if not files]


def exam_files(folder: Path, epoch: int) -> dict[str, bytes | Path]:
    """The items of the exams for Moodle and Canvas."""
    files = exam.exported(folder, epoch)
    return {f"exams/{place}": path.read_bytes() for place, path in files.items()}


def printed(
    folder: Path, site: Path, about: dict, plans: list[Plan], slides: dict[str, str]
) -> dict[str, bytes | Path]:
    """Print plans, worksheets and papers of exams into `folder`; by their names."""
    practice = {article.name: article for article in articles.read(site)}
    files: dict[str, bytes | Path] = {}
    with pdf.press() as press:

        def keep(name: str, title: str, content: bytes) -> None:
            path = folder / Path(name).name
            pdf.save(content, about | {"title": title}, path)
            files[name] = path

        def sheet(name: str, title: str, body, secrets: list[str] | None = None):
            if secrets is not None and (told := leaks.found(body, secrets)):
                list_ = "\n  ".join(told)
                raise book.BuildError(f"{name} is for students, and tells\n  {list_}")
            page = pdf.paper(site, title, body, style=STYLE.read_text("utf-8"))
            keep(name, title, press(page))

        for each in plans:
            topic, title = each.topic, each.title
            paper = f"exams/{topic}-exam.pdf" if topic in COURSE else ""
            body = leaflet.set_out(each, slides.get(topic, ""), paper)
            content = on_one_sheet(press, site, title, body)
            keep(f"plans/{topic}-plan.pdf", f"{title}: plan", content)
            article = practice[f"{topic}_practice"]
            sheet(
                f"worksheets/{topic}-worksheet.pdf",
                f"{title}: worksheet",
                sheets.worksheet(article, site, with_answers=False),
                leaks.of_worksheet(topic),
            )
            sheet(
                f"answers/{topic}-worksheet-answers.pdf",
                f"{title}: worksheet with answers",
                sheets.worksheet(article, site, with_answers=True),
            )
            if paper:
                sheet(
                    paper,
                    f"{title}: exam",
                    exam.paper(topic, title, with_answers=False),
                    leaks.of_exam(topic),
                )
                sheet(
                    f"answers/{topic}-exam-answers.pdf",
                    f"{title}: exam with answers",
                    exam.paper(topic, title, with_answers=True),
                )
    return files


def on_one_sheet(press: Callable[[str], bytes], site: Path, title: str, body) -> bytes:
    """A plan in the largest letters in which it fits on one sheet."""
    contents: dict[float, bytes] = {}

    def fits(size: float) -> bool:
        style = STYLE.read_text("utf-8") + f"html {{ font-size: {size}pt }}"
        contents[size] = press(pdf.paper(site, f"{title}: plan", body, style=style))
        with pikepdf.open(BytesIO(contents[size])) as opened:
            return len(opened.pages) == 1

    place = bisect_left(SIZES, True, key=fits)
    if place == len(SIZES):
        raise book.BuildError(
            f"The plan of {title!r} is too long for one sheet in letters of "
            f"{SIZES[-1]} points. Its steps are the sections of the chapter: let it "
            "have fewer, or shorter goals."
        )
    return contents[SIZES[place]]
