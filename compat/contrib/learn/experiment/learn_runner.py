"""Runs Experiments, by the role of the process. Reproduces `tf.contrib.learn.learn_runner`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.estimators.cluster_config import TaskType
from estimator_heads.compat.contrib.learn.estimators.run_config import RunConfig
from estimator_heads.compat.contrib.learn.experiment.experiment import Experiment
from estimator_heads.compat.contrib.training.hparams import HParams
from estimator_heads.types import Path

_SCHEDULES = {
    TaskType.MASTER: "train_and_evaluate",
    TaskType.PS: "run_std_server",
    TaskType.WORKER: "train",
}


def run(
    experiment_fn: Callable[..., Experiment],
    output_dir: Path | None = None,
    schedule: str | None = None,
    run_config: RunConfig | None = None,
    hparams: HParams | None = None,
) -> Any:
    """Makes an `Experiment` and runs one of its schedules.

    Args:
        experiment_fn: Function that returns the `Experiment`: of `run_config` and `hparams`, or of
            `output_dir`. The `run_config` must be that of the Estimator.
        output_dir: Folder for the results; an older form of `run_config`.
        schedule: Name of a method of the `Experiment`. None: in a cluster "train" for a worker,
            "run_std_server" for a ps, "train_and_evaluate" for a master, and for a single machine.
        run_config: A `tf.contrib.learn.RunConfig` with a `model_dir`.
        hparams: `HParams` for the `experiment_fn`, or None.

    Returns:
        What the schedule returns.

    Raises:
        ValueError: If not exactly one of `output_dir` and `run_config` is given, they are not as
            they should be, or there is no such schedule, or none for this process.
        TypeError: If the `experiment_fn` is not callable or does not return an `Experiment`, or the
            schedule is no method.
        RuntimeError: If the Estimator has another RunConfig.
    """
    if (output_dir is None) == (run_config is None):
        raise ValueError(
            "Exactly one of `run_config` and `output_dir` must be given. Received: "
            f"output_dir={output_dir!r}, run_config={run_config!r}."
        )
    if not callable(experiment_fn):
        raise TypeError(
            "Invalid value for argument `experiment_fn`. Expected a function that returns an "
            f"Experiment. Received: experiment_fn={experiment_fn!r}."
        )
    if run_config is not None:
        experiment = _checked_experiment_fn(experiment_fn)(run_config=run_config, hparams=hparams)
    else:
        experiment = _experiment_in(output_dir, experiment_fn, hparams)
        run_config = experiment.estimator.config
    return _execute_schedule(experiment, schedule or _get_default_schedule(run_config))


def tune(experiment_fn: Callable[..., Experiment], tuner: Any) -> None:
    """Runs Experiments until a tuner has tried enough hyperparameters.

    Args:
        experiment_fn: Function of `run_config` and `hparams` that returns an `Experiment`.
        tuner: Object whose `next_trial()` says whether to go on, and whose
            `run_experiment(experiment_fn)` calls the function it is given with the keyword
            arguments `run_config` and `hparams`.
    """
    checked = _checked_experiment_fn(experiment_fn, require_hparams=True)
    while tuner.next_trial():
        tuner.run_experiment(checked)


def _experiment_in(output_dir, experiment_fn, hparams):
    if not output_dir:
        raise ValueError(f"`output_dir` must name a folder. Received: output_dir={output_dir!r}.")
    if hparams is not None:
        raise ValueError(
            "`hparams` go with `run_config`, not with `output_dir`. Received: "
            f"output_dir={output_dir!r}, hparams={hparams!r}."
        )
    return _checked_experiment(experiment_fn(output_dir=output_dir))


def _checked_experiment_fn(experiment_fn, require_hparams=False):
    """The function with checks of what it is given, and that the Experiment has the RunConfig."""

    def checked(run_config, hparams):
        if not isinstance(run_config, RunConfig):
            raise ValueError(
                "Invalid value for argument `run_config`. Expected a tf.contrib.learn.RunConfig. "
                f"Received: run_config={run_config!r} of type {type(run_config).__name__}."
            )
        if not run_config.model_dir:
            raise ValueError(
                "The `run_config` must name a folder: RunConfig(model_dir=...). Received: "
                f"model_dir={run_config.model_dir!r}."
            )
        if not isinstance(hparams, HParams) and (require_hparams or hparams is not None):
            raise ValueError(
                "Invalid value for argument `hparams`. Expected tf.contrib.training.HParams. "
                f"Received: hparams={hparams!r} of type {type(hparams).__name__}."
            )
        expected = run_config.uid()
        experiment = _checked_experiment(experiment_fn(run_config, hparams))
        config = experiment.estimator.config
        uid = config.uid() if hasattr(config, "uid") else config
        if uid != expected:
            raise RuntimeError(
                "The Estimator of the Experiment has another RunConfig. Give it the `run_config` "
                "of the experiment_fn: Estimator(config=run_config). Expected: "
                f"{expected}. Received: {uid}."
            )
        return experiment

    return checked


def _checked_experiment(experiment):
    if not isinstance(experiment, Experiment):
        raise TypeError(
            "The experiment_fn must return a tf.contrib.learn.Experiment. Received: "
            f"{experiment!r} of type {type(experiment).__name__}."
        )
    return experiment


def _execute_schedule(experiment, schedule):
    task = getattr(experiment, schedule, None)
    if callable(task):
        return task()
    schedules = [
        name
        for name in dir(experiment)
        if not name.startswith("_") and callable(getattr(experiment, name))
    ]
    # An attribute that is no method is another mistake than a wrong name.
    error = TypeError if hasattr(experiment, schedule) else ValueError
    raise error(
        f"Invalid value for argument `schedule`. Expected the name of a method of the Experiment: "
        f"one of {schedules}. Received: schedule={schedule!r}."
    )


def _is_distributed(config):
    """Whether there are several processes."""
    cluster = config.cluster_spec or tf.train.ClusterSpec({})
    return sum(map(cluster.num_tasks, cluster.jobs)) > 1


def _get_default_schedule(config):
    if not config or not _is_distributed(config):
        return "train_and_evaluate"
    if config.task_type not in _SCHEDULES:
        raise ValueError(
            "There is no default schedule for the role of this process. Expected the argument "
            f"`schedule`, or one of {sorted(_SCHEDULES)} as the type of the task in TF_CONFIG. "
            f"Received: {config.task_type!r}."
        )
    return _SCHEDULES[config.task_type]
