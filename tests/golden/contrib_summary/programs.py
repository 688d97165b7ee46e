"""Programs that write summaries with `tf.contrib.summary`, in graphs."""

import os

import tensorflow as tf

from tests.golden.learn_estimator.models import cases_of

v1 = tf.compat.v1


def _events(folder):
    """[step, tag, value] of the summaries in the event files of a folder, and [step, kind]."""
    found = []
    for name in sorted(os.listdir(folder)):
        for event in v1.train.summary_iterator(os.path.join(folder, name)):
            kind = event.WhichOneof("what")
            if kind != "summary":
                found.append([event.step, kind])
            for value in event.summary.value:
                what = value.WhichOneof("value")
                number = value.simple_value if what == "simple_value" else what
                found.append([event.step, value.tag, number])
    return sorted(found, key=str)  # Summaries of one step are in no fixed order.


def _written(api, folder, make, steps=3, writer=None, condition=None):
    """The events of a loop over steps, which runs what `make` adds to the graph."""
    with tf.Graph().as_default():
        step = v1.train.get_or_create_global_step()
        with (writer or api.create_file_writer)(folder).as_default():
            with (condition or api.always_record_summaries)():
                make(step)
            with v1.Session() as session:
                session.run(v1.global_variables_initializer())
                api.initialize(session=session)
                advance = v1.assign_add(step, 1)
                for _ in range(steps):
                    session.run(api.all_summary_ops())
                    session.run(advance)
                session.run(api.flush())
    return _events(folder)


def scalars(api, folder):
    def make(step):
        api.scalar(name="loss", tensor=2.5 * tf.cast(step, tf.float32))
        api.scalar("count", tf.constant(3), family="family", step=step * 10)

    return _written(api, folder, make)


def scalars_now_and_then(api, folder):
    return [
        _written(
            api,
            os.path.join(folder, name),
            lambda step: api.scalar("loss", 1.0),
            condition=condition,
            steps=5,
        )
        for name, condition in (
            ("never", api.never_record_summaries),
            ("some", lambda: api.record_summaries_every_n_global_steps(2)),
            (
                "given",
                lambda: api.record_summaries_every_n_global_steps(
                    n=3, global_step=v1.train.get_global_step() + 1
                ),
            ),
        )
    ]


def other_summaries(api, folder):
    def make(step):
        api.histogram(name="histogram", tensor=tf.constant([1.0, 2.0]), family=None, step=step)
        api.image(
            name="image",
            tensor=tf.zeros([2, 2, 2, 3]),
            bad_color=tf.constant([255, 0, 0, 255], tf.uint8),
            max_images=1,
            family=None,
            step=step,
        )
        api.audio(
            name="audio",
            tensor=tf.zeros([1, 10, 1]),
            sample_rate=100.0,
            max_outputs=1,
            family=None,
            step=step,
        )
        api.generic(
            name="generic", tensor=tf.constant(["text"]), metadata=None, family=None, step=step
        )

    return _written(api, folder, make, steps=1)


def imported_events(api, folder):
    def make(step):
        summary = v1.Summary(value=[v1.Summary.Value(tag="imported", simple_value=4.0)])
        event = v1.Event(step=7, summary=summary)
        api.import_event(tensor=tf.constant(event.SerializeToString()), name="imported")

    return _written(api, folder, make, steps=1)


def graphs(api, folder):
    with tf.Graph().as_default() as graph:
        v1.train.get_or_create_global_step()
        with api.create_file_writer(folder).as_default(), v1.Session() as session:
            session.run(v1.global_variables_initializer())
            api.initialize(graph=graph, session=session)
            serialized = tf.constant(graph.as_graph_def().SerializeToString())
            session.run(api.graph(param=serialized, step=3, name="graph"))
            session.run(api.flush())
    return _events(folder)


def options_of_writers(api, folder):
    def writer(path):
        return api.create_file_writer(
            logdir=path, max_queue=1, flush_millis=1000, filename_suffix=".end", name="writer"
        )

    return [
        _written(api, folder, lambda step: api.scalar("a", 1.0), writer=writer),
        [name.endswith(".end") for name in os.listdir(folder)],
    ]


def other_writers(api, folder):
    found = []
    for name, writer in (
        ("same", api.create_summary_file_writer),
        ("eval", lambda path: api.create_file_writer(path)),
    ):
        path = os.path.join(folder, name)
        found.append(_written(api, path, lambda step: api.scalar("a", 1.0), 1, writer))
    return found + [os.path.relpath(api.eval_dir(model_dir=folder, name="test"), folder)]


def without_a_writer(api, folder):
    with tf.Graph().as_default(), v1.Session() as session:
        v1.train.get_or_create_global_step()
        with api.always_record_summaries():
            nothing = api.scalar("a", 1.0)
        return [
            session.run(nothing) is None,
            len(api.all_summary_ops()),
            len(api.summary_writer_initializer_op()),
            bool(session.run(tf.convert_to_tensor(api.should_record_summaries()))),
        ]


def conditions(api, folder):
    found = []
    with tf.Graph().as_default(), v1.Session() as session:
        with api.create_file_writer(folder).as_default() as writer:
            found.append(isinstance(writer, api.SummaryWriter))
            for condition in (api.always_record_summaries, api.never_record_summaries):
                with condition():
                    recorded = tf.convert_to_tensor(api.should_record_summaries())
                    found.append(bool(session.run(recorded)))
            found.append(bool(session.run(tf.convert_to_tensor(api.should_record_summaries()))))
            found.append(len(api.summary_writer_initializer_op()))
    return found


CASES = cases_of(globals())
