"""The example of a cluster: on this machine, and as a Kubernetes manifest."""

import json
import subprocess
import sys

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
QUANTITIES = {"type": "object", "additionalProperties": STRING}
CONTAINER = strict(
    {
        "name": {"const": "tensorflow"},
        "image": STRING,
        "command": {"type": "array", "items": STRING},
        "resources": strict({"requests": QUANTITIES, "limits": QUANTITIES}),
        "volumeMounts": {
            "type": "array",
            "items": strict({"name": STRING, "mountPath": STRING}, ["name", "mountPath"]),
        },
    },
    ["name", "image"],
)
VOLUME = strict(
    {"name": STRING, "persistentVolumeClaim": strict({"claimName": STRING}, ["claimName"])},
    ["name"],
)
POD = strict(
    {
        "containers": {"type": "array", "items": CONTAINER, "minItems": 1},
        "volumes": {"type": "array", "items": VOLUME},
    },
    ["containers"],
)
REPLICA = strict(
    {
        "replicas": INTEGER,
        "restartPolicy": {"enum": ["Always", "OnFailure", "Never", "ExitCode"]},
        "template": strict({"metadata": {"type": "object"}, "spec": POD}, ["spec"]),
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
        "metadata": strict({"name": STRING, "namespace": STRING}, ["name"]),
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
)


def test_manifest_has_the_fields_of_a_tf_job(manifest):
    """The schema above is ours, for the operator's own is not on the package index.

    The fields of a TFJob, of its run policy and of its replicas are those of the models in
    kubeflow-training 1.9.0, the operator's client. Of pods it has the fields that the manifest
    uses.
    """
    jsonschema.Draft202012Validator.check_schema(TF_JOB)
    jsonschema.validate(manifest, TF_JOB)


WRONG = [{"restartPolicy": "Sometimes"}, {"template": {}}, {"replica": 1}]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: next(iter(wrong)))
def test_schema_notices_mistakes(manifest, wrong):
    manifest["spec"]["tfReplicaSpecs"]["Worker"].update(wrong)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(manifest, TF_JOB)


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
