"""Exports: `export_savedmodel`."""

import os

import tensorflow as tf

from tests.golden.estimator.exports import FEATURE_SPEC, saved_model_proto
from tests.golden.estimator.exports import _graph as described_graph
from tests.golden.estimator.results import files, plain

from .models import X, cases_of, config, estimator, fitted, input_fn, linear, minimize, squared, v1


def _model_fn(api, alternatives=None, vocabulary=None):
    """Predictions, and output alternatives made of them."""

    def model_fn(features, labels, mode):
        values = linear(features)
        if vocabulary:
            v1.add_to_collection(
                v1.GraphKeys.ASSET_FILEPATHS, tf.constant(vocabulary, name="vocabulary")
            )
        loss = train_op = None
        if mode != api.learn.ModeKeys.INFER:
            loss = squared(labels, values)
            train_op = minimize(loss)
        return api.learn.ModelFnOps(
            mode,
            predictions={"value": values},
            loss=loss,
            train_op=train_op,
            output_alternatives=alternatives(values) if alternatives else None,
        )

    return model_fn


def _parsing(api, **kwargs):
    return api.learn.build_parsing_serving_input_fn(FEATURE_SPEC, **kwargs)


def _raw(api):
    def serving_input_fn():
        x = v1.placeholder(tf.float32, [None, 2], name="raw_x")
        return api.learn.InputFnOps({"x": x}, None, {"x": x})

    return serving_input_fn


def _exported(api, model, serving_input_fn, **kwargs):
    base = os.path.join(model.model_dir, "export")
    export_dir = model.export_savedmodel(
        export_dir_base=base, serving_input_fn=serving_input_fn, **kwargs
    )
    return _described(export_dir, base)


def _described(export_dir, base):
    is_bytes = isinstance(export_dir, bytes)
    export_dir = export_dir.decode()
    (timestamp,) = os.listdir(base)
    assert timestamp.isdigit() and os.path.join(base, timestamp) == export_dir
    proto = saved_model_proto(export_dir)
    reader = tf.train.load_checkpoint(os.path.join(export_dir, "variables", "variables"))
    return {
        "bytes": is_bytes,
        "files": files(export_dir),
        "graphs": [
            dict(
                described_graph(meta_graph),
                feature_keys=_feature_keys(meta_graph),
            )
            for meta_graph in proto.meta_graphs
        ],
        "variables": {
            name: plain(reader.get_tensor(name)) for name in reader.get_variable_to_shape_map()
        },
    }


def _feature_keys(meta_graph):
    keys = meta_graph.collection_def["input_feature_keys"].bytes_list.value
    return sorted(key.decode() for key in keys)


def _alternatives(api):
    problem = api.learn.ProblemType

    def make(values):
        two = tf.stack([values, 1 - values], 1)
        text = tf.fill(tf.shape(two), "name")
        return {
            "regression": (problem.LINEAR_REGRESSION, {"scores": values}),
            "regression_of_two": (problem.LINEAR_REGRESSION, {"a": values, "b": values}),
            "classes": (problem.CLASSIFICATION, {"classes": text, "scores": two}),
            "probabilities": (problem.CLASSIFICATION, {"classes": text, "probabilities": two}),
            "ids": (problem.LOGISTIC_REGRESSION, {"classes": two, "scores": two}),
            "only_text": (problem.CLASSIFICATION, {"any": text}),
            "only_scores": (problem.CLASSIFICATION, {"any": two}),
            "nothing_known": (problem.CLASSIFICATION, {"any": two, "other": two}),
            "unspecified": (problem.UNSPECIFIED, {"classes": text, "scores": two}),
        }

    return make


def parsing_input(api, folder):
    return _exported(api, fitted(api, folder, _model_fn(api)), _parsing(api))


def parsing_input_of_a_batch_size(api, folder):
    return _exported(api, fitted(api, folder, _model_fn(api)), _parsing(api, default_batch_size=3))


def raw_input(api, folder):
    return _exported(api, fitted(api, folder, _model_fn(api)), _raw(api))


def single_tensor(api, folder):
    def model_fn(features, labels, mode):
        values = linear(features)
        loss = train_op = None
        if mode != api.learn.ModeKeys.INFER:
            loss = squared(labels, values)
            train_op = minimize(loss)
        return api.learn.ModelFnOps(mode, predictions=values, loss=loss, train_op=train_op)

    return _exported(api, fitted(api, folder, model_fn), _parsing(api))


def every_alternative(api, folder):
    model = fitted(api, folder, _model_fn(api, _alternatives(api)))
    return _exported(api, model, _parsing(api), default_output_alternative_key="probabilities")


def every_alternative_of_raw_predictions(api, folder):
    """Features that are fed leave predictions, where outputs are neither."""

    def make(values):
        problem = api.learn.ProblemType
        return {
            "a": (problem.UNSPECIFIED, {"value": values}),
            None: (problem.LINEAR_REGRESSION, {"a": values, "b": values}),
        }

    model = fitted(api, folder, _model_fn(api, make))
    return _exported(api, model, _raw(api), default_output_alternative_key="a")


def one_alternative(api, folder):
    """It is the default."""

    def make(values):
        return {None: (api.learn.ProblemType.LINEAR_REGRESSION, {"scores": values})}

    return _exported(api, fitted(api, folder, _model_fn(api, make)), _parsing(api))


def as_text_with_assets(api, folder):
    os.makedirs(folder, exist_ok=True)
    vocabulary = os.path.join(folder, "vocabulary.txt")
    with open(vocabulary, "w") as file:
        file.write("a\nb\n")
    model = fitted(api, os.path.join(folder, "model"), _model_fn(api, vocabulary=vocabulary))
    extra = {"deep/readme.txt": vocabulary, "vocabulary.txt": vocabulary}
    return _exported(api, model, _parsing(api), as_text=True, assets_extra=extra)


def older_checkpoint(api, folder):
    model = fitted(api, folder, _model_fn(api), steps=1)
    older = v1.train.latest_checkpoint(folder)
    model.fit(input_fn=input_fn, steps=1)
    return _exported(api, model, _parsing(api), checkpoint_path=older)["variables"]


def stripped(api, folder):
    model = fitted(api, folder, _model_fn(api))
    return _exported(api, model, _parsing(api), strip_default_attrs=True)["graphs"]


def other_tags(api, folder):
    """The first version of the graph has tags of its own."""
    model = fitted(api, folder, _model_fn(api))
    specs = (api.GraphRewriteSpec(("a", "b"), ()),)
    return _exported(api, model, _parsing(api), graph_rewrite_specs=specs)["graphs"]


def several_versions(api, folder):
    """Without transformations, and without what is not needed."""
    model = fitted(api, folder, _model_fn(api))
    specs = (
        api.GraphRewriteSpec(("serve",), ()),
        api.GraphRewriteSpec(("same",), ()),
        api.GraphRewriteSpec(("small",), ("strip_unused_nodes",)),
    )
    described = _exported(api, model, _parsing(api), graph_rewrite_specs=specs)
    return described["graphs"]


def table_and_features(api, folder):
    """A table is initialized when the model is loaded."""

    def model_fn(features, labels, mode):
        values = linear(features)
        initializer = tf.lookup.KeyValueTensorInitializer(["a", "b"], [1.0, 2.0])
        table = tf.lookup.StaticHashTable(initializer, -1.0)
        values += table.lookup(tf.fill(tf.shape(values), "b"))
        loss = train_op = None
        if mode != api.learn.ModeKeys.INFER:
            loss = squared(labels, values)
            train_op = minimize(loss)
        return api.learn.ModelFnOps(
            mode, predictions={"value": values}, loss=loss, train_op=train_op
        )

    model = fitted(api, folder, model_fn)
    base = os.path.join(folder, "export")
    export_dir = model.export_savedmodel(base, _raw(api)).decode()
    with tf.Graph().as_default(), v1.Session() as session:
        meta_graph = v1.saved_model.load(session, ["serve"], export_dir)
        signature = meta_graph.signature_def["serving_default"]
        served = session.run(signature.outputs["value"].name, {signature.inputs["x"].name: X[:2]})
    return [plain(served), plain(list(model.predict(input_fn=lambda: {"x": X[:2]})))]


def scaffold_saver(api, folder):
    """Values come through the saver of the model's Scaffold."""

    def model_fn(features, labels, mode):
        ops = _model_fn(api)(features, labels, mode)
        if mode != api.learn.ModeKeys.INFER:
            return ops
        renamed = {
            "linear/weights": v1.global_variables()[1],
            # The bias gets the value of the weights' slot of the same shape.
            "linear/bias": v1.global_variables()[2],
            "global_step": v1.train.get_global_step(),
        }
        return ops._replace(scaffold=v1.train.Scaffold(saver=v1.train.Saver(renamed)))

    return _exported(api, fitted(api, folder, model_fn), _parsing(api))["variables"]


def of_another_estimator(api, folder):
    """An Estimator that was not trained exports what is in its folder."""
    fitted(api, folder, _model_fn(api))
    model = estimator(api, folder, _model_fn(api), config=config(api, model_dir=folder))
    return _exported(api, model, _parsing(api))["variables"]


CASES = cases_of(globals())
