"""`tensorflow_estimator.python.estimator.model_fn`: the checks of what an `EstimatorSpec` takes."""

import tensorflow as tf

from estimator_heads import metric_ops, model_fn
from estimator_heads.estimator.user_functions import MODEL_FN_ARGS

_VALID_MODEL_FN_ARGS = set(MODEL_FN_ARGS)

_validate_estimator_spec_train_op = model_fn._checked_train_op
_validate_estimator_spec_loss = model_fn._checked_loss
_validate_estimator_spec_predictions = model_fn._checked_predictions
_validate_estimator_spec_export_outputs = model_fn._checked_export_outputs
_validate_scaffold = model_fn._checked_scaffold
_validate_eval_metric_ops = metric_ops.as_value_and_update


def _validate_estimator_spec_hooks(hooks):
    return model_fn._checked_hooks("hooks", hooks)


def _check_is_tensor(x, tensor_name):
    model_fn._check_tensor(tensor_name, x)
    return x


def _check_is_tensor_or_operation(x, name):
    if not isinstance(x, tf.Operation):
        model_fn._check_tensor(name, x)


def _update_variable_collection(collection_name, vars_to_add):
    """Adds variables to a collection of the default graph, unless they are in it."""
    present = {id(variable) for variable in tf.compat.v1.get_collection(collection_name)}
    for variable in vars_to_add:
        if id(variable) not in present:
            tf.compat.v1.add_to_collection(collection_name, variable)
