"""The example of a cluster: on this machine, and as a Kubernetes manifest."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import tensorflow as tf
import yaml

import estimator_heads as eh
from tests.programs import CHECKOUT, environment

CLUSTER = CHECKOUT / "examples" / "cluster"


@pytest.fixture
def manifest():
    return yaml.safe_load((CLUSTER / "tfjob.yaml").read_text(encoding="utf-8"))


def strict(properties, required=()):
    """The schema of an object that has no other properties than these."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


STRING, INTEGER = {"type": "string"}, {"type": "integer", "minimum": 0}
POD_TEMPLATE = json.loads((Path(__file__).parent / "schemas" / "pod_template.json").read_text())
# The operator sets TF_CONFIG in the container of this name.
CONTAINERS = {"contains": {"properties": {"name": {"const": "tensorflow"}}, "required": ["name"]}}
REPLICA = strict(
    {
        "replicas": INTEGER,
        "restartPolicy": {"enum": ["Always", "OnFailure", "Never", "ExitCode"]},
        "template": {
            "allOf": [
                {"$ref": "#/$defs/io.k8s.api.core.v1.PodTemplateSpec"},
                {
                    "properties": {"spec": {"properties": {"containers": CONTAINERS}}},
                    "required": ["spec"],
                },
            ]
        },
    },
    ["template"],
)
RUN_POLICY = strict(
    {
        "activeDeadlineSeconds": INTEGER,
        "backoffLimit": INTEGER,
        "cleanPodPolicy": {"enum": ["All", "Running", "None"]},
        "managedBy": STRING,
        "schedulingPolicy": {"type": "object"},
        "suspend": {"type": "boolean"},
        "ttlSecondsAfterFinished": INTEGER,
    }
)
ROLES = ("Chief", "Evaluator", "Master", "PS", "Worker")
TF_JOB = strict(
    {
        "apiVersion": {"const": "kubeflow.org/v1"},
        "kind": {"const": "TFJob"},
        "metadata": {
            "allOf": [
                {"$ref": "#/$defs/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"},
                {"required": ["name"]},
            ]
        },
        "spec": strict(
            {
                "enableDynamicWorker": {"type": "boolean"},
                "runPolicy": RUN_POLICY,
                "successPolicy": {"enum": ["", "AllWorkers"]},
                "tfReplicaSpecs": strict(dict.fromkeys(ROLES, REPLICA)),
            },
            ["runPolicy", "tfReplicaSpecs"],
        ),
    },
    ["apiVersion", "kind", "metadata", "spec"],
) | {"$defs": POD_TEMPLATE["$defs"]}


def test_manifest_has_the_fields_of_a_tf_job(manifest):
    """Pods and metadata are checked by Kubernetes' own schema, and the rest by the one above.

    The operator's own schema is not on the package index. Fields, types and what is required are
    those of the models in kubeflow-training 1.9.4, the operator's client; it reads the manifest
    and writes the same. It drops unknown fields and takes any value of an enumeration, a replica
    without a template and any role: here they are refused, as the operator has no use for them.
    """
    jsonschema.Draft202012Validator.check_schema(TF_JOB)
    jsonschema.validate(manifest, TF_JOB, jsonschema.Draft202012Validator)


def update(*path, **fields):
    """A mistake: the fields of what is at the path."""

    def make(manifest):
        for key in path:
            manifest = manifest[key]
        manifest.update(fields)

    return make


WORKER = ("spec", "tfReplicaSpecs", "Worker")
POD = (*WORKER, "template", "spec")
CONTAINER = (*POD, "containers", 0)
MISTAKES = {
    "unknown role": update("spec", "tfReplicaSpecs", Boss={}),
    "unknown field of a replica": update(*WORKER, replica=1),
    "replicas in words": update(*WORKER, replicas="two"),
    "restart policy": update(*WORKER, restartPolicy="Sometimes"),
    "no pod": update(*WORKER, template={}),
    "clean pod policy": update("spec", "runPolicy", cleanPodPolicy="Some"),
    "unknown metadata": update("metadata", label="x"),
    "container of another name": update(*CONTAINER, name="main"),
    "unknown field of a container": update(*CONTAINER, volumeMount=[]),
    "command that is no list": update(*CONTAINER, command="python"),
    "claim without a name": update(*POD, "volumes", 0, persistentVolumeClaim={}),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_schema_notices_mistakes(manifest, mistake):
    mistake(manifest)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(manifest, TF_JOB, jsonschema.Draft202012Validator)


def test_pods_find_their_role(manifest, monkeypatch):
    """With the TF_CONFIG that the operator makes: addresses of services, evaluators left out."""
    job, replicas = manifest["metadata"]["name"], manifest["spec"]["tfReplicaSpecs"]
    numbers = {role.lower(): replica["replicas"] for role, replica in replicas.items()}
    cluster = {
        role: [f"{job}-{role}-{index}.default.svc:2222" for index in range(number)]
        for role, number in numbers.items()
        if role != "evaluator"
    }
    for role, number in numbers.items():
        for index in range(number):
            task = {"type": role, "index": index}
            tf_config = {"cluster": cluster, "task": task, "environment": "cloud"}
            monkeypatch.setenv("TF_CONFIG", json.dumps(tf_config))
            config = eh.RunConfig()
            assert (config.task_type, config.task_id) == (role, index)
            assert config.is_chief == (role == "chief")


def test_pods_run_the_program(manifest):
    for replica in manifest["spec"]["tfReplicaSpecs"].values():
        pod = replica["template"]["spec"]
        (container,) = pod["containers"]
        python, program, model_dir = container["command"]
        assert (python, program) == ("python", "/app/train.py")
        (mount,) = container["volumeMounts"]
        assert model_dir.startswith(mount["mountPath"] + "/")
        assert mount["name"] in [volume["name"] for volume in pod["volumes"]]


@pytest.mark.another_execution  # tests/estimator/test_cluster.py is the quick one.
def test_local_cluster_trains_and_exports(tmp_path):
    model_dir = tmp_path / "model"
    done = subprocess.run(
        [sys.executable, CLUSTER / "local.py", model_dir],
        env=environment({"TF_CONFIG": None}),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-6000:]
    assert sorted(done.stdout.split("\n")[:-1]) == [
        f"{role} 0 is done" for role in ("chief", "evaluator", "worker")
    ]
    (exported,) = (model_dir / "export" / "final").iterdir()
    served = tf.saved_model.load(str(exported)).signatures["predict"]
    assert abs(float(served(x=tf.constant([[2.0]]))["predictions"][0, 0]) - 6.0) < 0.05
