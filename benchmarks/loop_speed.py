"""Steps, batches and examples per second of the Estimator, beside those of its peers.

    python benchmarks/loop_speed.py --tf215 VENV215/bin/python --tf115 VENV115/bin/python

See `peers.py` for how it is measured.
"""

import sys

import peers

COLUMNS = {
    "train": "train, steps/s",
    "evaluate": "evaluate, batches/s",
    "predict": "predict, examples/s",
    "predict_whole": "the same as whole batches, examples/s",
    "megabytes": "memory added, MB",
}


def main():
    """Runs the rounds and prints the table."""
    parser = peers.parser(__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=5000)
    arguments = parser.parse_args()
    here = sys.executable
    compared = {
        "bare session": (here, "bare", {}),
        peers.OURS: (here, "ours", {}),
        "bare session, TF 2.15": (arguments.tf215, "bare tf.estimator", {}),
        "tf.estimator, TF 2.15": (arguments.tf215, "tf.estimator", {}),
        "tf.estimator, TF 1.15": (arguments.tf115, "tf.estimator", {}),
        "Keras 3": (here, "keras", {}),
        "tf_keras": (here, "keras", {"TF_USE_LEGACY_KERAS": "1"}),
    }
    options = ["--steps", str(arguments.steps)]
    peers.compare(compared, "loop_workload.py", options, COLUMNS, arguments)


if __name__ == "__main__":
    main()
