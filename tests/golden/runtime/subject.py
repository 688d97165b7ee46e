"""What surrounds an Estimator: exporters, early stopping, input functions, warm starts, ...

A case is a function of an `api` (the names of `tf.estimator`) and an empty folder that returns what
JSON can hold; of a mistake, the type of its error counts.
"""

import types

import tensorflow as tf

from tests.golden.folders import ask_in_folder, by_id
from tests.golden.recording import BY_KIND
from tests.golden.subject import Subject

from . import (
    early_stopping,
    exporters,
    global_steps,
    hooks,
    input_mistakes,
    inputs,
    loops,
    parsing,
    receivers,
    warm_start,
)

KINDS = {
    module.__name__.rpartition(".")[2]: (module.CASES, module.MISTAKES)
    for module in (
        early_stopping,
        exporters,
        global_steps,
        hooks,
        loops,
        parsing,
        receivers,
        warm_start,
    )
}
KINDS["inputs"] = (inputs.CASES, input_mistakes.MISTAKES)


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


CASES = {"tensorflow": lambda api, folder: tf.__version__}
for kind, (cases, mistakes) in KINDS.items():
    CASES.update(by_id(kind, cases, mistakes))

SUBJECT = Subject(
    name="runtime",
    cases=CASES,
    ask=ask_in_folder,
    original=original_api,
    releases=("2.15", "1.15"),
    form=BY_KIND,
)
