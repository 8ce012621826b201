"""A class on a hub that is served: three students go the whole round, as they would."""

import json
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from playwright.sync_api import expect

from classroom import answers
from classroom.__main__ import main
from classroom.course import Course
from classroom.export import grades
from tests.classroom.cases import FULL
from tests.classroom.conftest import ASSIGNMENT, needs_sandbox, new_course
from tests.classroom.hub.serving import (
    PATIENCE,
    Served,
    Student,
    free_port,
    processes_of,
)

pytest.importorskip("jupyterhub", reason="make test-hub installs JupyterHub")
pytestmark = [needs_sandbox, pytest.mark.hub]
ADA, BLAISE, CHLOE = "ada-lovelace", "blaise-pascal", "chloe-zhao"
NAMES = {ADA: "Ada Lovelace", BLAISE: "Blaise Pascal", CHLOE: "Chloé Zhao"}
WRONG = {"pseudo_huber": "def pseudo_huber(y, y_hat, delta):\n    return 0.0"}
NAME = f"{ASSIGNMENT}_assignment"
NOTEBOOK = f"{ASSIGNMENT}/{NAME}.ipynb"


def command(course, *words):
    return main([words[0], ASSIGNMENT, "--course", str(course.root), *words[1:]])


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hub")
    roster = folder / "names.txt"
    roster.write_text("\n".join(NAMES.values()))
    served = Served(new_course(folder / "course"), roster, free_port())
    served.enrol()
    assert command(served.course, "release", "--hub") == 0
    return served


def answered(course: Course, given):
    """The notebook with right answers, but for those given, as JupyterLab saves it."""
    notebook = nbformat.writes(answers.notebook(course, ASSIGNMENT, given))
    return {"type": "notebook", "format": "json", "content": json.loads(notebook)}


def fetch_answer_and_hand_in(hub, login, given):
    """By the interfaces that JupyterLab uses."""
    student = hub.student(login)
    student.start()
    (listed,) = student.assignments()
    assert (listed["assignment_id"], listed["status"]) == (ASSIGNMENT, "released")
    what = {"course_id": "lossbook", "assignment_id": ASSIGNMENT}
    (fetched,) = student.assignments(action="fetch", **what)
    assert fetched["status"] == "fetched"
    path = student.of(f"api/contents/{NOTEBOOK}")
    assert student.put(path, answered(hub.course, given))[0] == 200
    after = student.assignments(action="submit", **what)
    assert [one["status"] for one in after] == ["fetched", "submitted"]
    return student


def in_the_browser(hub, page, login):
    """The same by mouse and keys, one answer given."""
    page.goto(hub.address)
    page.get_by_label("Short name:").fill(login)
    page.get_by_label("Code:").fill(hub.codes[login])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**/user/{login}/lab**")
    open_list(page)
    page.get_by_role("button", name="Fetch", exact=True).click()
    page.get_by_role("button", name="Submit", exact=True).wait_for()
    page.goto(f"{hub.address}user/{login}/lab/tree/{NOTEBOOK}")
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    cell = page.locator(".jp-CodeCell", has_text="NotImplementedError").first
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("print(6 * 7, 'by the kernel')")
    page.keyboard.press("Control+Enter")
    shown = page.locator(".jp-OutputArea-output", has_text="42 by the kernel")
    shown.first.wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+S")
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    open_list(page)
    page.get_by_role("button", name="Submit", exact=True).click()
    page.locator("#submitted_assignments_list", has_text=ASSIGNMENT).wait_for()


def fetch_feedback_in_the_browser(page):
    page.reload()
    open_list(page)
    page.get_by_role("button", name="Fetch Feedback", exact=True).click()
    page.get_by_text("view feedback").first.wait_for()


def open_list(page):
    page.get_by_role("menuitem", name="Nbgrader").click()
    expect(page.get_by_role("menuitem", name="Formgrader")).to_have_count(0)
    page.get_by_role("menuitem", name="Assignment List").click()


def test_a_round_of_three_students(hub, browser, capsys):
    course = hub.course
    with hub.running(), ThreadPoolExecutor(2) as threads:
        ways = {ADA: {}, BLAISE: WRONG}
        going = {
            login: threads.submit(fetch_answer_and_hand_in, hub, login, given)
            for login, given in ways.items()
        }
        page = browser.new_page()
        page.set_default_timeout(PATIENCE * 1_000)
        in_the_browser(hub, page, CHLOE)
        ada, blaise = (one.result() for one in going.values())

        assert hub.student(ADA).log_in("abcd-efgh-jkmn")[0] == 403
        assert ada.ask(blaise.of("lab"))[0] == 403
        assert ada.ask("services/class/")[0] == 403
        assert ada.ask(ada.of("formgrader"))[0] == 404
        instructor = hub.student("instructor")
        status, place, said = instructor.log_in()
        assert status == 200 and place.endswith("services/class/")
        assert "3 of 3 are here" in said
        assert instructor.ask(blaise.of("lab"))[0] == 403

        assert command(course, "collect", "--hub") == 0
        assert "3 submissions" in capsys.readouterr().out
        assert command(course, "grade", "--quiet") == 0
        scores = {g.record.student: g.by_program for g in grades(course, ASSIGNMENT)}
        assert scores[NAMES[ADA]] == FULL
        assert scores[NAMES[BLAISE]] == FULL - 4
        assert scores[NAMES[CHLOE]] < FULL
        assert command(course, "feedback", "--hub") == 0
        assert "3 pages can be fetched" in capsys.readouterr().out

        for student in (ada, blaise):
            what = {"course_id": "lossbook", "assignment_id": ASSIGNMENT}
            told = student.assignments(action="fetch_feedback", **what)
            (one,) = told[-1]["submissions"]
            place = student.of(f"files/{one['local_feedback_path']}")
            _, _, shown = student.ask(f"{place}/{NAME}.html")
            assert "Points:" in shown or "points" in shown
            own = course.feedback(NAMES[student.login], ASSIGNMENT)
            assert shown == own.read_text("utf-8")
        fetch_feedback_in_the_browser(page)
    assert processes_of(course.root) == []


def test_who_comes_while_others_start_waits_and_the_terminal_is_quiet(hub):
    """The log is whole, also of what the proxy says, which writes for itself."""
    terminal = hub.course.root.parent / "hub.log"
    terminal.unlink(missing_ok=True)
    with hub.running("--starts=1"):
        assert hub.student(ADA).log_in("abcd-efgh-jkmn")[0] == 403
        students = [hub.student(login) for login in NAMES]
        with ThreadPoolExecutor() as threads:
            came = list(threads.map(Student.log_in, students))
        waits = ["1 other is starting" in page for _, _, page in came]
        assert any(waits) and not all(waits), came
        last = max(range(3), key=lambda i: "1 waits before you" in came[i][2])
        # Ctrl-C while the last one starts is nothing that went wrong.
        for index in {0, 1, 2} - {last}:
            students[index].wait(*came[index])
    shown = terminal.read_text().splitlines()

    assert [line for line in shown if "hub.log" in line], shown
    assert len(shown) == 3, shown
    assert shown[0].endswith("serves 3 students. Ctrl-C ends it.")
    log = hub.state.log.read_text()
    assert "[ConfigProxy]" in log and "JupyterHub is now running" in log


def test_a_port_that_is_taken_is_told(hub):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", hub.port))
        other.listen()
        tried = subprocess.run(
            hub.command(), capture_output=True, text=True, timeout=PATIENCE
        )

    assert tried.returncode == 1
    told = f"127.0.0.1:{hub.port} cannot be served: Address already in use. End what"
    assert told in tried.stderr


def test_stopped_and_started_again_nothing_is_lost(hub):
    """Also killed, so that nothing can be tidied up; and with TLS from then on."""
    with hub.running() as running:
        hub.student(ADA).start()
        second = subprocess.run(hub.command(), capture_output=True, text=True)
        assert second.returncode == 1 and "runs already" in second.stderr
        running.kill()
        running.wait()
    with hub.running(*hub.certified()):
        ada = hub.student(ADA)
        assert ada.address.startswith("https:")
        ada.start()
        assert [one["status"] for one in ada.assignments()][:1] == ["fetched"]
    assert processes_of(hub.course.root) == []
