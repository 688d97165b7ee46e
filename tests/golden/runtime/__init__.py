"""Cases of what surrounds an Estimator, and what the originals did in them.

`CASES` has, for each kind, the cases and the mistakes: functions of an `api` (the names of
`tf.estimator`) and an empty folder. A case returns what JSON can hold; of a mistake, the type of
its error counts. They run on TensorFlow 1.15 (Python 3.7), 2.15 and later.
"""

from tests.golden.runtime import (
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

CASES = {
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
CASES["inputs"] = (inputs.CASES, input_mistakes.MISTAKES)
