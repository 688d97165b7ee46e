"""The names under which the golden cases know the canned estimators of tf.contrib.learn."""

import types

from estimator_heads.compat.names import table as names
from tests.compat import learn_estimator_api

SDCA = "tensorflow.contrib.linear_optimizer.SDCAOptimizer"
API = types.SimpleNamespace(**vars(learn_estimator_api.API), SDCAOptimizer=names.find(SDCA).load())
