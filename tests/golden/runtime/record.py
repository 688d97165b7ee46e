"""Records what the originals decide and feed, in the cases beside this file.

Run it where `tf.estimator` exists: TensorFlow 1.15 and 2.15 (see CONTRIBUTING), with pandas. It
writes one JSON file:

    python record.py tf215.json [KIND ...]

With kinds (`exporters`, `inputs`, ...) only these are recorded anew.
"""

import json
import os
import shutil
import sys
import tempfile
import types
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import tensorflow as tf  # noqa: E402

from tests.golden.estimator.errors import outcome  # noqa: E402
from tests.golden.estimator.results import write_json  # noqa: E402
from tests.golden.runtime import CASES  # noqa: E402


def original_api():
    """The names of the original that the cases use."""
    from tensorflow_estimator.python.estimator import early_stopping, exporter, gc
    from tensorflow_estimator.python.estimator.export import export

    estimator = tf.compat.v1.estimator
    names = {
        name: getattr(module, name)
        for module in (estimator.experimental, estimator.export, estimator.inputs, estimator)
        for name in dir(module)
        if not name.startswith("_")
    }
    names.update(
        build_supervised_input_receiver_fn_from_input_fn=(
            export.build_supervised_input_receiver_fn_from_input_fn
        ),
        read_eval_metrics=early_stopping.read_eval_metrics,
        loss_smaller=exporter._loss_smaller,
        gc=types.SimpleNamespace(
            Path=gc.Path,
            **{
                name: getattr(gc, "_" + name)
                for name in (
                    "largest_export_versions",
                    "mod_export_version",
                    "negation",
                    "one_of_every_n_export_versions",
                    "union",
                )
            },
        ),
    )
    return types.SimpleNamespace(**names)


def main(path, *kinds):
    tf.compat.v1.logging.set_verbosity("ERROR")
    api = original_api()
    recorded = json.loads(Path(path).read_text()) if kinds else {"tensorflow": tf.__version__}
    for kind in kinds or CASES:
        cases, mistakes = CASES[kind]
        recorded[kind] = {}
        for case in cases + mistakes:
            folder = tempfile.mkdtemp()
            run = outcome if case in mistakes else lambda case, api, folder: case(api, folder)
            recorded[kind][case.__name__] = run(case, api, folder)
            shutil.rmtree(folder)
            print(case.__name__, flush=True)
    write_json(path, recorded)


if __name__ == "__main__":
    main(*sys.argv[1:])
