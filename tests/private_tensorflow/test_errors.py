"""Where TensorFlow lacks a private name that must be there, an error says so, and what to do."""

import importlib
import os
import tempfile

import pytest
import tensorflow as tf

from estimator_heads import estimator, heads
from estimator_heads._tensorflow import (
    clustering,
    compilation,
    contrib,
    eval_steps,
    feature_columns,
    file_writers,
    global_steps,
    graph_transforms,
    graphs,
    keras_names,
    savers,
    strategies,
)
from tests.estimator.counting_model import model_fn, numbers
from tests.private_tensorflow.taking_away import take_away

v1 = tf.compat.v1
train = v1.train


CHECKPOINT = tf.train.Checkpoint()


def save_hook():
    return train.CheckpointSaverHook("/nowhere", save_steps=1)


def layer_name():
    """The name of the first layer, as a model_fn gets it."""
    import keras

    with keras_names.keras_names_from_the_start():
        return keras.layers.Dense(1).name


def train_with_a_strategy(folder):
    """Trains on one replica, by the same code as on several."""
    strategy = tf.distribute.MirroredStrategy(["/cpu:0"])
    config = estimator.RunConfig(train_distribute=strategy)
    estimator.Estimator(model_fn, str(folder), config, {}).train(numbers, steps=1)


class TwoReplicas(tf.distribute.OneDeviceStrategy):
    """Counts for two, of which one is there."""

    num_replicas_in_sync = 2


def loss_of_a_head():
    return heads.RegressionHead().loss(labels=[[1.0]], logits=tf.constant([[3.0]]), mode="eval")


COLUMN = tf.feature_column.numeric_column("size")
PYTHON = "tensorflow.python."
KERAS = "keras.src.backend.common.global_state"
OF_MODULES = [
    (PYTHON + "checkpoint.graph_view", lambda: savers.graph_saver(CHECKPOINT)),
    (
        PYTHON + "checkpoint.graph_view.ObjectGraphView",
        lambda: savers.graph_saver(CHECKPOINT),
    ),
    (PYTHON + "eager.context.eager_mode", graphs.eager_mode),
    (PYTHON + "ops.control_flow_util.GraphOrParentsInXlaContext", compilation.is_by_xla),
    (PYTHON + "feature_column.feature_column", feature_columns.v1_feature_columns),
    *(
        (PYTHON + "feature_column.feature_column_v2." + name, use)
        for name, use in {
            "is_feature_column_v2": lambda: feature_columns.are_public_columns([]),
            "CategoricalColumn": lambda: feature_columns.is_categorical(COLUMN),
            "DenseColumn": lambda: feature_columns.is_dense(COLUMN),
            "_normalize_feature_columns": lambda: feature_columns.sorted_columns([COLUMN]),
            "_sanitize_column_name_for_variable_scope": lambda: feature_columns.scope_name(COLUMN),
            "_StateManagerImpl": lambda: feature_columns.state_manager(None, True),
            "_create_weighted_sum": lambda: feature_columns.weighted_sum(
                COLUMN, None, None, "sum", None
            ),
            "_verify_static_batch_size_equality": lambda: feature_columns.check_batch_sizes([], []),
        }.items()
    ),
    *(
        (PYTHON + "feature_column.feature_column." + name, feature_columns.v1_feature_columns)
        for name in ("_CategoricalColumn", "_DenseColumn", "_LazyBuilder")
    ),
    (
        PYTHON + "feature_column.feature_column_v2.FeatureTransformationCache",
        lambda: feature_columns.transformed_features({}),
    ),
    (PYTHON + "framework.smart_cond", contrib.contrib_parts),
    (PYTHON + "framework.ops.strip_name_scope", contrib.contrib_parts),
    (PYTHON + "framework.tensor_spec.BoundedTensorSpec", contrib.contrib_parts),
    *(
        (PYTHON + "ops.clustering_ops" + name, lambda: clustering.clustering_graph(None, 2))
        for name in ("", ".KMeans")
    ),
    (PYTHON + "ops.confusion_matrix.remove_squeezable_dimensions", contrib.contrib_parts),
    (PYTHON + "ops.lookup_ops.TextFileIndex", contrib.contrib_parts),
    *(
        (
            PYTHON + "util._pywrap_transform_graph" + name,
            lambda: graph_transforms.transform_graph(v1.GraphDef(), [], [], []),
        )
        for name in ("", ".TransformGraphWithStringInputs")
    ),
    (PYTHON + "util.deprecation.deprecated_args", contrib.contrib_parts),
    (PYTHON + "util.nest.is_nested", contrib.contrib_parts),
    *(
        (PYTHON + "summary.writer." + name, lambda: file_writers.replace_file_writer(None))
        for name in ("writer", "writer.FileWriter", "writer_cache.FileWriter")
    ),
    (PYTHON + "training.evaluation._get_or_create_eval_step", eval_steps.eval_step),
    (
        PYTHON + "training.training_util.GLOBAL_STEP_READ_KEY",
        lambda: global_steps.read_on_replicas(None, None),
    ),
    *(
        (
            PYTHON + "distribute.distribute_coordinator" + name,
            lambda: strategies.run_distribute_coordinator(None, None, None),
        )
        for name in ("", ".CoordinatorMode", ".run_distribute_coordinator")
    ),
    *(
        (KERAS + name, layer_name)
        for name in ("", ".get_global_attribute", ".set_global_attribute")
    ),
]


def check_error(caught, name, library):
    message = str(caught.value)
    assert f"{library} does not have `{name}`" in message
    assert "or a newer estimator-heads." in message


@pytest.mark.parametrize(("name", "use"), OF_MODULES, ids=[name for name, _ in OF_MODULES])
def test_a_name_of_a_module_that_is_gone_is_an_error(name, use, monkeypatch):
    keras = importlib.import_module("keras")
    with tf.Graph().as_default(), monkeypatch.context() as patches:
        take_away(patches, name)
        with pytest.raises(RuntimeError) as caught:
            use()
    library = f"Keras {keras.__version__}" if "keras" in name else f"TensorFlow {tf.__version__}"
    check_error(caught, name, library)


OF_OBJECTS = [
    ("_listeners", save_hook, lambda hook: savers.add_saving_listeners(hook, [])),
    ("_listeners", save_hook, lambda hook: savers.put_saving_listeners_first(hook, [])),
    ("_checkpoint_dir", save_hook, savers.folder_and_saver),
    ("_saver", save_hook, savers.folder_and_saver),
    (
        "_save_relative_paths",
        lambda: train.Saver(defer_build=True),
        savers.save_relative_paths,
    ),
    (
        "_saved_model",
        lambda: v1.saved_model.Builder(os.path.join(tempfile.mkdtemp(), "new")),
        graph_transforms.meta_graphs,
    ),
    ("_user_init_fn", train.Scaffold, strategies.user_init_fn),
    (
        "_is_loss_scaled_by_optimizer",
        v1.get_default_graph,
        lambda graph: strategies.loss_reduction(),
    ),
]


@pytest.mark.parametrize(("name", "make", "use"), OF_OBJECTS)
def test_an_attribute_that_is_gone_is_an_error(name, make, use):
    with tf.Graph().as_default():
        value = make()
        delattr(value, name)
        with pytest.raises(RuntimeError) as caught:
            use(value)
    check_error(caught, f"{type(value).__name__}.{name}", f"TensorFlow {tf.__version__}")


def test_losses_do_not_go_unscaled_where_tensorflow_does_not_scale_them(tmp_path, monkeypatch):
    name = "_scale_loss_for_estimator_enabled"
    take_away(monkeypatch, f"tensorflow.python.distribute.distribute_lib.StrategyBase.{name}")
    with pytest.raises(RuntimeError) as caught:
        train_with_a_strategy(tmp_path)
    check_error(caught, f"MirroredStrategy.{name}", f"TensorFlow {tf.__version__}")


def test_replicas_do_not_train_where_a_head_cannot_tell_how_it_reduces_its_loss():
    with tf.Graph().as_default() as graph:
        del graph._last_loss_reduction
        with TwoReplicas("/cpu:0").scope(), pytest.raises(RuntimeError) as caught:
            loss_of_a_head()
    check_error(caught, "Graph._last_loss_reduction", f"TensorFlow {tf.__version__}")


def test_one_replica_needs_not_know_how_a_head_reduces_its_loss():
    with tf.Graph().as_default() as graph, v1.Session() as session:
        del graph._last_loss_reduction
        assert session.run(loss_of_a_head()) == 4.0


def test_parts_of_variables_are_not_taken_for_variables(monkeypatch):
    monkeypatch.delattr(tf.Variable, "_get_save_slice_info")
    with tf.Graph().as_default(), pytest.raises(RuntimeError) as caught:
        savers.checkpoint_name_and_shape(v1.get_variable("weight", [2]))
    check_error(caught, "Variable._get_save_slice_info", f"TensorFlow {tf.__version__}")


def test_a_checkpoint_that_shows_no_objects_is_an_error(monkeypatch):
    name = "frozen_saveable_objects"
    take_away(monkeypatch, f"tensorflow.python.checkpoint.graph_view.ObjectGraphView.{name}")
    with tf.Graph().as_default(), pytest.raises(RuntimeError) as caught:
        savers.graph_saver(CHECKPOINT)
    check_error(caught, f"ObjectGraphView.{name}", f"TensorFlow {tf.__version__}")


def test_an_evaluation_does_not_run_on_where_its_hook_does_not_take_the_count(monkeypatch):
    evaluation = importlib.import_module("tensorflow.python.training.evaluation")
    hook = evaluation._StopAfterNEvalsHook(3)
    monkeypatch.delattr(evaluation._StopAfterNEvalsHook, "_set_evals_completed_tensor")
    with pytest.raises(RuntimeError) as caught:
        eval_steps.set_evals_completed(hook, None)
    name = "_StopAfterNEvalsHook._set_evals_completed_tensor"
    check_error(caught, name, f"TensorFlow {tf.__version__}")


def test_other_hooks_need_not_take_the_count():
    eval_steps.set_evals_completed(train.SessionRunHook(), None)


def test_names_of_layers_do_not_change_where_keras_counts_them_elsewhere(monkeypatch):
    import keras

    state = importlib.import_module(KERAS)
    get = state.get_global_attribute

    def get_under_another_name(name, *arguments, **options):
        return get("other_uids" if options else name, *arguments, **options)

    assert layer_name() == layer_name() == "dense"
    monkeypatch.setattr(state, "get_global_attribute", get_under_another_name)
    with pytest.raises(RuntimeError) as caught:
        layer_name()
    name = KERAS + '.get_global_attribute("object_name_uids")'
    check_error(caught, name, f"Keras {keras.__version__}")
