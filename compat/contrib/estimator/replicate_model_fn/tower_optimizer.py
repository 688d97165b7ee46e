"""The optimizer of a model_fn that is replicated, and what it knows of the towers."""

from __future__ import annotations

import collections
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import tensorflow as tf

GradientsAndVariables = Sequence[tuple[Any, tf.Variable]]


class TowerState:
    """The towers of the model that is being built in a graph.

    Without `replicate_model_fn` there is one.
    """

    def __init__(self) -> None:
        self.loss_reduction: str | None = None
        self.number_of_towers = 1
        self.optimizer_was_used = False
        self.scopes_of_first_tower: tuple[Any, str] = (None, "")
        self._tower = 0
        # Of each tower, what each call of `apply_gradients` was given.
        self._calls: dict[int, list[GradientsAndVariables]] = collections.defaultdict(list)

    def start_tower(self, index: int, variable_scope: Any, name_scope: str) -> None:
        """The model_fn is about to be called for a tower."""
        if index == 0:
            self.scopes_of_first_tower = variable_scope, name_scope
        self._tower = index

    @property
    def is_last_tower(self) -> bool:
        """Whether the model_fn is being called for the last tower."""
        return self._tower == self.number_of_towers - 1

    def add(self, gradients_and_variables: GradientsAndVariables) -> None:
        """Keeps the gradients of the current tower for the last one."""
        self._calls[self._tower].append(gradients_and_variables)

    def gradients_of_all_towers(self) -> Iterator[tuple[Any, tf.Variable]]:
        """Those of the latest call in the last tower, and of the corresponding calls in others."""
        latest = len(self._calls[self._tower]) - 1
        if any(len(self._calls[tower]) <= latest for tower in range(self.number_of_towers)):
            raise self._unequal_calls()
        for tower in range(self.number_of_towers):
            yield from self._calls[tower][latest]

    def check_optimizer_was_used(self) -> None:
        """Raises ValueError if there are several towers whose gradients nobody adds up."""
        if self.number_of_towers > 1 and not self.optimizer_was_used:
            raise ValueError(
                "Invalid value for argument `model_fn`. Expected one whose optimizers are wrapped "
                "in TowerOptimizer, which adds up the gradients of several devices. Received one "
                f"that trains without, and {self.number_of_towers} devices."
            )

    def check_calls(self) -> None:
        """Raises ValueError unless each tower has called the optimizers as often as the others."""
        if len({len(self._calls[tower]) for tower in range(self.number_of_towers)}) > 1:
            raise self._unequal_calls()

    def _unequal_calls(self) -> ValueError:
        numbers = [len(self._calls[tower]) for tower in range(self.number_of_towers)]
        return ValueError(
            "Invalid value for argument `model_fn`. Expected one that calls the same optimizers in "
            "the same order for each device. Received one that applied gradients this often: "
            f"{numbers}."
        )


def scaled_loss(
    loss: tf.Tensor | None, loss_reduction: str | None, number_of_towers: int
) -> tf.Tensor | None:
    """The share of a tower in the loss of all, which is the sum of the shares."""
    is_sum = loss_reduction == tf.compat.v1.losses.Reduction.SUM
    if loss is None or number_of_towers == 1 or is_sum:
        return loss
    return tf.realdiv(loss, float(number_of_towers), name="averaged_loss")


class TowerOptimizer(tf.compat.v1.train.Optimizer):
    """An optimizer for a model_fn of `replicate_model_fn`.

    The gradients of all towers are added up, and applied in the last one. If there is one tower
    only, this optimizer is what it wraps. A model_fn must call the same optimizers in the same
    order each time; there may be several.

    Args:
        optimizer_or_optimizer_fn: A `tf.compat.v1.train.Optimizer`, or a function without arguments
            that returns one, which is called at the first use.
    """

    COLLECTION_FOR_GRAPH_STATES = "replicate_model_fn_graph_states"

    def __init__(self, optimizer_or_optimizer_fn: Any) -> None:
        super().__init__(use_locking=False, name="TowerOptimizer")
        self._optimizer_or_optimizer_fn = optimizer_or_optimizer_fn

    @staticmethod
    def has_been_used() -> bool:
        """Whether a `TowerOptimizer` was used in the model that the default graph is given."""
        return TowerOptimizer._graph_state().optimizer_was_used

    def get_name(self) -> str:
        """Name of the wrapped optimizer."""
        return self._get_optimizer().get_name()

    def get_slot(self, *args: Any, **kwargs: Any) -> tf.Variable | None:
        """A slot of the wrapped optimizer."""
        return self._get_optimizer().get_slot(*args, **kwargs)

    def get_slot_names(self, *args: Any, **kwargs: Any) -> list[str]:
        """Names of the slots of the wrapped optimizer."""
        return self._get_optimizer().get_slot_names(*args, **kwargs)

    def variables(self, *args: Any, **kwargs: Any) -> list[tf.Variable]:
        """Variables of the wrapped optimizer."""
        return self._get_optimizer().variables(*args, **kwargs)

    def compute_gradients(
        self, loss: tf.Tensor, *args: Any, **kwargs: Any
    ) -> list[tuple[Any, tf.Variable]]:
        """Gradients of the tower's share in the loss, as the wrapped optimizer computes them."""
        state = self._graph_state()
        share = scaled_loss(loss, state.loss_reduction, state.number_of_towers)
        return self._get_optimizer().compute_gradients(share, *args, **kwargs)

    def apply_gradients(
        self,
        grads_and_vars: Iterable[tuple[Any, tf.Variable]],
        global_step: tf.Variable | None = None,
        **kwargs: Any,
    ) -> tf.Operation:
        """In the last tower, applies the gradients of all; before, an op that does nothing."""
        state = self._graph_state()
        if state.number_of_towers == 1:
            return self._get_optimizer().apply_gradients(grads_and_vars, global_step, **kwargs)
        gradients_and_variables = list(grads_and_vars)
        state.add(gradients_and_variables)
        if not state.is_last_tower:
            computed = [gradient for gradient, _ in gradients_and_variables if gradient is not None]
            with tf.control_dependencies(tf.nest.flatten(computed, expand_composites=True)):
                return tf.no_op(name="train_op_placeholder")
        variable_scope, name_scope = state.scopes_of_first_tower
        with tf.compat.v1.variable_scope(variable_scope), tf.compat.v1.name_scope(name_scope):
            with tf.compat.v1.name_scope("gradient_aggregating"):
                added = added_up(state.gradients_of_all_towers())
            return self._get_optimizer().apply_gradients(added, global_step, **kwargs)

    def _get_optimizer(self) -> Any:
        if callable(self._optimizer_or_optimizer_fn):
            self._optimizer_or_optimizer_fn = self._optimizer_or_optimizer_fn()
        self._graph_state().optimizer_was_used = True
        return self._optimizer_or_optimizer_fn

    @staticmethod
    def _graph_state() -> TowerState:
        states = tf.compat.v1.get_collection_ref(TowerOptimizer.COLLECTION_FOR_GRAPH_STATES)
        if not states:
            states.append(TowerState())
        return states[-1]

    @staticmethod
    def _clear_graph_state() -> None:
        graph = tf.compat.v1.get_default_graph()
        graph.clear_collection(TowerOptimizer.COLLECTION_FOR_GRAPH_STATES)


def added_up(
    gradients_and_variables: Iterable[tuple[Any, tf.Variable]],
) -> list[tuple[Any, tf.Variable]]:
    """For each variable the sum of its gradients, on its device."""
    variables, gradients = {}, collections.defaultdict(list)
    for gradient, variable in gradients_and_variables:
        if gradient is not None:
            variables[variable.ref()] = variable
            gradients[variable.ref()].append(gradient)
    return [
        (sum_on_device(gradients[reference], variable.device), variable)
        for reference, variable in variables.items()
    ]


def sum_on_device(values: Sequence[Any], device: str, name: str | None = None) -> Any:
    """The sum of tensors; or IndexedSlices with the rows of all, if all are such."""
    with tf.compat.v1.device(device):
        if all(isinstance(value, tf.IndexedSlices) for value in values):
            rows = tf.concat([value.values for value in values], axis=0)
            indices = tf.concat([value.indices for value in values], axis=0)
            return tf.IndexedSlices(rows, indices, values[0].dense_shape)
        return tf.add_n([tf.convert_to_tensor(value) for value in values], name=name)
