"""What the hook that saves an Estimator's checkpoints writes beside them."""

import tensorflow as tf
from google.protobuf import text_format

from tests.estimator.counting_model import estimator, numbers

v1 = tf.compat.v1


def nodes_of(folder):
    """Name, operation, inputs and shapes of each node in graph.pbtxt."""
    graph = v1.GraphDef()
    text_format.Parse((folder / "graph.pbtxt").read_text(), graph)
    return [
        (node.name, node.op, list(node.input), str(node.attr["_output_shapes"]))
        for node in graph.node
    ]


def meta_graphs_in(folder):
    """Names of the files with meta graphs."""
    return sorted(path.name for path in folder.glob("*.meta"))


def test_the_graph_is_the_one_that_tensorflow_s_hook_writes(tmp_path):
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    estimator(ours, save_checkpoints_steps=2).train(numbers, steps=3)
    hook = v1.train.CheckpointSaverHook(str(theirs), save_steps=2)
    estimator(theirs).train(numbers, [hook], steps=3)
    assert nodes_of(ours) == nodes_of(theirs)
    assert meta_graphs_in(ours) == meta_graphs_in(theirs)
    assert len(meta_graphs_in(ours)) == 3
    assert not list(ours.glob("*.tmp*"))


def test_no_graph_is_written_if_the_config_says_so(tmp_path):
    model = estimator(tmp_path, save_checkpoints_steps=2, checkpoint_save_graph_def=False)
    model.train(numbers, steps=3)
    assert not (tmp_path / "graph.pbtxt").exists()
    assert not meta_graphs_in(tmp_path)
