"""The names of this package under which the golden programs know them."""

import types

import estimator_heads.estimator as estimator_package
import estimator_heads.export as export_package
from estimator_heads.export.receivers import build_raw_supervised_input_receiver_fn
from estimator_heads.model_fn import EstimatorSpec, ModeKeys

API = types.SimpleNamespace(
    Estimator=estimator_package.Estimator,
    EstimatorSpec=EstimatorSpec,
    ModeKeys=ModeKeys,
    RunConfig=estimator_package.RunConfig,
    WarmStartSettings=estimator_package.WarmStartSettings,
    export=types.SimpleNamespace(
        **vars(export_package),
        build_raw_supervised_input_receiver_fn=build_raw_supervised_input_receiver_fn,
    ),
)
