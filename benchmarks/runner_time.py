"""What `python -m estimator_heads run` adds to the start of a program. Run from the checkout:

python benchmarks/runner_time.py

Compares whole processes: a program that imports TensorFlow, by plain Python and by the runner,
timed in turn. What counts is the median of the differences in processor time. On a busy machine the
times of equal runs differ by more than that.

The runner must add less than 0.3 s to a program, be it TF2 or TF1. TF1 source is besides parsed and
compiled at each start, without cached bytecode: the third program, of 4,000 lines in 40 modules,
shows what that costs. It never gets to its import of TensorFlow, whose own time varies by more.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
LIMIT = 0.3
ROUNDS = 7
FUNCTION = """
def function_{number}(features, units=8):
    hidden = tf.layers.dense(features, units, activation=tf.nn.relu)
    return tf.losses.mean_squared_error(hidden, features), hidden
"""


def write_large_program(folder):
    """A program whose modules import each other in a chain."""
    folder.mkdir()
    functions = "".join(FUNCTION.format(number=number) for number in range(25))
    for number in range(40):
        following = f"import part_{number + 1}" if number < 39 else ""
        text = f"if False:\n    import tensorflow as tf\n{following}\n{functions}"
        (folder / f"part_{number}.py").write_text(text)
    (folder / "main.py").write_text("import part_0\n")
    return folder / "main.py"


def seconds(*arguments):
    """The processor time that one process takes."""
    env = {**os.environ, "PYTHONPATH": str(CHECKOUT), "TF_CPP_MIN_LOG_LEVEL": "3"}
    before = os.times()
    subprocess.run([sys.executable, *map(str, arguments)], check=True, env=env, capture_output=True)
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


def compare(name, program, *options):
    """Prints one line; returns what the runner adds, in seconds."""
    runner = ("-m", "estimator_heads", "run", *options)
    seconds(program), seconds(*runner, program)  # writes bytecode
    pairs = [(seconds(program), seconds(*runner, program)) for _ in range(ROUNDS)]
    added = statistics.median(run - plain for plain, run in pairs)
    plain = statistics.median(plain for plain, _ in pairs)
    print(f"{name:12} plain {plain:5.2f} s, the runner adds {added:+.2f} s")
    return added


def main():
    """Returns the exit status: 1 if the limit is passed."""
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder, "small.py")
        small.write_text("import tensorflow as tf\ntf.nn\n")
        large = write_large_program(Path(folder, "large"))
        added = [compare("TF2", small), compare("TF1", small, "--tf1")]
        added.append(compare("4,000 lines", large))
    return int(max(added) > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
