"""`inspect_checkpoint` of `tf.contrib.learn.utils`: prints what a checkpoint holds."""

from __future__ import annotations

import tensorflow as tf

from estimator_heads.types import Path


def print_tensors_in_checkpoint_file(file_name: Path, tensor_name: str | None) -> None:
    """Prints the names and shapes of the variables of a checkpoint, or the value of one.

    An error is printed, not raised.

    Args:
        file_name: Path of the checkpoint, or of its folder.
        tensor_name: Name of the variable; "" or None: all names.
    """
    try:
        if tensor_name:
            print("tensor_name: ", tensor_name)
            print(tf.train.load_variable(file_name, tensor_name))
        else:
            for name, shape in tf.train.list_variables(file_name):
                print(f"{name}\t{shape}")
    except Exception as error:
        print(error)
        if "corrupted compressed block contents" in str(error):
            print("Checkpoints that are compressed with Snappy cannot be read.")
