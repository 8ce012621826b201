"""A start that fails says so, soon, to the student and to the instructor."""

import asyncio
import subprocess
from types import SimpleNamespace
from urllib.parse import quote

import pytest

from classroom.hub import walls
from classroom.hub.configuration import PAGES

pytest.importorskip("jupyterhub", reason="make test-hub installs JupyterHub")
pytestmark = pytest.mark.hub


@pytest.mark.parametrize(
    ("program", "patience", "told"),
    [
        (["sleep", "60"], 0.5, "It took longer than 0.5 seconds."),
        (["true"], 60, "It ended while it started."),
    ],
)
def test_a_start_that_fails_is_told_with_a_way_on(tmp_path, program, patience, told):
    from jinja2 import Environment, FileSystemLoader
    from jupyterhub.spawner import SpawnException

    from classroom.hub.running.spawner import WalledSpawner

    spawner = WalledSpawner(longest_start=patience)
    spawner.user = SimpleNamespace(name="ada")
    path = tmp_path / "nobody-answers"
    address = f"http+unix://{quote(str(path), safe='')}/api"
    with walls.listening(path), subprocess.Popen(program) as spawner.proc:
        with pytest.raises(SpawnException) as raised:
            asyncio.run(spawner._answers(address))
        if spawner.proc is not None:
            spawner.proc.kill()

    assert str(raised.value).endswith(
        f"{told} See logs/ada.log in the folder of the hub."
    )
    pages = Environment(loader=FileSystemLoader(PAGES), autoescape=True)
    page = pages.get_template("not_running.html").render(
        failed=True, exception=raised.value, spawn_url="/hub/spawn/ada"
    )
    assert f"{told} Your files are all there." in page
    assert '<a href="/hub/spawn/ada">Try again</a>' in page
    assert "refresh" not in page  # or a machine that is too slow would never rest
