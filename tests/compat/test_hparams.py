"""`tf.contrib.training.HParams` and `parse_values` against recordings of TF 1.15."""

import copy
import inspect
import pickle

import pytest

from estimator_heads.compat.contrib.training.hparams import HParams
from estimator_heads.compat.contrib.training.hparams_text import parse_values
from tests.golden.layers import cases_hparams
from tests.golden.layers.ours import GOLDEN
from tests.golden.layers.subject import case_ids


@pytest.mark.parametrize("case_id", case_ids("hparams"))
def test_answers_are_those_of_tf_1_15(case_id):
    GOLDEN.check(case_id)


def test_every_method_is_asked():
    source = inspect.getsource(cases_hparams)
    methods = [name for name in vars(HParams) if not name.startswith("_")]

    assert [name for name in methods if name not in source] == ["to_proto", "from_proto"]


@pytest.mark.parametrize(
    "duplicate", [copy.copy, copy.deepcopy, lambda h: pickle.loads(pickle.dumps(h))]
)
def test_copies_have_the_same_values_and_types(duplicate):
    hparams = duplicate(HParams(rate=0.5, layers=[1, 2]))

    assert hparams.parse("rate=1,layers=[3]").values() == {"rate": 1.0, "layers": [3]}


@pytest.mark.parametrize(
    "call, error, message",
    [
        (
            lambda h: h.parse("steps=1.5"),
            ValueError,
            "`steps`. Expected a value of type int. Received: '1.5'",
        ),
        (
            lambda h: h.parse("step=1"),
            ValueError,
            r"`step` in 'step=1'. Expected one of \['layers', 'steps'\]",
        ),
        (lambda h: h.parse("steps"), ValueError, "`values`. Expected assignments such as"),
        (lambda h: h.parse("steps=1,steps=2"), ValueError, "`steps` is assigned more than once"),
        (lambda h: h.parse("layers[0]=[1]"), ValueError, r"`layers\[0\]`, which is one element"),
        (lambda h: h.set_hparam("step", 1), KeyError, "`step`. Expected one of"),
        (lambda h: h.set_hparam("steps", 1.5), ValueError, "`steps`. Expected a value of type int"),
        (
            lambda h: h.set_hparam("steps", [1]),
            ValueError,
            "`steps`. Expected one value of type int",
        ),
        (lambda h: h.set_hparam("layers", 1), ValueError, "`layers`. Expected a list of type int"),
        (lambda h: h.add_hparam("steps", 1), ValueError, "`name`. Expected a name that is neither"),
        (lambda h: h.add_hparam("new", []), ValueError, "`new`. Expected a non-empty list"),
        (lambda h: h.to_proto(), ValueError, "Use to_json"),
        (lambda h: HParams.from_proto(None), ValueError, "Use to_json"),
        (lambda h: HParams(hparam_def=object()), ValueError, "Use to_json"),
        (lambda h: parse_values("a=1", {}), ValueError, r"`a` in 'a=1'. Expected one of \[\]"),
    ],
)
def test_messages_name_the_hyperparameter_and_what_came(call, error, message):
    with pytest.raises(error, match=message):
        call(HParams(steps=3, layers=[1]))


def test_text_of_any_length_is_read():
    """In linear time: in quadratic time the first would take hours."""
    number = 2_000_000
    with pytest.raises(ValueError, match="`values`. Expected assignments"):
        parse_values("a=" + number * " " + "[1", {"a": int})
    assert parse_values("a=" + number * " " + "1", {"a": int}) == {"a": 1}
    assert len(parse_values(f"a=[{number * '1,'}]", {"a": int})["a"]) == number
    indexed = ",".join(f"a[{i}]=1" for i in range(100_000))
    assert len(parse_values(indexed, {"a": int})["a"]) == 100_000
