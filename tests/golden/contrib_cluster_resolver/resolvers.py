"""The cluster resolvers that need no service."""

import json
import os

import tensorflow as tf

from tests.golden.learn_estimator.models import cases_of

_CLUSTER = {"worker": ["a:1", "b:2"], "ps": ["c:3"]}


def _told(resolver):
    return [
        resolver.cluster_spec().as_dict(),
        resolver.task_type,
        resolver.task_id,
        resolver.master(),
        resolver.master("worker", 1),
    ]


def simple(api, folder):
    cluster = tf.train.ClusterSpec(_CLUSTER)
    resolver = api.SimpleClusterResolver(
        cluster_spec=cluster, master="m:0", task_type="ps", task_id=0, rpc_layer="grpc"
    )
    return [
        _told(resolver),
        _told(api.SimpleClusterResolver(cluster)),
        isinstance(resolver, api.ClusterResolver),
    ]


def union(api, folder):
    one = api.SimpleClusterResolver(tf.train.ClusterSpec({"worker": ["a:1"]}))
    other = api.SimpleClusterResolver(tf.train.ClusterSpec({"worker": ["b:2"], "ps": ["c:3"]}))
    return api.UnionClusterResolver(one, other).cluster_spec().as_dict()


def of_the_environment(api, folder):
    os.environ["TF_CONFIG"] = json.dumps(
        {"cluster": _CLUSTER, "task": {"type": "worker", "index": 1}, "rpc_layer": "grpc"}
    )
    try:
        return _told(api.TFConfigClusterResolver())
    finally:
        del os.environ["TF_CONFIG"]


def classes(api, folder):
    return [
        issubclass(kind, api.ClusterResolver)
        for kind in (
            api.GCEClusterResolver,
            api.KubernetesClusterResolver,
            api.SlurmClusterResolver,
            api.TPUClusterResolver,
        )
    ]


CASES = cases_of(globals())
