"""Modules from which tf.contrib took names."""

import types


def contrib_parts():
    """The modules from which tf.contrib re-exported what has no public name now."""
    from tensorflow.python.framework import ops, smart_cond, tensor_spec
    from tensorflow.python.ops import confusion_matrix, lookup_ops
    from tensorflow.python.util import deprecation, nest

    return types.SimpleNamespace(
        confusion_matrix=confusion_matrix,
        deprecation=deprecation,
        lookup_ops=lookup_ops,
        nest=nest,
        ops=ops,
        smart_cond=smart_cond,
        tensor_spec=tensor_spec,
    )
