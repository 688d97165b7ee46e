"""Modules of `tensorflow_estimator.python.estimator` that TF 1.15 did not have yet."""

from tests.compat.learn_estimator_api import ModuleOfTable

SOURCES = "tensorflow_estimator.python.estimator"
estimator_export = ModuleOfTable(f"{SOURCES}.estimator_export").estimator_export
analytics = ModuleOfTable(f"{SOURCES}.tools.analytics")

LIMIT = 3


def test_names_of_an_api_are_noted():
    """As TF 2.15 notes them."""

    @estimator_export("estimator.Model", v1=["estimator.OldModel"])
    class Model:
        pass

    @estimator_export("estimator.train")
    def train():
        return 3

    assert Model._estimator_api_names == ("estimator.Model",)
    assert Model._estimator_api_names_v1 == ["estimator.OldModel"]
    assert train() == 3
    estimator_export("estimator.LIMIT").export_constant(__name__, "LIMIT")
    assert globals()["_estimator_api_constants"] == [(("estimator.LIMIT",), "LIMIT")]
    assert globals()["_estimator_api_constants_v1"] == [(("estimator.LIMIT",), "LIMIT")]


def test_nothing_is_tracked():
    assert analytics.track_usage("tool", ["tag"]) is None
    assert analytics.track_numerical_issues((None, None, None)) is None


def test_results_are_written_where_tensorflow_executes_eagerly(tmp_path):
    """There the original raises a RuntimeError."""
    sources = ModuleOfTable(f"{SOURCES}.estimator")
    sources._write_dict_to_summary(str(tmp_path), {"loss": 0.5}, 3)
    metrics = ModuleOfTable(f"{SOURCES}.early_stopping").read_eval_metrics(str(tmp_path))
    assert metrics == {3: {"loss": 0.5}}
