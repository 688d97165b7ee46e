"""`tensorflow_estimator.python.estimator.early_stopping`: what its hooks are made of."""

from estimator_heads.estimator.hooks import early_stopping
from estimator_heads.estimator.storage import event_reading

_EVENT_FILE_GLOB_PATTERN = event_reading.EVENT_FILES


def _summaries(eval_dir):
    return event_reading.events(eval_dir, _EVENT_FILE_GLOB_PATTERN)


def _stop_if_threshold_crossed_hook(
    estimator,
    metric_name,
    threshold,
    higher_is_better,
    eval_dir,
    min_steps,
    run_every_secs,
    run_every_steps,
):
    make_hook = (
        early_stopping.stop_if_higher_hook
        if higher_is_better
        else early_stopping.stop_if_lower_hook
    )
    return make_hook(
        estimator, metric_name, threshold, eval_dir, min_steps, run_every_secs, run_every_steps
    )


def _stop_if_no_metric_improvement_hook(
    estimator,
    metric_name,
    max_steps_without_improvement,
    higher_is_better,
    eval_dir,
    min_steps,
    run_every_secs,
    run_every_steps,
):
    make_hook = (
        early_stopping.stop_if_no_increase_hook
        if higher_is_better
        else early_stopping.stop_if_no_decrease_hook
    )
    return make_hook(
        estimator,
        metric_name,
        max_steps_without_improvement,
        eval_dir,
        min_steps,
        run_every_secs,
        run_every_steps,
    )
