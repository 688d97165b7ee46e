"""Random operations go on from step to step, whatever hooks fetch beside a step.

Where functions are not inlined, as in a session that does not optimize its graphs, random
operations in them start anew for each set of fetches.
"""

import pytest
import tensorflow as tf

import estimator_heads as eh

v1 = tf.compat.v1


def noise():
    return tf.random.uniform([], seed=5)


@pytest.mark.parametrize("draw", [noise, tf.function(noise)], ids=["operation", "function"])
def test_seeded_numbers_do_not_depend_on_how_often_summaries_are_saved(draw, tmp_path):
    def model_fn(features, labels, mode):
        step = v1.train.get_global_step()
        drawn = v1.get_variable("drawn", [8], initializer=v1.zeros_initializer())
        number = draw()
        v1.summary.scalar("number", number)
        train_op = tf.group(drawn.scatter_nd_update([[step]], [number]))
        with tf.control_dependencies([train_op]):
            return eh.EstimatorSpec(mode, loss=number, train_op=step.assign_add(1))

    def drawn_numbers(every):
        config = eh.RunConfig(
            tf_random_seed=7, save_summary_steps=every, log_step_count_steps=every
        )
        estimator = eh.Estimator(model_fn, str(tmp_path / f"every_{every}"), config)
        estimator.train(lambda: tf.data.Dataset.from_tensors(1.0).repeat(), steps=8)
        return estimator.get_variable_value("drawn").tolist()

    often, once = drawn_numbers(every=3), drawn_numbers(every=1000)
    assert often == once
    assert len(set(once)) == 8
