"""Wide & deep on TFRecords with 26 categorical and 13 numeric features, beside the originals.

    python benchmarks/wide_and_deep.py --tf215 VENV215/bin/python --tf115 VENV115/bin/python

See `peers.py` for how it is measured.
"""

import sys
import tempfile

import peers

COLUMNS = {
    "start": "to the first step, s",
    "start_processor": "the same, s of processor time",
    "train": "train, steps/s",
    "train_processor": "train, steps/s of processor time",
    "bare": "bare session, steps/s",
    "bare_processor": "bare session, steps/s of processor time",
    "restart": "to one step more, s of processor time",
    "evaluate": "evaluate, s of processor time",
}


def main():
    """Runs the rounds and prints the table."""
    parser = peers.parser(__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=300)
    arguments = parser.parse_args()
    here = sys.executable
    compared = {
        peers.OURS: (here, "ours", {}),
        f"{peers.OURS}, TF1's classes": (here, "ours, TF1", {}),
        "tf.estimator, TF 2.15": (arguments.tf215, "tf.estimator", {}),
        "the same, TF1's classes": (arguments.tf215, "tf.estimator, TF1", {}),
        "tf.estimator, TF 1.15": (arguments.tf115, "tf.estimator", {}),
    }
    with tempfile.TemporaryDirectory() as folder:
        options = ["--steps", str(arguments.steps), "--folder", folder]
        peers.compare(compared, "wide_and_deep_workload.py", options, COLUMNS, arguments)


if __name__ == "__main__":
    main()
