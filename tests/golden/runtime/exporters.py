"""What exporters export and delete."""

import os

import tensorflow as tf

from tests.golden.runtime.event_files import write_evaluations

v1 = tf.compat.v1


class CountingEstimator:
    """What exporters see of an Estimator. Exports are empty, named by a clock that they advance."""

    def __init__(self, model_dir):
        self.model_dir = model_dir
        self.exports = []

    def export_saved_model(self, export_dir_base, serving_input_receiver_fn, **kwargs):
        path = os.path.join(export_dir_base, str(1500000000 + len(self.exports)))
        os.makedirs(path)
        self.exports.append([serving_input_receiver_fn, sorted(kwargs.items())])
        return path.encode()


def run(exporter, estimator, results, final=()):
    """Which of the evaluation results are exported, and what is left of the exports."""
    base = os.path.join(estimator.model_dir, "export", exporter.name)
    os.makedirs(os.path.join(estimator.model_dir, "eval"), exist_ok=True)
    returned = [
        exporter.export(estimator, base, f"model.ckpt-{index}", result, index in final)
        for index, result in enumerate(results)
    ]
    left = sorted(os.listdir(base)) if os.path.isdir(base) else []
    return {
        "exported": [
            None if path is None else os.path.basename(path.decode()) for path in returned
        ],
        "left": left,
        "calls": estimator.exports,
    }


def losses(*values):
    return [{"loss": value, "global_step": step} for step, value in enumerate(values)]


def final(api, folder):
    exporter = api.FinalExporter("final", "receiver_fn", {"a": "b"}, as_text=True)
    return run(exporter, CountingEstimator(folder), losses(1.0, 2.0, 3.0), final=[2])


def latest(api, folder):
    exporter = api.LatestExporter("latest", "receiver_fn", exports_to_keep=2)
    return run(exporter, CountingEstimator(folder), losses(1.0, 2.0, 3.0, 4.0), final=[3])


def latest_among_other_folders(api, folder):
    """Only names of ten digits are exports."""
    base = os.path.join(folder, "export", "latest")
    for name in ("0000000007", "1400000000", "temp-1400000001", "140000000", "14000000000", "best"):
        os.makedirs(os.path.join(base, name, "variables"))
    exporter = api.LatestExporter("latest", "receiver_fn", exports_to_keep=2)
    return run(exporter, CountingEstimator(folder), losses(1.0))


def latest_keeps_all(api, folder):
    exporter = api.LatestExporter("latest", "receiver_fn", exports_to_keep=None)
    return run(exporter, CountingEstimator(folder), losses(1.0, 2.0, 3.0, 4.0, 5.0, 6.0))


def latest_by_default(api, folder):
    exporter = api.LatestExporter("latest", "receiver_fn")
    return run(exporter, CountingEstimator(folder), losses(1.0, 2.0, 3.0, 4.0, 5.0, 6.0))


def best(api, folder):
    exporter = api.BestExporter("best", "receiver_fn", exports_to_keep=2)
    values = losses(3.0, 2.0, 2.0, 2.5, 1.0, float("nan"), 1.5, 0.5)
    return run(exporter, CountingEstimator(folder), values, final=[7])


def best_by_another_metric(api, folder):
    def larger_auc(best_eval_result, current_eval_result):
        return current_eval_result["auc"] > best_eval_result["auc"]

    exporter = api.BestExporter(serving_input_receiver_fn="receiver_fn", compare_fn=larger_auc)
    results = [{"auc": value, "loss": 1.0} for value in (0.5, 0.4, 0.6, 0.6, 0.7)]
    return run(exporter, CountingEstimator(folder), results)


def best_without_event_files(api, folder):
    exporter = api.BestExporter("best", "receiver_fn", event_file_pattern=None)
    write_evaluations(folder + "/eval", [[1, {"loss": 0.1}]])
    return run(exporter, CountingEstimator(folder), losses(3.0, 2.0, 4.0))


def best_in_a_folder_with_evaluations_but_no_exports(api, folder):
    """The first result is in the event file already."""
    write_evaluations(folder + "/eval", [[1, {"loss": 0.5}], [2, {"loss": 0.25}]])
    exporter = api.BestExporter("best", "receiver_fn")
    return run(exporter, CountingEstimator(folder), losses(0.25, 0.2, 0.3))


def best_after_a_restart(api, folder):
    """The first result of the new process is worse than the best of the old one."""
    evaluations = [[1, {"loss": 0.5}], [2, {"loss": 0.25}], [3, {"loss": 0.75}]]
    write_evaluations(folder + "/eval", evaluations)
    os.makedirs(folder + "/export/best/1400000000")
    exporter = api.BestExporter("best", "receiver_fn")
    return run(exporter, CountingEstimator(folder), losses(0.75, 0.4, 0.2))


def best_after_a_restart_with_a_better_result(api, folder):
    evaluations = [[1, {"loss": 0.5}], [2, {"loss": 0.25}]]
    write_evaluations(folder + "/eval", evaluations)
    os.makedirs(folder + "/export/best/1400000000")
    exporter = api.BestExporter("best", "receiver_fn")
    return run(exporter, CountingEstimator(folder), losses(0.25, 0.4, 0.2))


def default_comparison(api, folder):
    small, large = {"loss": 1.0}, {"loss": 2.0}
    return [
        bool(api.loss_smaller(one, other))
        for one, other in ((small, large), (large, small), (small, small))
    ]


def filters(api, folder):
    """Filters of versions, with and without gaps, and of what has no version."""
    gc = api.gc
    paths = [gc.Path(f"/e/{version}", version) for version in (0, 1, 2, 9, 10, 11, 20, 21, 100)]
    every_tenth = gc.mod_export_version(10)
    largest = gc.largest_export_versions(3)
    made = {
        "largest": largest,
        "more_than_there_are": gc.largest_export_versions(100),
        "one_of_every_10": gc.one_of_every_n_export_versions(10),
        "one_of_every_2": gc.one_of_every_n_export_versions(2),
        "every_tenth": every_tenth,
        "union": gc.union(every_tenth, largest),
        "negation": gc.negation(gc.union(every_tenth, largest)),
    }
    results = {name: [path.export_version for path in keep(paths)] for name, keep in made.items()}
    unversioned = [*paths, gc.Path("/e/none", None)]
    for name in ("largest", "one_of_every_10"):
        kept = made[name](unversioned)
        results[name + "_with_unversioned"] = [path.export_version for path in kept]
    return results


CASES = [
    final,
    latest,
    latest_among_other_folders,
    latest_keeps_all,
    latest_by_default,
    best,
    best_by_another_metric,
    best_without_event_files,
    best_in_a_folder_with_evaluations_but_no_exports,
    best_after_a_restart,
    best_after_a_restart_with_a_better_result,
    default_comparison,
    filters,
]


def latest_keeps_none(api, folder):
    api.LatestExporter("latest", None, exports_to_keep=0)


def best_keeps_none(api, folder):
    api.BestExporter("best", None, exports_to_keep=-1)


def no_compare_fn(api, folder):
    api.BestExporter("best", None, compare_fn=None)


def compare_fn_of_other_arguments(api, folder):
    api.BestExporter("best", None, compare_fn=lambda best_eval_result, current: True)


def compare_fn_of_more_arguments(api, folder):
    def compare_fn(best_eval_result, current_eval_result, more):
        return True

    api.BestExporter("best", None, compare_fn=compare_fn)


def no_loss_to_compare(api, folder):
    api.loss_smaller({"loss": 1.0}, {"auc": 1.0})


def nothing_to_compare(api, folder):
    api.loss_smaller(None, {"loss": 1.0})


MISTAKES = [
    latest_keeps_none,
    best_keeps_none,
    no_compare_fn,
    compare_fn_of_other_arguments,
    compare_fn_of_more_arguments,
    no_loss_to_compare,
    nothing_to_compare,
]
