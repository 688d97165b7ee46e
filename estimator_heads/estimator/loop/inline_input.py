"""Whether a step may run in the calling thread, and how it then gets its input there too.

`IteratorGetNext` has another thread wait for the dataset. To wake that one, and to be woken by it,
takes as long as a small model. `IteratorGetNextSync`, by which it is replaced here, waits in the
thread it is called in. That must not be one of a session's few; a step in the calling thread uses
none of them.

TensorFlow may still run the operation that is replaced, if others have a control dependency on it
or on what the optimizer of graphs reduces to it. It must not take an element of the input then, and
so gets its elements from an iterator over empty tensors.
"""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow as tf

from estimator_heads._tensorflow import graphs

_ITERATORS = ("IteratorV2", "OneShotIterator")
# Where Python runs in the calling thread, an interrupt (Ctrl-C) would become an op's error.
_PYTHON = ("PyFunc", "PyFuncStateless", "EagerPyFunc")
# Parts of the names of operations that wait, for what another operation has to give them.
_WAITING = ("Dequeue", "Unstage", "TakeMany", "ReaderRead", "Recv")


class InlineInput:
    """Replacements for the operations of a graph that get input.

    Args:
        graph: The `tf.Graph`, not finalized yet. Replacements are added to it, which nothing runs
            so far.
    """

    def __init__(self, graph: tf.Graph) -> None:
        self._graph = graph
        operations = [op for op in graph.get_operations() if _is_replaceable(op)]
        with graph.as_default(), tf.control_dependencies(None):
            self._replacements = {operation: _SyncGetNext(operation) for operation in operations}

    def initialize(self, session: tf.compat.v1.Session) -> None:
        """Prepares a session for the replacements; again does no harm."""
        session.run([replacement.initializer for replacement in self._replacements.values()])

    def replacements(
        self, fetches: Sequence[str], targets: Sequence[tf.Operation]
    ) -> dict[str, str] | None:
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
        types = [operation.type for operation in step]
        inside = graphs.operation_types_in_functions(self._graph)
        if inside is None or not inside.isdisjoint(_PYTHON) or not set(types).isdisjoint(_PYTHON):
            return None
        # A dataset that waits for the rest of the step, or for another input, would do so for ever
        # where it holds the calling thread.
        if any(map(_waits, inside)) or sum(_waits(kind) or "GetNext" in kind for kind in types) > 1:
            return {}
        return {
            name: other
            for operation, replacement in self._replacements.items()
            if operation in step
            for name, other in replacement.tensors.items()
        }


def _waits(operation_type):
    return any(part in operation_type for part in _WAITING)


def _is_replaceable(operation):
    """Whether the operation gets input from an iterator, in no loop and no condition."""
    if operation.type != "IteratorGetNext" or operation.control_inputs:
        return False
    if not graphs.can_replace_inputs():
        return False
    iterator = operation.inputs[0].op
    if iterator.type not in _ITERATORS or iterator.control_inputs:
        return False
    types = [tensor.dtype for tensor in operation.outputs]
    return not any(dtype in (tf.variant, tf.resource) or dtype.is_quantized for dtype in types)


class _SyncGetNext:
    """What gets the same input as an operation, in the calling thread.

    Args:
        operation: The operation.

    Attributes:
        initializer: Operation that has to be run in a new session.
        tensors: Dict from the name of each tensor to the name of the one that takes its place.
    """

    def __init__(self, operation: tf.Operation) -> None:
        iterator = operation.inputs[0]
        types = [tensor.dtype for tensor in operation.outputs]
        shapes = [tensor.shape for tensor in operation.outputs]
        with tf.device(operation.device), tf.name_scope(f"{operation.name}/inline/"):
            outputs = tf.raw_ops.IteratorGetNextSync(
                iterator=iterator, output_types=types, output_shapes=shapes
            )
            empty_dataset = tf.data.Dataset.from_tensors(tuple(map(_empty, types, shapes))).repeat()
            empty_iterator = tf.raw_ops.IteratorV2(
                shared_name="", container="", output_types=types, output_shapes=shapes
            )
            self.initializer = tf.raw_ops.MakeIterator(
                dataset=tf.data.experimental.to_variant(empty_dataset), iterator=empty_iterator
            )
            # Unlike an identity, the optimizer of graphs does not look through it.
            replaceable = tf.compat.v1.placeholder_with_default(iterator, [])
        graphs.replace_input(operation, 0, replaceable)
        self.tensors = {replaceable.name: empty_iterator.name}
        for tensor, replacement in zip(operation.outputs, outputs, strict=True):
            self.tensors[tensor.name] = replacement.name


def _empty(dtype, shape):
    """A tensor of this type with as few elements as the shape allows."""
    return tf.zeros([size or 0 for size in shape.as_list()] if shape.rank else [], dtype)


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
