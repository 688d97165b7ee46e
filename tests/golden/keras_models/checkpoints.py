"""Cases that go on from a checkpoint of the original, which is kept beside the answers."""

import os
import shutil

from ..values import jsonable
from . import models
from .models import X, Y
from .programs import STEPS, estimator_of, input_fn, variables

_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "checkpoints")


def _adam(K):
    return models.dense(K, optimizer="adam", metrics=["mae"])


def _momentum(K):
    return models.batch_normalization(K, optimizer=K.optimizers.SGD(0.1, momentum=0.9))


def _lstm(K):
    return models.sequential(
        K,
        K.layers.Reshape((3, 1), input_shape=(3,)),
        K.layers.LSTM(2, name="memory"),
        K.layers.Dense(1, name="out"),
        optimizer="rmsprop",
    )


# From a name to a function that makes a model, and options of model_to_estimator.
MODELS = {
    f"{name}_{form}": (model_of, {"checkpoint_format": form})
    for name, model_of in {"adam": _adam, "momentum": _momentum, "lstm": _lstm}.items()
    for form in ("checkpoint", "saver")
}


def _goes_on(name):
    def case(api, folder):
        model_of, options = MODELS[name]
        # The folder is empty where the checkpoints are yet to be recorded.
        kept = os.path.join(_FOLDER, name)
        for file in os.listdir(kept) if os.path.exists(kept) else ():
            shutil.copy(os.path.join(kept, file), folder)
        with open(os.path.join(folder, "checkpoint"), "w") as file:
            file.write(f'model_checkpoint_path: "model.ckpt-{STEPS}"\n')
        estimator = estimator_of(api, model_of(api.keras), folder, **options)
        fields = {"evaluated": estimator.evaluate(input_fn(X, Y), steps=1)}
        estimator.train(input_fn(X, Y), steps=1)
        fields["one_step_later"] = variables(folder)
        return jsonable(fields)

    return case


CASES = {f"checkpoints/{name}": _goes_on(name) for name in MODELS}
