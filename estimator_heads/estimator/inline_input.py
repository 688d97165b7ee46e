"""Whether a step may run in the calling thread, and how it then gets its input there too.

`IteratorGetNext` has another thread wait for the dataset. To wake that one, and to be woken by it,
takes as long as a small model. Its twin `IteratorGetNextSync` waits in the thread it is called in.
That must not be one of a session's few; a step in the calling thread uses none of them.
"""

import tensorflow as tf

from estimator_heads import _tensorflow

_ITERATORS = ("IteratorV2", "OneShotIterator")
# Where Python runs in the calling thread, an interrupt (Ctrl-C) would become an op's error.
_PYTHON = ("PyFunc", "PyFuncStateless", "EagerPyFunc")
# A dataset may read a queue that is filled by the rest of the step, which would wait for it.
_DEQUEUING = ("QueueDequeueV2", "QueueDequeueManyV2", "QueueDequeueUpToV2")


class InlineInput:
    """The twins of the operations of a graph that get input.

    Args:
        graph: The `tf.Graph`, not finalized yet. Twins are added to it; so far, nothing runs them.
    """

    def __init__(self, graph):
        self._graph = graph
        operations = [op for op in graph.get_operations() if _can_have_twin(op)]
        with graph.as_default(), tf.control_dependencies(None):
            self._twins = {operation: _twin(operation) for operation in operations}

    def replacements(self, fetches, targets):
        """The tensors that a step has to replace to get its input in the calling thread.

        Args:
            fetches: List of names of tensors.
            targets: List of operations.

        Returns:
            A dict from the name of each tensor to the name of the one that takes its place; None if
            the step must not run in the calling thread.
        """
        fetched = [self._graph.as_graph_element(name).op for name in fetches]
        step = _with_ancestors([*fetched, *targets])
        inside = _tensorflow.operation_types_in_functions(self._graph)
        if inside is None or not inside.isdisjoint(_PYTHON + _DEQUEUING):
            return None
        if any(operation.type in _PYTHON for operation in step):
            return None
        # A control dependency would still run the operation itself, and lose what it gets.
        waited_for = {before for operation in step for before in operation.control_inputs}
        return {
            tensor.name: replacement.name
            for operation, replacements in self._twins.items()
            if operation in step and operation not in waited_for
            for tensor, replacement in zip(operation.outputs, replacements, strict=True)
        }


def _can_have_twin(operation):
    """Whether the operation gets input from an iterator, in no loop and no condition."""
    if operation.type != "IteratorGetNext" or operation.control_inputs:
        return False
    iterator = operation.inputs[0].op
    return iterator.type in _ITERATORS and not iterator.control_inputs


def _twin(operation):
    with tf.device(operation.device):
        return tf.raw_ops.IteratorGetNextSync(
            iterator=operation.inputs[0],
            output_types=[tensor.dtype for tensor in operation.outputs],
            output_shapes=[tensor.shape for tensor in operation.outputs],
            name=f"{operation.name}/inline",
        )


def _with_ancestors(operations):
    """The operations, and all that run before them."""
    found, to_do = set(operations), list(operations)
    while to_do:
        operation = to_do.pop()
        for before in [*(tensor.op for tensor in operation.inputs), *operation.control_inputs]:
            if before not in found:
                found.add(before)
                to_do.append(before)
    return found
