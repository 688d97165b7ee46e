"""Functions of the module `run_config`."""

import tensorflow as tf

from tests.golden.errors import attempt, outcome
from tests.golden.learn_estimator.models import cases_of

SPEC = tf.train.ClusterSpec(
    {"chief": ["a:1"], "worker": ["b:1", "c:1"], "ps": ["d:1"], "tools": ["e:1"]}
)
ALONE = tf.train.ClusterSpec({"chief": ["a:1"]})
NONE = tf.train.ClusterSpec({})


def counts(api, folder):
    count_ps, count_worker = api.of("run_config._count_ps"), api.of("run_config._count_worker")
    return [
        count_ps(SPEC),
        count_ps(ALONE),
        outcome(count_ps, NONE),
        count_worker(SPEC, "chief"),
        count_worker(SPEC, "master"),
        outcome(count_worker, NONE, "chief"),
    ]


def session_masters(api, folder):
    master, eval_master = (
        api.of("run_config._get_session_master"),
        api.of("run_config._get_eval_session_master"),
    )
    return [
        master(SPEC, "worker", 1, {}),
        master(SPEC, "worker", 1, {"session_master": "mine"}),
        master(NONE, "worker", 1, {"session_master": "mine"}),
        master(ALONE, "chief", 0, {}),
        outcome(master, NONE, "chief", 0, {}),
        eval_master("evaluator", {}),
        eval_master("evaluator", {"eval_session_master": "mine"}),
        eval_master("worker", {"eval_session_master": "mine"}),
    ]


def tasks(api, folder):
    check = api.of("run_config._validate_task_type_and_task_id")

    def answer(*args):
        return attempt(lambda: list(check(*args)))

    return [
        answer(SPEC, {"type": "worker", "index": 1}, "chief"),
        answer(SPEC, {"type": "evaluator", "index": "7"}, "chief"),
        answer(SPEC, {"type": "worker", "index": 2}, "chief"),
        answer(SPEC, {"type": "worker", "index": -1}, "chief"),
        answer(SPEC, {"type": "other", "index": 0}, "chief"),
        answer(SPEC, {"index": 0}, "chief"),
        answer(SPEC, {"type": "chief"}, "chief"),
        answer(SPEC, {"type": "chief", "index": 0}, "master"),
        answer(SPEC, {"type": "worker", "index": 0}, "worker"),
    ]


def global_ids(api, folder):
    global_id = api.of("run_config._get_global_id_in_cluster")
    return [
        [job, index, global_id(SPEC, job, index, "chief")]
        for job in SPEC.jobs
        for index in range(SPEC.num_tasks(job))
    ] + [outcome(global_id, SPEC, "other", 0, "chief")]


def services(api, folder):
    check = api.of("run_config._validate_service")
    return [check(None), check({"a": 1}), outcome(check, "a")]


def model_dirs(api, folder):
    get = api.of("run_config._get_model_dir")
    return [
        get({}, None),
        get({}, "given"),
        get({"model_dir": "set"}, None),
        get({"model_dir": "set"}, "set"),
        outcome(get, {"model_dir": "set"}, "given"),
        outcome(get, {}, ""),
        outcome(get, {"model_dir": ""}, None),
    ]


def properties(api, folder):
    check = api.of("run_config._validate_properties")

    def changed(**values):
        config = api.RunConfig()
        for name, value in values.items():
            setattr(config, "_" + name, value)
        return outcome(check, config)

    return [changed(), changed(save_summary_steps=-1), changed(tf_random_seed=0.5)]


def replaced_settings_of_checkpoints(api, folder):
    validate = api.of("run_config._validate_save_ckpt_with_replaced_keys")

    def answer(keys, steps, secs):
        config = api.RunConfig()
        config._save_checkpoints_steps, config._save_checkpoints_secs = steps, secs
        error = outcome(validate, config, keys)
        return [error, config.save_checkpoints_steps, config.save_checkpoints_secs]

    both = ["save_checkpoints_steps", "save_checkpoints_secs"]
    return [
        answer(["model_dir"], 1, 2),
        answer(both[:1], 1, 2),
        answer(both[1:], 1, 2),
        answer(both[1:], 1, None),
        answer(both, 1, 2),
        answer(both, 1, None),
    ]


def constants(api, folder):
    names = (
        "_CLUSTER_KEY _EVAL_SESSION_MASTER_KEY _GRPC_SCHEME _LOCAL_MASTER _MODEL_DIR_KEY "
        "_SERVICE_KEY _SESSION_MASTER_KEY _TASK_ENV_KEY _TASK_ID_KEY _TASK_TYPE_KEY _TF_CONFIG_ENV"
    )
    found = {name: api.of("run_config." + name) for name in names.split()}
    found["args"] = sorted(api.of("run_config._VALID_DEVICE_FN_ARGS"))
    return found


def replaceable(api, folder):
    return list(api.of("run_config._DEFAULT_REPLACEABLE_LIST"))


CASES = cases_of(globals())
