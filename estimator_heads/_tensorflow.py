"""The private parts of TensorFlow that have no public name, each with the reason it is needed.

Nothing else in the package reaches into `tensorflow.python`. `estimator/hook_schedule.py` reads
private attributes of TensorFlow's hooks, after a look whether they are there.
"""

import contextlib
import functools
import math
import sys
import types

import tensorflow as tf


def graph_saver(saver):
    """A v1 Saver for what a Scaffold has: a Saver, a `tf.train.Checkpoint` or None.

    Only Scaffold.finalize() turns a Checkpoint into a Saver, and it adds initializers to the graph
    that exports must not have.
    """
    if saver is None:
        return tf.compat.v1.train.Saver(sharded=True)
    if not isinstance(saver, tf.train.Checkpoint):
        return saver
    from tensorflow.python.checkpoint import graph_view

    objects = graph_view.ObjectGraphView(saver).frozen_saveable_objects()
    return tf.compat.v1.train.Saver(var_list=objects, sharded=True)


def add_saving_listeners(saver_hook, listeners):
    """Makes a CheckpointSaverHook call `listeners` too.

    Its constructor is the only public way, and hooks may be the user's.
    """
    for listener in listeners:
        if listener not in saver_hook._listeners:
            saver_hook._listeners.append(listener)


def put_saving_listeners_first(saver_hook, listeners):
    """Makes a CheckpointSaverHook call `listeners` before others, and no more those equal to them.

    See `add_saving_listeners`.
    """
    others = [listener for listener in saver_hook._listeners if listener not in listeners]
    saver_hook._listeners = [*listeners, *others]


def folder_and_saver(saver_hook):
    """The folder in which a CheckpointSaverHook saves, and the saver that it was given, if any.

    Publicly, nobody can ask for what its constructor was given.
    """
    return saver_hook._checkpoint_dir, saver_hook._saver


def save_relative_paths(saver):
    """Makes a Saver name checkpoints relative to their folder, in the file "checkpoint".

    Only its constructor does that publicly, and savers may be the user's.
    """
    saver._save_relative_paths = True


def checkpoint_name_and_shape(variable):
    """Name and shape under which a Saver stores a variable.

    A slice of a partitioned variable is stored as part of the whole.
    """
    get_part = getattr(variable, "_get_save_slice_info", None)
    part = get_part() if get_part else None
    if part is None:
        return variable.op.name, variable.shape
    return part.full_name, tf.TensorShape(part.full_shape)


@contextlib.contextmanager
def keras_names_from_the_start():
    """Inside, Keras 3 calls the first Dense layer `dense` again, whatever the process made before.

    Keras 3 counts names for the whole process, where TF's graphs (and tf_keras) count them for each
    graph; with names that differ from graph to graph, no checkpoint of an Estimator could be
    restored. Only `clear_session`, which drops everything else as well, does this publicly.
    """
    before = _keras_global_state()
    outside = before.get_global_attribute("object_name_uids") if before else None
    if before:
        before.set_global_attribute("object_name_uids", None)
    try:
        with _scopes_without_leading_underscore():
            yield
    finally:
        if after := _keras_global_state():
            after.set_global_attribute("object_name_uids", outside)


@contextlib.contextmanager
def _scopes_without_leading_underscore():
    """Inside, the default graph takes `_adam` for the name of a scope at its top: it is `adam`.

    Keras 3 names an optimizer after its class, and makes a scope of that name: those of a class
    `_Adam` cannot be made in a graph otherwise. Nothing public tells Keras what to call a scope.
    """
    graph = tf.compat.v1.get_default_graph()
    if not isinstance(graph.name_scope, types.MethodType):  # One model_fn calls another.
        yield
        return
    name_scope = graph.name_scope

    def tolerant_name_scope(name):
        is_refused = name and name.startswith("_") and not graph.get_name_scope()
        return name_scope(name.lstrip("_") if is_refused else name)

    graph.name_scope = tolerant_name_scope
    try:
        yield
    finally:
        del graph.name_scope


def _keras_global_state():
    """The module in which Keras 3 keeps its counts, if the process has imported Keras 3."""
    return sys.modules.get("keras.src.backend.common.global_state")


def v1_feature_columns():
    """The module of the classes that `tf.compat.v1.feature_column.input_layer` checks for.

    The columns of tf.contrib were subclasses of these, which have no public name.
    """
    from tensorflow.python.feature_column import feature_column

    return feature_column


def transformed_features(features):
    """A cache of what the columns of tf.feature_column make of `features`.

    `get_sequence_dense_tensor` of a column takes one, and nothing public makes one.
    """
    from tensorflow.python.feature_column import feature_column_v2

    return feature_column_v2.FeatureTransformationCache(features)


def session_hooks(monitored_session):
    """All hooks of a MonitoredSession, also those that TensorFlow added; None if they are unknown.

    Its `run()` is the only public way to call them, and takes most of the time of a short step.
    """
    return getattr(monitored_session, "_hooks", None)


def quiet_of_timer(timer, step):
    """For how many steps, from number `step` on, and until when a hook's timer is not due.

    A timer publicly tells only of one step at a time, at the time it is asked.

    Returns:
        A tuple of a number of steps, and of a time in seconds since the epoch.
    """
    from tensorflow.python.training import basic_session_run_hooks

    if type(timer) is getattr(basic_session_run_hooks, "NeverTriggerTimer", None):
        return math.inf, math.inf
    names = ("_last_triggered_step", "_last_triggered_time", "_every_steps", "_every_secs")
    if type(timer) is not tf.compat.v1.train.SecondOrStepTimer:
        return 0, 0.0
    last_step, last_time, steps, seconds = (getattr(timer, name, None) for name in names)
    if last_step is None or last_time is None or (steps is None) == (seconds is None):
        return 0, 0.0
    if steps is None:
        return math.inf, last_time + seconds
    return last_step + steps - step, math.inf


def session_callables(session, fetches, targets, inline_replacements):
    """Two functions that run `targets` and return the values of `fetches`, in two ways.

    `Session.make_callable` does the same, but names all fetches anew at each call, and builds the
    results in Python, which together takes as long as a small model. It still serves remote
    sessions, and fetches other than tensors.

    Args:
        session: A `tf.compat.v1.Session`.
        fetches: List of what to fetch.
        targets: List of operations.
        inline_replacements: Function of the names of the fetches and of the targets. It returns a
            dict from names of tensors to the names of those that take their places where operations
            run in the calling thread; None if they must not.

    Returns:
        Two functions without arguments, which return a list of values, one for each of `fetches`,
        and are compiled at their first call if they can be. The first one runs operations in the
        threads of the session. The second one runs them in the calling thread if they may, as
        `ConfigProto.inter_op_parallelism_threads=-1` does for a whole session; it is None where the
        session is remote, or configured as to threads or time.
    """
    compile_options = getattr(session, "_make_callable_from_options", None)
    names = [_name_of_fetched(fetch, session.graph) for fetch in fetches]
    if not compile_options or None in names or session.sess_str:
        run = with_explained_errors(session, session.make_callable([targets, list(fetches)]))
        return (lambda: run()[1]), None
    from tensorflow.core.protobuf import config_pb2

    unique_names = list(dict.fromkeys(names))
    positions = [unique_names.index(name) for name in names]

    def compile_step(thread_pool, replacements):
        options = config_pb2.CallableOptions(
            fetch=[replacements.get(name, name) for name in unique_names],
            target=[op.name for op in targets],
        )
        options.run_options.inter_op_thread_pool = thread_pool
        for name, replacement in replacements.items():
            options.tensor_connection.add(from_tensor=replacement, to_tensor=name)
        return with_explained_errors(session, compile_options(options))

    def compile_usual():
        return compile_step(0, {})

    def compile_inline():
        replacements = inline_replacements(unique_names, targets)
        return compile_usual() if replacements is None else compile_step(-1, replacements)

    def lazily(compile_way):
        compiled = functools.cache(compile_way)
        if len(unique_names) == len(names):
            return lambda: compiled()()
        return lambda: list(map(compiled()().__getitem__, positions))

    inline = None if _is_configured(session) else lazily(compile_inline)
    return lazily(compile_usual), inline


def _is_configured(session):
    config = getattr(session, "_config", None)
    return config is None or bool(
        config.inter_op_parallelism_threads
        or config.session_inter_op_thread_pool
        or config.operation_timeout_in_ms  # It would only be looked at after the step.
    )


def can_replace_inputs():
    """Whether operations can get other inputs; publicly, they keep those they were made with."""
    return hasattr(tf.Operation, "_update_input")


def replace_input(operation, index, tensor):
    """Gives an operation another input, if `can_replace_inputs()`."""
    operation._update_input(index, tensor)


def operation_types_in_functions(graph):
    """The types of the operations in the functions of a graph; None if they are unknown.

    Datasets and control flow have theirs in functions. The public way to see them is to serialize
    the whole graph, with all its constants.
    """
    functions = getattr(graph, "_functions", None)
    try:
        definitions = [function.cached_definition for function in functions.values()]
    except AttributeError:
        return None
    return {node.op for definition in definitions for node in definition.node_def}


def _name_of_fetched(fetch, graph):
    """Name of the tensor that is fetched for a tensor, a variable or a name; None if not one."""
    try:
        tensor = graph.as_graph_element(fetch, allow_operation=False)
    except (KeyError, TypeError, ValueError):
        return None
    return tensor.name if graph.is_fetchable(tensor) else None


def with_explained_errors(session, function):
    """The function, so that errors of operations tell where those were made, as Session.run's do.

    Only `Session.run` itself does that publicly.
    """
    call = getattr(session, "_do_call", None)
    return functools.partial(call, function) if call else function


def contrib_parts():
    """The modules from which tf.contrib re-exported what has no public name now."""
    from tensorflow.python.framework import ops, smart_cond, tensor_spec
    from tensorflow.python.ops import confusion_matrix, lookup_ops
    from tensorflow.python.util import deprecation, nest

    return types.SimpleNamespace(
        confusion_matrix=confusion_matrix,
        deprecation=deprecation,
        lookup_ops=lookup_ops,
        nest=nest,
        ops=ops,
        smart_cond=smart_cond,
        tensor_spec=tensor_spec,
    )


def run_distribute_coordinator(train, strategy, config):
    """Calls `train` with the strategy as it is for this process of a cluster.

    TensorFlow's own coordinator starts the server, and tells MonitoredTrainingSession what each
    process is to save; it has no public name.

    Args:
        train: Function of a `tf.distribute.Strategy`.
        strategy: The `tf.distribute.Strategy`.
        config: The `RunConfig`.

    Returns:
        What `train` returns. On a parameter server it does not return.
    """
    from tensorflow.python.distribute import distribute_coordinator

    return distribute_coordinator.run_distribute_coordinator(
        train,
        strategy,
        eval_fn=train,
        mode=distribute_coordinator.CoordinatorMode.INDEPENDENT_WORKER,
        cluster_spec=config.cluster_spec,
        task_type=config.task_type,
        task_id=config.task_id,
        session_config=config.session_config,
        rpc_layer=config.protocol or "grpc",
    )


def scaled_losses(strategy):
    """A context in which optimizers of TF1 divide losses by the number of replicas.

    TensorFlow made it for the Estimator, and it has no public name.
    """
    return getattr(strategy, "_scale_loss_for_estimator_enabled", contextlib.nullcontext)()


def loss_reduction():
    """How the replicas' losses make one: as the optimizer has scaled them, which the graph knows.

    No public name tells whether an optimizer has.
    """
    if getattr(tf.compat.v1.get_default_graph(), "_is_loss_scaled_by_optimizer", False):
        return tf.compat.v1.distribute.get_loss_reduction()
    return tf.distribute.ReduceOp.SUM


def read_global_step(strategy, global_step):
    """Makes the tensor by which hooks read the global step of a strategy.

    They would otherwise make one in a way that needs a plain variable; where they look for it has
    no public name.
    """
    from tensorflow.python.training import training_util

    read = strategy.extended.read_var(global_step)
    tf.compat.v1.add_to_collection(training_util.GLOBAL_STEP_READ_KEY, read)


def eval_step():
    """The variable that counts the batches of an evaluation; it is made at the first call.

    Models and hooks find it in the collection `GraphKeys.EVAL_STEP`; what makes it is private.
    """
    from tensorflow.python.training import evaluation

    return evaluation._get_or_create_eval_step()


def tell_evals_completed(hook, count):
    """Gives the tensor of the batches evaluated to a hook that goes by it.

    `tf.contrib.training.StopAfterNEvalsHook` expects it, under a name that is not public.
    """
    if hasattr(hook, "_set_evals_completed_tensor"):
        hook._set_evals_completed_tensor(count)


def user_init_fn(scaffold):
    """The init_fn that a Scaffold was given; its property is a function of the session alone."""
    return scaffold._user_init_fn


def note_loss_reduction(reduction):
    """Tells the graph whether a loss is a "sum" or a "mean", as the losses of TensorFlow do.

    Where a strategy replicates the model, optimizers of TF1 read it, under a name that is not
    public: only means are divided by the number of replicas.
    """
    if not tf.executing_eagerly():
        tf.compat.v1.get_default_graph()._last_loss_reduction = reduction
