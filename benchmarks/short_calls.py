"""The time around a few batches: starts of training, evaluations, and evaluators, beside TF 2.15.

    python benchmarks/short_calls.py --tf215 VENV215/bin/python --tf115 VENV115/bin/python

See `peers.py` for how it is measured. All figures but one are seconds of processor time.
"""

import sys

import peers

COLUMNS = {
    "first_step": "train, to its first step, the first time",
    "first_step_again": "train, to its first step, again",
    "train_again": "train, 2 steps, again",
    "evaluate": "evaluate, 2 batches, the first time",
    "evaluate_again": "evaluate, 2 batches, again",
    "evaluator": "the same by an evaluator",
    "train_and_evaluate": "train_and_evaluate, 10 evaluations",
    "kept": "the same with keep_models=True",
}


def main():
    """Runs the rounds and prints the table."""
    arguments = peers.parser(__doc__.splitlines()[0]).parse_args()
    here = sys.executable
    compared = {
        peers.OURS: (here, "ours", {}),
        "tf.estimator, TF 2.15": (arguments.tf215, "tf.estimator", {}),
    }
    peers.compare(compared, "short_calls_workload.py", [], COLUMNS, arguments)


if __name__ == "__main__":
    main()
