"""The checkpoints and SavedModels of the originals, which stand beside the recorded answers."""

import os
import shutil
import tempfile

from . import asking, batch

_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def checkpoint_folder(subject, release, case_id):
    return os.path.join(_FOLDER, subject, "checkpoints", release, case_id)


def export_folder(subject, release, case_id):
    return os.path.join(_FOLDER, subject, "exports", release, case_id)


def record(subject, release, case_id, case, api):
    """Trains the original, and keeps its checkpoint and, where a case says so, its SavedModel."""
    checkpoint = _emptied(checkpoint_folder(subject, release, case_id))
    with tempfile.TemporaryDirectory() as folder:
        estimator = asking.new_estimator(case, api, folder)
        estimator.train(batch.input_fn(case.labels, asking.STEPS))
        _copy_checkpoint(folder, checkpoint)
        if case.export:
            path = asking.export(estimator, os.path.join(folder, "export"), api)
            target = export_folder(subject, release, case_id)
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(path, target)
    return checkpoint


def keep_checkpoint(folder, target):
    """Copies the checkpoint of a model_dir, without its graph, to what was the one of before."""
    _copy_checkpoint(folder, _emptied(target))


def _copy_checkpoint(folder, target):
    for name in os.listdir(folder):
        prefix, dot, kind = name.rpartition(f"ckpt-{asking.STEPS}.")
        if dot and not kind.startswith("meta"):
            shutil.copy(os.path.join(folder, name), target)


def _emptied(folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    return folder
