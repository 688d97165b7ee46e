import importlib

import pytest

from estimator_heads import keras as bridge
from tests.keras_bridge import shop


@pytest.fixture(scope="package", params=["keras", "tf_keras"])
def keras(request):
    """Keras 3 and tf_keras, as modules."""
    return importlib.import_module(request.param)


@pytest.fixture(scope="package")
def estimator(tmp_path_factory):
    """An Estimator that has been trained for two steps."""
    return shop.trained_estimator(str(tmp_path_factory.mktemp("shop")))


@pytest.fixture(scope="package")
def bridged(keras, estimator):
    """A model of that Keras with the Estimator's weights, compiled with the loss and metrics."""
    model = shop.model_of(keras)
    bridge.load(estimator, model)
    shop.compile_with_head(model)
    return model
