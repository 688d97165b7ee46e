"""What the cases of `tf.contrib.data` have in common."""

import os

import tensorflow as tf

from tests.golden.learn_inputs.programs import answer, v1


def elements(make, limit=20):
    """The elements of the dataset that `make` returns, in a session, until they end."""
    found = []
    with tf.Graph().as_default():
        iterator = v1.data.make_initializable_iterator(make())
        tensors = iterator.get_next()
        with v1.Session() as session:
            session.run([iterator.initializer, v1.tables_initializer()])
            while len(found) < limit:
                try:
                    found.append(answer(session.run(tensors)))
                except tf.errors.OutOfRangeError:
                    break
    return found


def value(make):
    """The value of the tensors that `make` returns."""
    with tf.Graph().as_default():
        tensors = make()
        with v1.Session() as session:
            return answer(session.run(tensors))


def shapes(make):
    """The static shapes of the elements of the dataset that `make` returns."""
    with tf.Graph().as_default():
        found = tf.nest.flatten(v1.data.get_output_shapes(make()))
        return [None if shape.ndims is None else shape.as_list() for shape in found]


def dataset(*components):
    """A dataset of slices."""
    return v1.data.Dataset.from_tensor_slices(components if len(components) > 1 else components[0])


def sequences(lengths=(1, 3, 2)):
    """A dataset of vectors: [0], [0, 1, 2], ..."""
    return v1.data.Dataset.from_tensor_slices(list(lengths)).map(tf.range)


def table(folder):
    """Writes a CSV file of three columns, and returns its path."""
    path = os.path.join(folder, "table.csv")
    with open(path, "w") as file:
        file.write("a,b,label\n1,x,0\n2,,1\n3,z,0\n4,x,1\n5,y,0\n")
    return path
