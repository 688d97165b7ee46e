"""One process of a cluster whose parameter server is lost and started anew.

Arguments: the folder of the model. The chief says "started STEP" with the global step of each
session that it gets, "lose the server" when a checkpoint of step 20 is there, and "ended STEP".
"""

import sys

import tensorflow as tf

import estimator_heads as eh

v1 = tf.compat.v1
SAVED, MAX_STEPS = 20, 50


class TellsOfSessions(v1.train.SessionRunHook):
    """Waits, some steps after a checkpoint, until the server is gone."""

    def begin(self):
        self._sessions = 0
        self._global_step = v1.train.get_global_step()

    def after_create_session(self, session, coord):
        self._sessions += 1
        print("started", session.run(self._global_step), flush=True)

    def after_run(self, run_context, run_values):
        if self._sessions == 1 and run_context.session.run(self._global_step) == SAVED + 5:
            print("lose the server", flush=True)
            sys.stdin.readline()  # The server is gone when the line is there.


def model_fn(features, labels, mode):
    weight = v1.get_variable("weight", initializer=0.0)
    loss = tf.reduce_mean(tf.square(weight * features - labels))
    optimizer = v1.train.GradientDescentOptimizer(0.05)
    return eh.EstimatorSpec(
        mode, loss=loss, train_op=optimizer.minimize(loss, v1.train.get_global_step())
    )


def input_fn():
    return tf.data.Dataset.from_tensors(([1.0, 2.0], [3.0, 6.0])).repeat()


def main(model_dir):
    config = eh.RunConfig(model_dir, save_checkpoints_steps=SAVED)
    estimator = eh.Estimator(model_fn, config=config)
    spec = eh.TrainSpec(input_fn, MAX_STEPS, hooks=[TellsOfSessions()])
    eh.train_and_evaluate(estimator, spec, eh.EvalSpec(input_fn, steps=1))
    print("ended", estimator.get_variable_value("global_step"), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
