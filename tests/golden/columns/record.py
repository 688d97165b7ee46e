"""Records what the columns of TF 1.15 answer to every case: see README.md beside this file."""

import argparse
import os
import sys
import tempfile
import types

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import tensorflow as tf  # noqa: E402

from tests.golden import recording  # noqa: E402
from tests.golden.columns import data  # noqa: E402
from tests.golden.columns.columns import COLUMNS  # noqa: E402
from tests.golden.columns.functions import FUNCTIONS  # noqa: E402
from tests.golden.columns.runner import run_column, run_function, signatures  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", required=True, help="the JSON file to write")
    arguments = parser.parse_args()
    tf.compat.v1.logging.set_verbosity("ERROR")
    api = legacy_api()
    folder = tempfile.mkdtemp()
    data.write_vocabularies(folder)
    data.write_checkpoint(folder)
    answers = {case_id: {"graph": run_column(case_id, api, folder)} for case_id in COLUMNS}
    functions = {case_id: run_function(case_id, api, folder) for case_id in FUNCTIONS}
    answers["functions"] = {"graph": functions}
    answers["signatures"] = {"graph": signatures(api)}
    recording.write(arguments.output, answers)


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


if __name__ == "__main__":
    main()
