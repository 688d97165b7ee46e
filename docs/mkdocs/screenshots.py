"""Makes the pictures in docs/images from a run of the demo. Needs the extra `demo`.

python docs/mkdocs/screenshots.py

The picture of TensorBoard is made where TensorBoard (`pip install tensorboard`) and Chromium are
found or named; TensorBoard may be in an environment of its own.

python docs/mkdocs/screenshots.py --tensorboard other/bin/tensorboard --chromium /usr/bin/chromium
"""

import argparse
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from rich.console import Console
from rich.text import Text

CHECKOUT = Path(__file__).resolve().parents[2]
DEMO = CHECKOUT / "examples" / "multi_head_wine.py"
IMAGES = CHECKOUT / "docs" / "images"
COLUMNS = 100


def run_demo(output_dir: Path) -> str:
    """Runs the demo, and returns what it wrote to a terminal."""
    done = subprocess.run(
        [sys.executable, DEMO, "--output", output_dir],
        env={**os.environ, "COLUMNS": str(COLUMNS), "TF_CPP_MIN_LOG_LEVEL": "3"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=True,
    )
    written = done.stdout.decode().replace(str(output_dir), "demo-output")
    return written[written.index("Training:") :]  # TensorFlow logs before it has read its settings


def last_frames(written: str) -> str:
    """Of a line that was written over, as a progress bar is, what was to be seen last."""
    return "\n".join(line.rstrip("\r").split("\r")[-1] for line in written.split("\n"))


def draw_terminal(text: str, title: str, picture: Path) -> None:
    """Draws a terminal as SVG."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    console.print(Text.from_ansi(text))
    # The fonts of rich come from another server; the reader's own will do.
    drawn = re.sub(r"@font-face \{.*?\}", "", console.export_svg(title=title), flags=re.DOTALL)
    picture.write_text(re.sub(r"[ \t]+$", "", drawn, flags=re.MULTILINE), encoding="utf-8")


def draw_tensorboard(tensorboard: str, chromium: str, output_dir: Path, picture: Path) -> None:
    """Takes a picture of TensorBoard's window with the losses of the run."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [tensorboard, "--logdir", "model", "--host", "127.0.0.1", "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    with (
        tempfile.TemporaryDirectory() as profile,
        subprocess.Popen(command, cwd=output_dir) as server,
    ):
        try:
            wait_for(f"{address}/data/plugin/scalars/tags", b"eval_train")
            subprocess.run(
                [
                    chromium,
                    "--headless=new",
                    "--no-sandbox",  # it opens only what this program serves
                    "--hide-scrollbars",
                    f"--user-data-dir={profile}",
                    "--virtual-time-budget=20000",  # milliseconds until the curves are drawn
                    "--window-size=1060,766",
                    f"--screenshot={picture}",
                    f"{address}/#scalars&tagFilter=%5Eloss&_smoothingWeight=0",
                ],
                check=True,
                timeout=120,
            )
        finally:
            server.terminate()


def wait_for(address: str, expected: bytes, seconds: float = 120) -> None:
    """Waits until a server answers with what is expected."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if expected in answer.read():
                    return
        except OSError:  # it is not there yet
            pass
        time.sleep(0.5)
    raise TimeoutError(f"{address} did not answer with {expected} within {seconds} seconds.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tensorboard", default=shutil.which("tensorboard"), type=os.path.abspath)
    parser.add_argument("--chromium", default=shutil.which("chromium"), type=os.path.abspath)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        output_dir = Path(folder)
        draw_terminal(last_frames(run_demo(output_dir)), "make demo", IMAGES / "demo-terminal.svg")
        (curves,) = output_dir.rglob("*.png")
        shutil.copy(curves, IMAGES / "demo-loss.png")
        if arguments.tensorboard and arguments.chromium:
            programs = arguments.tensorboard, arguments.chromium
            draw_tensorboard(*programs, output_dir, IMAGES / "demo-tensorboard.png")
        else:
            print("demo-tensorboard.png is left as it is: it takes TensorBoard and Chromium.")


if __name__ == "__main__":
    main()
