"""The tasks: what binary, multi-class, multi-label classification and regression each are.

The heads of all dialects are built on them; a task knows of none. Beside the tasks stands what they
are made of: labels, losses, weights, metrics, vocabularies and the checks of all these.
"""

from estimator_heads.heads.tasks.base import Task
from estimator_heads.heads.tasks.binary_class import BinaryClassTask
from estimator_heads.heads.tasks.multi_class import MultiClassTask
from estimator_heads.heads.tasks.multi_label import MultiLabelTask
from estimator_heads.heads.tasks.regression import (
    RegressionTask,
    logistic_regression_task,
    poisson_regression_task,
)

__all__ = [
    "BinaryClassTask",
    "MultiClassTask",
    "MultiLabelTask",
    "RegressionTask",
    "Task",
    "logistic_regression_task",
    "poisson_regression_task",
]
