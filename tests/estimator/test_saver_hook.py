"""What the hook that saves an Estimator's checkpoints writes beside them."""

import pytest
import tensorflow as tf
from google.protobuf import text_format

from estimator_heads._tensorflow import saver_hook
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


def definitions_in(path):
    """The graphs in a file of events, and the one in a meta graph there."""
    for event in v1.train.summary_iterator(str(path)):
        if event.HasField("graph_def"):
            yield v1.GraphDef.FromString(event.graph_def)
        if event.HasField("meta_graph_def"):
            yield v1.MetaGraphDef.FromString(event.meta_graph_def).graph_def


def test_each_place_has_the_same_graph(tmp_path):
    """The definition of the graph is made once for all of them; a listener may change its own."""

    class Listener(v1.train.CheckpointSaverListener):
        def before_save(self, session, global_step_value):
            definition = session.graph.as_graph_def(add_shapes=True)
            self.found = [node.name for node in definition.node]
            definition.node[0].name = "changed"

    listener = Listener()
    model = estimator(tmp_path, save_checkpoints_steps=2)
    model.train(numbers, steps=1, saving_listeners=[listener])
    (events,) = tmp_path.glob("events*")
    # Others are written before the graph is finished.
    *_, in_events, in_meta_graph_of_events = definitions_in(events)
    meta_graph = v1.MetaGraphDef.FromString((tmp_path / "model.ckpt-0.meta").read_bytes())
    for definition in (in_events, in_meta_graph_of_events, meta_graph.graph_def):
        assert [node.name for node in definition.node] == listener.found
    assert [name for name, *_ in nodes_of(tmp_path)] == listener.found


@pytest.mark.parametrize("most_bytes_kept", [2**24, 0])
def test_each_checkpoint_has_the_graph_at_that_time(tmp_path, monkeypatch, most_bytes_kept):
    """The definition of a small graph is kept, but not used for a graph that has changed."""
    monkeypatch.setattr(saver_hook, "_MOST_BYTES_KEPT", most_bytes_kept)

    class Listener(v1.train.CheckpointSaverListener):
        def after_save(self, session, global_step_value):
            if global_step_value == 2:
                session.graph._unsafe_unfinalize()
                with session.graph.as_default():
                    tf.constant(1.0, name="added")
                session.graph.finalize()

    model = estimator(tmp_path, save_checkpoints_steps=1)
    model.train(numbers, steps=4, saving_listeners=[Listener()])
    named = {}
    for step in range(5):
        meta_graph = v1.MetaGraphDef.FromString((tmp_path / f"model.ckpt-{step}.meta").read_bytes())
        named[step] = [node.name for node in meta_graph.graph_def.node]
        assert "_output_shapes" in meta_graph.graph_def.node[0].attr
    assert named[0] == named[1] == named[2] == [name for name, *_ in nodes_of(tmp_path)]
    assert named[3] == named[4] == [*named[0], "added"]


def test_a_hook_saves_the_graphs_of_several_trainings(tmp_path):
    hook = saver_hook.SaverHook(str(tmp_path), save_steps=1)
    for name in ("first", "second"):
        with tf.Graph().as_default():
            step = v1.train.create_global_step()
            v1.add_to_collection(v1.GraphKeys.SAVERS, v1.train.Saver())
            tf.constant(1.0, name=name)
            train_op = v1.assign_add(step, 1)
            with v1.train.MonitoredSession(hooks=[hook]) as session:
                session.run(train_op)
        meta_graph = v1.MetaGraphDef.FromString((tmp_path / "model.ckpt-1.meta").read_bytes())
        assert name in [node.name for node in meta_graph.graph_def.node]


def test_no_graph_is_written_if_the_config_says_so(tmp_path):
    model = estimator(tmp_path, save_checkpoints_steps=2, checkpoint_save_graph_def=False)
    model.train(numbers, steps=3)
    assert not (tmp_path / "graph.pbtxt").exists()
    assert not meta_graphs_in(tmp_path)
