"""Runs programs without TF 2 behavior; writes their results into the given folder."""

import json
import sys
import tempfile
from pathlib import Path

import tensorflow as tf

tf.compat.v1.disable_v2_behavior()

from tests.estimator.api import API  # noqa: E402
from tests.golden.estimator import hooks, programs  # noqa: E402

for program in (
    programs.life_of_a_model,
    programs.seeded_model,
    programs.ways_of_input,
    programs.warm_started_model,
    programs.partitioned_variables,
    hooks.order_of_hooks,
):
    with tempfile.TemporaryDirectory() as folder:
        result = program(API, folder)
    (Path(sys.argv[1]) / f"{program.__name__}.json").write_text(json.dumps(result))
