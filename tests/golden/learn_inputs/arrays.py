"""`numpy_input_fn`, `pandas_input_fn` and `generator_input_fn`."""

import numpy as np

from tests.golden.learn_estimator.models import cases_of

from .programs import batches, shapes

_X = {"b": np.arange(10.0).reshape(5, 2), "a": np.arange(5)}
_Y = np.arange(5) * 10


def _rows_of(found):
    """All values of the feature `a`, sorted: those that shuffled batches have."""
    return sorted(value for batch in found for value in batch[0]["a"]["values"])


def numpy_arrays(api, folder):
    make = api.io.numpy_input_fn(x=_X, y=_Y, batch_size=2, num_epochs=2, shuffle=False)
    return [batches(make), shapes(make)]


def numpy_without_labels(api, folder):
    make = api.io.numpy_input_fn(
        x=_X["b"], batch_size=3, shuffle=False, num_epochs=None, queue_capacity=7, num_threads=1
    )
    return batches(make, limit=4)


def numpy_shuffles_by_default(api, folder):
    return _rows_of(batches(api.io.numpy_input_fn(_X, _Y, batch_size=2)))


def pandas_frames(api, folder):
    import pandas as pd

    make = api.io.pandas_input_fn(
        x=pd.DataFrame({"a": [1, 2, 3], "b": [0.5, 1.5, 2.5]}),
        y=pd.Series([3, 2, 1]),
        batch_size=2,
        num_epochs=1,
        shuffle=False,
        queue_capacity=10,
        num_threads=1,
        target_column="label",
    )
    return batches(make)


def pandas_shuffles_by_default(api, folder):
    import pandas as pd

    frame = pd.DataFrame({"a": np.arange(7), "b": np.zeros(7)})
    return _rows_of(batches(api.io.pandas_input_fn(frame, pd.Series(np.zeros(7)), batch_size=3)))


def what_there_is(api, folder):
    return [api.io.HAS_PANDAS, api.io.HAS_DASK]


def _generator():
    for index in range(4):
        yield {"b": np.float32(index), "a": np.array([index, -index]), "y": np.int32(10 * index)}


def generated(api, folder):
    make = api.io.generator_input_fn(
        x=_generator, target_key="y", batch_size=2, num_epochs=1, shuffle=False
    )
    return [batches(make), shapes(make)]


def generated_for_two_epochs(api, folder):
    make = api.io.generator_input_fn(_generator, batch_size=3, num_epochs=2, shuffle=False)
    return batches(make)


def generated_without_end(api, folder):
    make = api.io.generator_input_fn(
        _generator, ["y"], batch_size=3, num_epochs=None, shuffle=False, queue_capacity=5
    )
    return batches(make, limit=4)


def generated_with_several_labels(api, folder):
    make = api.io.generator_input_fn(_generator, target_key=["y", "b"], batch_size=4, shuffle=False)
    return batches(make)


def generated_with_one_name(api, folder):
    def generator():
        for index in range(5):
            yield {"only": np.array([index])}

    make = api.io.generator_input_fn(generator, batch_size=2, shuffle=False)
    return batches(make)


def generated_and_shuffled(api, folder):
    make = api.io.generator_input_fn(_generator, "y", batch_size=3, num_epochs=2)
    return sorted(value for batch in batches(make) for value in batch[1]["values"])


def generated_by_several_threads(api, folder):
    make = api.io.generator_input_fn(
        _generator, "y", batch_size=3, num_epochs=1, shuffle=False, num_threads=2
    )
    return sorted(value for batch in batches(make) for value in batch[1]["values"])


def generated_and_padded(api, folder):
    def generator():
        for index in range(4):
            yield {
                "sequence": np.arange(index + 1),
                "matrix": np.ones([2, index + 1], np.float32),
                "number": np.float32(index),
            }

    make = api.io.generator_input_fn(generator, batch_size=6, shuffle=False, pad_value=-1)
    return [batches(make), shapes(make)]


CASES = cases_of(globals())
