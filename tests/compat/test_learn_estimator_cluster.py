"""tf.contrib.learn.Estimator on a cluster, whose servers are all in this process."""

import json

import numpy as np
import pytest
import tensorflow as tf

from estimator_heads.compat.contrib.learn.estimators.estimator import Estimator
from estimator_heads.compat.contrib.learn.estimators.run_config import RunConfig
from tests.estimator.test_cluster import free_addresses

v1 = tf.compat.v1


def input_fn():
    return {"x": tf.constant([1.0, 2.0])}, tf.constant([3.0, 6.0])


@pytest.mark.parametrize(
    "chief, environment",
    [("worker", "local"), ("master", "cloud")],
)
def test_the_chief_trains_with_variables_on_parameter_servers(
    chief, environment, monkeypatch, tmp_path
):
    roles = ["ps", "worker"] if chief == "worker" else ["ps", "worker", "master"]
    hosts = {
        role: [address] for role, address in zip(roles, free_addresses(len(roles)), strict=True)
    }
    servers = [tf.distribute.Server(hosts, role, 0) for role in roles]
    task = {"type": chief, "index": 0}
    tf_config = {"cluster": hosts, "task": task, "environment": environment}
    monkeypatch.setenv("TF_CONFIG", json.dumps(tf_config))
    config = RunConfig(model_dir=str(tmp_path), save_summary_steps=1, tf_random_seed=1)
    assert (config.is_chief, config.master) == (True, f"grpc://{hosts[chief][0]}")
    places = []

    def model_fn(features, labels, mode):
        weight = v1.get_variable("weight", initializer=0.0)
        predictions = weight * features["x"]
        loss = tf.reduce_mean(tf.square(predictions - labels))
        v1.summary.scalar("error", loss)
        places.append((mode, weight.device, loss.device))
        optimizer = v1.train.GradientDescentOptimizer(0.1)
        return predictions, loss, optimizer.minimize(loss, v1.train.get_global_step())

    estimator = Estimator(model_fn, config=config)
    estimator.fit(input_fn=input_fn, steps=20)
    assert places == [("train", "/job:ps/task:0", f"/job:{chief}/task:0")]
    np.testing.assert_allclose(estimator.get_variable_value("weight"), 3.0, rtol=1e-3)
    (events,) = tmp_path.glob("events.out.tfevents.*")
    tags = {
        value.tag
        for event in v1.train.summary_iterator(str(events))
        for value in event.summary.value
    }
    assert "error" in tags

    results = estimator.evaluate(input_fn=input_fn, steps=1)
    assert results["loss"] < 1e-3 and results["global_step"] == 20
    np.testing.assert_allclose(list(estimator.predict(input_fn=input_fn)), [3.0, 6.0], rtol=1e-2)
    assert len(servers) == len(roles)
