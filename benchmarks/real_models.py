"""Real models beside their peers: eight heads, convolutions, an LSTM, a large table.

    python benchmarks/real_models.py --tf215 VENV215/bin/python --models "eight heads" LSTM

See `peers.py` for how it is measured.
"""

import sys

import peers

COLUMNS = {
    "train": "train, steps/s",
    "train_processor": "the same, of processor time",
    "evaluate": "evaluate, batches/s",
    "evaluate_processor": "the same, of processor time",
    "predict": "predict, batches/s",
    "predict_processor": "the same, of processor time",
}
MODELS = ("eight heads", "three convolutions", "LSTM", "table")


def main():
    """Runs the rounds of each model, and prints its table."""
    parser = peers.parser(__doc__.splitlines()[0])
    parser.add_argument("--models", nargs="+", choices=MODELS, default=MODELS)
    arguments = parser.parse_args()
    here = sys.executable
    compared = {
        "bare session": (here, "bare", {}),
        peers.OURS: (here, "ours", {}),
        "bare session, TF 2.15": (arguments.tf215, "bare tf.estimator", {}),
        "tf.estimator, TF 2.15": (arguments.tf215, "tf.estimator", {}),
        "Keras 3": (here, "keras", {}),
    }
    markdown = arguments.markdown
    for model in arguments.models:
        if markdown:
            arguments.markdown = markdown.with_name(f"{markdown.stem}_{model}{markdown.suffix}")
        print(model)
        options = ["--model", model]
        peers.compare(compared, "real_models_workload.py", options, COLUMNS, arguments)


if __name__ == "__main__":
    main()
