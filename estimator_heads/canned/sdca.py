"""LinearSDCA: trains linear models by stochastic dual coordinate ascent."""

import tensorflow as tf

from estimator_heads._tensorflow import feature_columns as private_columns
from estimator_heads.canned.sdca_features import SparseFeatureColumn
from estimator_heads.canned.sdca_model import SDCAModel
from estimator_heads.heads.tasks.weights import example_weights
from estimator_heads.keys import ModeKeys


class LinearSDCA:
    """The `optimizer` of a linear estimator that trains it by stochastic dual coordinate ascent.

    It is for binary classes and for regression to one number, with `sparse_combiner="sum"`. It has
    no learning rate. Reproduces `tf.estimator.experimental.LinearSDCA` of TF 2.15.

    Args:
        example_id_column: Name of the feature that tells examples apart, strings of shape
            [batch_size]. Training needs it.
        num_loss_partitions: How many workers train at once. The training converges if this is no
            less than it is; more is slower.
        num_table_shards: How many parts the table of examples has; as many as parameter servers,
            for much data. None is 1.
        symmetric_l1_regularization: Number >= 0.
        symmetric_l2_regularization: Number > 0, better > 1.
        adaptive: Whether to train more often on the examples that matter more.

    >>> import tensorflow as tf
    >>> import estimator_heads
    >>> from estimator_heads.canned.linear import LinearRegressor
    >>> regressor = LinearRegressor(
    ...     [tf.feature_column.numeric_column("size")],
    ...     optimizer=LinearSDCA("name", symmetric_l2_regularization=0.01),
    ... )
    >>> def input_fn():
    ...     features = {"size": [[1.0], [2.0]], "name": ["small", "large"]}
    ...     return tf.data.Dataset.from_tensors((features, [[3.0], [5.0]])).repeat()
    >>> regressor = regressor.train(input_fn, steps=50)
    >>> [round(float(prediction["predictions"][0])) for prediction, _ in zip(regressor.predict(input_fn), "12")]
    [3, 5]
    """

    def __init__(
        self,
        example_id_column,
        num_loss_partitions=1,
        num_table_shards=None,
        symmetric_l1_regularization=0.0,
        symmetric_l2_regularization=1.0,
        adaptive=False,
    ):
        self._example_id_column = example_id_column
        self._num_loss_partitions = num_loss_partitions
        self._num_table_shards = num_table_shards
        self._symmetric_l1_regularization = symmetric_l1_regularization
        self._symmetric_l2_regularization = symmetric_l2_regularization
        self._adaptive = adaptive

    def get_train_step(
        self,
        state_manager,
        weight_column_name,
        loss_type,
        feature_columns,
        features,
        targets,
        bias_var,
        global_step,
    ):
        """The solver for a linear model, and its train op.

        Args:
            state_manager: Has the variable "weights" of each column, as `get_variable(column,
                "weights")`.
            weight_column_name: Name of the feature with the weights of examples, a numeric column,
                or None.
            loss_type: As for `SDCAModel`.
            feature_columns: Columns of `tf.feature_column`.
            features: Dict from feature names to Tensors or SparseTensors.
            targets: Tensor of labels, of shape [batch_size] or [batch_size, 1].
            bias_var: Variable of shape [1].
            global_step: Variable that the train op counts up.

        Returns:
            Pair of an `SDCAModel` and an op.

        Raises:
            KeyError: The feature with the ids is missing.
            ValueError: A column is of a kind that SDCA does not take.
        """
        batch_size = tf.shape(targets)[0]
        ones = tf.ones([batch_size, 1])
        examples = {
            "sparse_features": [],
            "dense_features": [],
            "example_labels": tf.cast(tf.reshape(targets, [-1]), tf.float32),
            "example_weights": tf.reshape(
                ones * example_weights(features, weight_column_name, ones), [-1]
            ),
            "example_ids": self._example_ids(features),
        }
        variables = {"sparse_features_weights": [], "dense_features_weights": []}
        transformed = private_columns.transformed_features(features)
        for column in sorted(feature_columns, key=lambda column: column.name):
            if private_columns.is_categorical(column):
                kind = "sparse_features"
                values = self._prune_and_unique_sparse_ids(
                    column.get_sparse_tensors(transformed, state_manager)
                )
            else:
                _check_is_dense_vector(column)
                kind = "dense_features"
                values = column.get_dense_tensor(transformed, state_manager)
            examples[kind].append(values)
            variables[f"{kind}_weights"].append(state_manager.get_variable(column, "weights"))
        examples["dense_features"].append(ones)
        variables["dense_features_weights"].append(bias_var)
        options = {
            "symmetric_l1_regularization": self._symmetric_l1_regularization,
            "symmetric_l2_regularization": self._symmetric_l2_regularization,
            "adaptive": self._adaptive,
            "num_loss_partitions": self._num_loss_partitions,
            "num_table_shards": self._num_table_shards,
            "loss_type": loss_type,
        }
        model = SDCAModel(examples, variables, options)
        return model, model.minimize(global_step)

    def _example_ids(self, features):
        name = self._example_id_column
        if name not in features:
            raise KeyError(
                f"The feature {name!r} that LinearSDCA takes as `example_id_column` is missing. "
                f"Expected a Tensor of strings. Received the features: {sorted(features)}."
            )
        ids = tf.convert_to_tensor(features[name])
        if ids.dtype != tf.string:
            raise TypeError(
                f"Invalid dtype of the feature {name!r}, the `example_id_column` of LinearSDCA. "
                f"Expected strings; use tf.strings.as_string. Received: {ids.dtype.name}."
            )
        return tf.reshape(ids, [-1])

    def _prune_and_unique_sparse_ids(self, id_weight_pair):
        """A categorical feature without ids < 0, and with each id at most once for an example.

        Args:
            id_weight_pair: What `get_sparse_tensors` of a column returned.

        Returns:
            A `SparseFeatureColumn`. Its values are the sums of the weights of an id.
        """
        ids, weights = id_weight_pair.id_tensor, id_weight_pair.weight_tensor
        values = tf.ones(tf.shape(ids.values)) if weights is None else weights.values
        # A word that is not in the vocabulary has the id -1.
        is_known = ids.values >= 0
        examples = tf.boolean_mask(ids.indices[:, 0], is_known)
        features = tf.boolean_mask(tf.cast(ids.values, tf.int64), is_known)
        values = tf.boolean_mask(values, is_known)
        width = tf.reduce_max(features) + 1
        cells, places = tf.unique(examples * width + features)
        sums = tf.math.unsorted_segment_sum(values, places, tf.size(cells))
        return SparseFeatureColumn(cells // width, cells % width, sums)


def _check_is_dense_vector(column):
    if not private_columns.is_dense(column):
        raise ValueError(
            "Invalid value for argument `feature_columns`. Expected dense or categorical columns, "
            f"which LinearSDCA takes. Received: {column!r} of type {type(column).__name__}."
        )
    if column.variable_shape.rank != 1:
        raise ValueError(
            "Invalid value for argument `feature_columns`. Expected dense columns of vectors, as "
            f"LinearSDCA takes them. Received: {column.name} of shape {column.variable_shape}."
        )


def check_head(head, loss_type):
    """Raises ValueError unless a head is one that `LinearSDCA` can train.

    Args:
        head: The head.
        loss_type: That of the head, or None if SDCA has none for it.
    """
    if loss_type is None or head.logits_dimension != 1:
        raise ValueError(
            "Invalid value for argument `head`. Expected a head for binary classes or for "
            "regression to one number, since the optimizer is a LinearSDCA; use 'Ftrl' for others. "
            f"Received: {head!r} with {head.logits_dimension} logits."
        )


def check_columns(feature_columns, sparse_combiner):
    """Raises ValueError unless `LinearSDCA` can train weights of these columns.

    Args:
        feature_columns: As for `LinearEstimator`.
        sparse_combiner: As for `LinearEstimator`.
    """
    if sparse_combiner != "sum":
        raise ValueError(
            "Invalid value for argument `sparse_combiner`. Expected 'sum', since the optimizer is "
            f"a LinearSDCA. Received: {sparse_combiner!r}."
        )
    if not private_columns.are_public_columns(feature_columns):
        raise ValueError(
            "Invalid value for argument `feature_columns`. Expected columns made by the functions "
            "of tf.feature_column, since the optimizer is a LinearSDCA. "
            f"Received: {list(feature_columns)!r}."
        )


def check_classifier(feature_columns, n_classes, optimizer, sparse_combiner):
    """Raises ValueError if the optimizer is a `LinearSDCA` that cannot train this classifier.

    Args:
        feature_columns: As for `LinearClassifier`.
        n_classes: As for `LinearClassifier`.
        optimizer: As for `LinearClassifier`.
        sparse_combiner: As for `LinearClassifier`.
    """
    if not isinstance(optimizer, LinearSDCA):
        return
    check_columns(feature_columns, sparse_combiner)
    if n_classes > 2:
        raise ValueError(
            "Invalid value for argument `n_classes`. Expected 2, since the optimizer is a "
            f"LinearSDCA; use 'Ftrl' for more classes. Received: {n_classes}."
        )


def check_regressor(feature_columns, label_dimension, optimizer, sparse_combiner):
    """Raises ValueError if the optimizer is a `LinearSDCA` that cannot train this regressor.

    Args:
        feature_columns: As for `LinearRegressor`.
        label_dimension: As for `LinearRegressor`.
        optimizer: As for `LinearRegressor`.
        sparse_combiner: As for `LinearRegressor`.
    """
    if not isinstance(optimizer, LinearSDCA):
        return
    check_columns(feature_columns, sparse_combiner)
    if label_dimension > 1:
        raise ValueError(
            "Invalid value for argument `label_dimension`. Expected 1, since the optimizer is a "
            f"LinearSDCA; use 'Ftrl' for more numbers. Received: {label_dimension}."
        )


def create_estimator_spec(
    model, logits, features, labels, mode, head, feature_columns, optimizer, loss_type
):
    """What the model_fn of a linear estimator returns if the optimizer is a `LinearSDCA`.

    Args:
        model: A `LinearModel` with one unit.
        logits: What it returned, of shape [batch_size, 1].
        features: Dict from feature names to Tensors or SparseTensors.
        labels: Tensor of shape [batch_size] or [batch_size, 1].
        mode: One of `ModeKeys`.
        head: A head for binary classes, or for regression to one number.
        feature_columns: The columns of the model.
        optimizer: The `LinearSDCA`.
        loss_type: That of the head, as for `SDCAModel`.

    Returns:
        An `EstimatorSpec`.
    """
    if mode != ModeKeys.TRAIN:
        return head.create_estimator_spec(
            features=features, mode=mode, labels=labels, logits=logits
        )
    sdca_model, train_op = optimizer.get_train_step(
        model.layer._state_manager,
        head._weight_column,
        loss_type,
        feature_columns,
        features,
        _targets(head, labels, logits),
        model.bias,
        tf.compat.v1.train.get_global_step(),
    )
    spec = head.create_estimator_spec(
        features=features,
        mode=mode,
        labels=labels,
        logits=logits,
        train_op_fn=lambda loss: train_op,
    )
    hook = SDCAUpdateWeightsHook(sdca_model, train_op)
    return spec._replace(training_chief_hooks=(*spec.training_chief_hooks, hook))


def _targets(head, labels, logits):
    labels = tf.convert_to_tensor(labels)
    # The head has the vocabulary.
    return head._task.processed_labels(labels, logits) if labels.dtype == tf.string else labels


class SDCAUpdateWeightsHook(tf.compat.v1.train.SessionRunHook):
    """Brings what was trained to the variables of the linear model, after each step.

    Args:
        sdca_model: The `SDCAModel`.
        train_op: What its `minimize` returned.
    """

    def __init__(self, sdca_model, train_op):
        self._sdca_model = sdca_model
        self._train_op = train_op
        self._update_op = None

    def begin(self):
        """Makes the op."""
        self._update_op = self._sdca_model.update_weights(self._train_op)

    def before_run(self, run_context):
        """Has the op run in this step."""
        return tf.compat.v1.train.SessionRunArgs(self._update_op)
