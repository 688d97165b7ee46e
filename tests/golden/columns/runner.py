"""Asks a case, with the columns of TF 1.15 or ours: see README.md one folder up."""

import inspect

import numpy as np
import tensorflow as tf

from tests.golden.errors import failure

from . import data
from .columns import COLUMNS
from .functions import FUNCTIONS

v1 = tf.compat.v1

# What a case of one column is asked: each is a function of api, columns and features.
QUESTIONS = {
    "transform": lambda api, columns, f: api.transform_features(f, columns),
    "input": lambda api, columns, f: api.input_from_feature_columns(f, columns),
    "sequence": lambda api, columns, f: api.sequence_input_from_feature_columns(f, columns),
    "weighted_sum": lambda api, columns, f: api.weighted_sum_from_feature_columns(f, columns, 2),
    "joint": lambda api, columns, f: api.joint_weighted_sum_from_feature_columns(f, columns, 2),
    "spec": lambda api, columns, f: api.create_feature_spec_for_parsing(columns),
    "parse": lambda api, columns, f: api.parse_feature_columns_from_examples(
        data.examples(), columns
    ),
}


def run_column(case_id, api, folder):
    """{question: answer} of the case of one column, or of a group that shares embeddings."""
    with tf.Graph().as_default():
        try:
            made = COLUMNS[case_id](api, folder)
            columns = list(made) if case_id.startswith("shared/") else [made]
        except Exception as error:
            return {"properties": failure(error)}
        features = data.tensors(_feature_names(columns))
        asked = {
            question: _Asked(lambda ask=ask: ask(api, columns, features))
            for question, ask in QUESTIONS.items()
        }
        keep_values = "checkpoint" in case_id or "initializer" in case_id
        answers = _evaluated(asked, keep_values, folder)
        answers["properties"] = _plain([_properties(column) for column in columns], folder)
        return answers


def _feature_names(columns):
    return {name for column in columns for name in getattr(column, "config", ("size", "word"))}


def run_function(case_id, api, folder):
    """The answer to the case of a function."""
    with tf.Graph().as_default():
        asked = _Asked(lambda: FUNCTIONS[case_id](api, folder, data.tensors()))
        return _evaluated({"it": asked}, False, folder)["it"]


def signatures(api):
    """{function: [[argument, default], ...]} of all functions of the namespace."""
    return {
        name: [
            [argument.name, str(argument.default).replace("<dtype: 'string'>", "tf.string")]
            for argument in inspect.signature(function).parameters.values()
        ]
        for name, function in sorted(vars(api).items())
        if inspect.isfunction(function)
    }


class _Asked:
    """What a question returned while the graph was built, and the variables that it made."""

    def __init__(self, ask):
        before = len(v1.global_variables())
        self.error = self.result = None
        try:
            self.result = ask()
        except Exception as error:
            self.error = failure(error)
        self.variables = v1.global_variables()[before:]
        self.tensors = _tensors_of(self.result)

    def answer(self, evaluated, folder):
        described = {
            "result": _described(self.result, list(evaluated)),
            "variables": [_describe_variable(variable) for variable in self.variables],
        }
        return _plain(described, folder)


def _properties(column):
    initializer = getattr(column, "initializer", None)
    return {
        "class": type(column).__name__,
        "name": column.name,
        "key": None if "normalizer=<" in str(column) else str(getattr(column, "key", None)),
        "length": getattr(column, "length", None),
        "fields": list(column._fields) if hasattr(column, "config") else None,
        "initializer": initializer.get_config().get("stddev") if initializer else None,
    }


def _evaluated(asked, keep_values, folder):
    """{question: answer}, with the tensors of all in one session if none fails."""
    answers = {name: one.error for name, one in asked.items() if one.error}
    asked = {name: one for name, one in asked.items() if not one.error}
    with v1.Session() as session:
        session.run([v1.global_variables_initializer(), v1.tables_initializer()])
        for variable in [] if keep_values else v1.global_variables():
            variable.load(_values(variable.shape.as_list()), session)
        try:
            evaluated = session.run({name: one.tensors for name, one in asked.items()})
        except tf.errors.OpError:
            evaluated = None
        for name, one in asked.items():
            try:
                values = evaluated[name] if evaluated else session.run(one.tensors)
                answers[name] = one.answer(values, folder)
            except tf.errors.OpError as error:
                answers[name] = failure(error)
    return answers


def _values(shape):
    """Different numbers between -1 and 1, the same in every run."""
    return np.sin(1 + 1.7 * np.arange(int(np.prod(shape)))).reshape(shape).astype(np.float32)


def _describe_variable(variable):
    collections = {
        "trainable": v1.GraphKeys.TRAINABLE_VARIABLES,
        "model": v1.GraphKeys.MODEL_VARIABLES,
        "mine": "mine",
    }
    return {
        "name": variable.op.name,
        "shape": variable.shape.as_list(),
        "collections": [
            word
            for word, key in collections.items()
            if any(other is variable for other in v1.get_collection(key))
        ],
    }


def _is_tensor(value):
    return isinstance(value, (tf.Tensor, tf.SparseTensor)) and not isinstance(value, tf.Variable)


def _items(value):
    """The parts of a structure, or None."""
    if isinstance(value, dict):
        return list(value.values())
    plain = type(value) in (list, tuple) or type(value).__name__ == "ListWrapper"
    return list(value) if plain else None


def _tensors_of(value):
    if _is_tensor(value):
        return [value]
    return [tensor for part in _items(value) or () for tensor in _tensors_of(part)]


def _described(value, evaluated):
    """The structure with what its tensors evaluated to."""
    if _is_tensor(value):
        return evaluated.pop(0)
    if isinstance(value, dict):
        return {_name(key): _described(part, evaluated) for key, part in value.items()}
    items = _items(value)
    if items is not None:
        return [_described(part, evaluated) for part in items]
    return value


def _name(key):
    return key if isinstance(key, str) else "column " + key.name


def _plain(value, folder):
    """The answer in the types of JSON."""
    if type(value).__name__ == "SparseTensorValue":
        return {
            "indices": _plain(value.indices, folder),
            "values": _plain(value.values, folder),
            "dense_shape": _plain(value.dense_shape, folder),
        }
    if isinstance(value, dict):
        return {key: _plain(part, folder) for key, part in value.items()}
    if isinstance(value, (np.ndarray, np.generic)):
        return {"dtype": value.dtype.name, "values": _plain(value.tolist(), folder)}
    if isinstance(value, tf.Variable):
        return value.op.name
    if type(value).__name__ == "PartitionedVariable":
        return value.name
    if type(value) in (list, tuple):
        return [_plain(part, folder) for part in value]
    if isinstance(value, bytes):
        return value.decode()
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return _text(value, folder)


def _text(value, folder):
    """What prints, without what differs from one TensorFlow to another."""
    text = str(value).replace(folder, "<folder>")
    for dtype in ("string", "float32", "float64", "int32", "int64"):
        text = text.replace(f"<dtype: '{dtype}'>", "tf." + dtype)
    return text
