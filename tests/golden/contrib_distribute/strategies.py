"""The strategies of `tf.contrib.distribute`, on the CPU."""

import tensorflow as tf

from tests.golden.estimator.results import plain
from tests.golden.learn_estimator.models import cases_of

v1 = tf.compat.v1


def _devices(strategy):
    return [strategy.num_replicas_in_sync] + [
        device.split("/")[-1].lower() for device in strategy.extended.worker_devices
    ]


def _run(strategy):
    """Its method that runs a function in each replica; newer releases call it `run`."""
    return getattr(strategy, "run", None) or strategy.experimental_run_v2


def mirrored(api, folder):
    return [
        _devices(api.MirroredStrategy()),
        _devices(api.MirroredStrategy(num_gpus=0)),
        _devices(api.MirroredStrategy(num_gpus_per_worker=0, auto_shard_dataset=True)),
        _devices(api.MirroredStrategy(devices=["/cpu:0"], cross_tower_ops=None)),
        _devices(
            api.MirroredStrategy(
                ["/cpu:0"], cross_device_ops=api.AllReduceCrossDeviceOps("hierarchical_copy", 1)
            )
        ),
        isinstance(api.MirroredStrategy(), api.DistributionStrategy),
    ]


def one_device(api, folder):
    return _devices(api.OneDeviceStrategy("/cpu:0"))


def several_processes(api, folder):
    return [
        _devices(api.CollectiveAllReduceStrategy(num_gpus_per_worker=0)),
        _devices(api.ParameterServerStrategy(num_gpus_per_worker=0)),
    ]


def where_a_program_is(api, folder):
    strategy = api.MirroredStrategy(["/cpu:0"])

    def place():
        return [
            api.has_strategy(),
            api.has_distribution_strategy(),
            api.in_cross_replica_context(),
            api.get_replica_context() is not None,
            api.get_strategy() is strategy,
            api.get_distribution_strategy() is strategy,
        ]

    found = [place()]
    with tf.Graph().as_default(), strategy.scope():
        found.append([api.has_strategy(), api.in_cross_replica_context()])
        _run(strategy)(
            lambda: found.append(
                [place(), isinstance(api.get_replica_context(), api.ReplicaContext)]
            )
        )
        found.append(str(api.get_loss_reduction()).split(".")[-1])
    return found


def trained_weights(api, folder):
    strategy = api.MirroredStrategy(devices=["/cpu:0"])
    with tf.Graph().as_default(), strategy.scope():
        weight = v1.get_variable("weight", initializer=2.0)

        def step():
            return v1.train.GradientDescentOptimizer(0.25).minimize(weight * weight)

        train = _run(strategy)(step)
        with v1.Session() as session:
            session.run(v1.global_variables_initializer())
            session.run([train, train])
            session.run(train)
            return plain(session.run(weight))


def configs(api, folder):
    strategy = api.OneDeviceStrategy("/cpu:0")
    given = api.DistributeConfig(
        train_distribute=strategy, eval_distribute=None, remote_cluster={"worker": ["a:1"]}
    )
    return [
        list(given._fields),
        given.train_distribute is strategy,
        given.remote_cluster,
        list(api.DistributeConfig()),
    ]


def cross_device_ops(api, folder):
    return [
        isinstance(api.AllReduceCrossDeviceOps(), api.CrossDeviceOps),
        isinstance(
            api.AllReduceCrossDeviceOps(all_reduce_alg="hierarchical_copy", num_packs=2),
            api.CrossDeviceOps,
        ),
    ]


CASES = cases_of(globals())
