"""Makes the pictures in docs/images from a run of the demo. Needs the extra `demo`.

python docs/mkdocs/screenshots.py
"""

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
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


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        output_dir = Path(folder)
        draw_terminal(last_frames(run_demo(output_dir)), "make demo", IMAGES / "demo-terminal.svg")
        (curves,) = output_dir.rglob("*.png")
        shutil.copy(curves, IMAGES / "demo-loss.png")


if __name__ == "__main__":
    main()
