"""The checkpoints and SavedModels of the originals, which stand beside the recorded answers."""

import os
import shutil
import tempfile

from google.protobuf import text_format
from tensorflow.core.protobuf import saved_model_pb2

from . import asking

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
        estimator.train(asking.input_fn(case, asking.STEPS))
        _copy_checkpoint(folder, checkpoint)
        target = export_folder(subject, release, case_id)
        shutil.rmtree(target, ignore_errors=True)
        if case.export:
            path = asking.export(estimator, os.path.join(folder, "export"), case, api)
            shutil.copytree(path, target)
            _forget_folder(os.path.join(target, "saved_model.pb"))
    return checkpoint


def keep_checkpoint(folder, target):
    """Copies the checkpoint of a model_dir, without its graph, to what was the one of before."""
    _copy_checkpoint(folder, _emptied(target))


def _copy_checkpoint(folder, target):
    for name in os.listdir(folder):
        prefix, dot, kind = name.rpartition(f"ckpt-{asking.STEPS}.")
        if dot and not kind.startswith("meta"):
            shutil.copy(os.path.join(folder, name), target)


def _forget_folder(path):
    """Makes a SavedModel that names a vocabulary file of this folder name another one."""
    saved_model = saved_model_pb2.SavedModel()
    with open(path, "rb") as file:
        saved_model.ParseFromString(file.read())
    text = text_format.MessageToString(saved_model).replace(_FOLDER, "/some/path/tests/golden")
    with open(path, "wb") as file:
        file.write(text_format.Parse(text, saved_model_pb2.SavedModel()).SerializeToString())


def _emptied(folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    return folder
