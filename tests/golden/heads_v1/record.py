"""Records what the heads of TF 1.15 answer to every case: see README.md beside this file."""

import os
import sys
import types

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import tensorflow as tf  # noqa: E402

from tests.golden import recording  # noqa: E402
from tests.golden.heads_v1.cases import CASES  # noqa: E402
from tests.golden.heads_v1.runner import arguments_of, run_case  # noqa: E402

FACTORIES = sorted({case.factory for case in CASES})
HEAD_METHODS = ("create_loss", "create_estimator_spec", "_create_tpu_estimator_spec")
HELPERS = (
    "_all_class_ids",
    "_all_classes",
    "_append_update_ops",
    "_assert_range",
    "_call_loss_fn",
    "_check_dense_labels_match_logits_and_reshape",
    "_check_logits_final_dim",
    "_classification_output",
    "_create_eval_metrics_tuple",
    "_get_weights_and_check_match_logits",
    "_summary_key",
    "_validate_loss_fn_args",
    "_validate_n_classes",
)
EXTENDERS = ("add_metrics", "call_logit_fn", "clip_gradients_by_norm", "forward_features")


def main():
    tf.compat.v1.logging.set_verbosity("ERROR")
    api = legacy_api()
    output, answers = recording.ask(
        CASES, lambda case: {"graph": run_case(case, api)}, description=__doc__
    )
    answers["signatures"] = {"graph": signatures(api)}
    recording.write(output, answers)


def legacy_api():
    """The factories of TF 1.15, and what else is recorded, in one namespace."""
    from tensorflow_estimator.python.estimator.canned import head

    names = dict(vars(head))
    names.update((name, getattr(tf.contrib.estimator, name)) for name in dir(tf.contrib.estimator))
    return types.SimpleNamespace(**dict(names, ModeKeys=tf.estimator.ModeKeys))


def signatures(api):
    functions = {name: getattr(api, name) for name in FACTORIES + list(HELPERS + EXTENDERS)}
    functions.update(("_Head." + name, getattr(api._Head, name)) for name in HEAD_METHODS)
    functions["LossSpec"] = api.LossSpec
    return {name: arguments_of(function) for name, function in functions.items()}


if __name__ == "__main__":
    main()
