"""The feature columns of `tf.contrib.layers`, and the functions over them."""

import functools
import tempfile
import types

from tests.golden.recording import BY_FIELD
from tests.golden.subject import Subject

from . import data
from .columns import COLUMNS
from .functions import FUNCTIONS
from .runner import run_column, run_function, signatures


def legacy_api():
    """The columns of TF 1.15 and the functions over them, in one namespace."""
    from tensorflow.contrib import learn
    from tensorflow.contrib.feature_column.python.feature_column import sequence_feature_column
    from tensorflow.contrib.layers.python.layers import feature_column, feature_column_ops

    names = {
        "_create_sequence_feature_spec_for_parsing": feature_column,
        "_real_valued_var_len_column": feature_column,
        "infer_real_valued_columns_from_input": learn,
        "infer_real_valued_columns_from_input_fn": learn,
        "sequence_input_layer": sequence_feature_column,
        "sequence_categorical_column_with_identity": sequence_feature_column,
        "sequence_numeric_column": sequence_feature_column,
    }
    for module in (feature_column, feature_column_ops):
        for name, value in vars(module).items():
            if isinstance(value, types.FunctionType) and name[0] != "_" and name != "experimental":
                names[name] = module
    return types.SimpleNamespace(**{name: getattr(m, name) for name, m in names.items()})


@functools.lru_cache(maxsize=None)
def _folder():
    """A folder with the vocabularies and the checkpoint that cases read."""
    folder = tempfile.TemporaryDirectory()
    data.write_vocabularies(folder.name)
    data.write_checkpoint(folder.name)
    return folder


def function_answer(case_id, api):
    """The answer to one of the cases of functions.py."""
    return run_function(case_id, api, _folder().name)


def ask(case, api):
    if case == "signatures":
        return {"graph": signatures(api)}
    if case == "functions":
        return {"graph": {case_id: function_answer(case_id, api) for case_id in FUNCTIONS}}
    return {"graph": run_column(case, api, _folder().name)}


SUBJECT = Subject(
    name="columns",
    cases={case_id: case_id for case_id in [*COLUMNS, "functions", "signatures"]},
    ask=ask,
    original=legacy_api,
    releases=("1.15",),
    form=BY_FIELD,
)
