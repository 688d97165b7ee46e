"""Data sets, and the files that they are read from."""

import gzip
import os
import struct
import urllib.error

import numpy as np
import tensorflow as tf

from tests.golden.learn_estimator.models import cases_of

from .programs import answer, text_file


def _table(folder):
    return text_file(folder, "table.csv", ["3,2,first,second", "1,2,7", "3,4,8", "5,6,9"])


def csv_with_header(api, folder):
    path = _table(folder)
    return answer(
        [
            api.base.load_csv_with_header(
                filename=path, target_dtype=np.int32, features_dtype=np.float32
            ),
            api.base.load_csv_with_header(path, np.float64, np.int64, target_column=0),
        ]
    )


def csv_without_header(api, folder):
    path = text_file(folder, "table.csv", ["1,2.5,a", '3,4,"b,c"'])
    return answer(
        [
            api.base.load_csv_without_header(
                filename=path, target_dtype=np.str_, features_dtype=np.float32, target_column=-1
            ),
            api.base.load_csv_without_header(path, np.int32, np.str_, target_column=0),
        ]
    )


def fewer_rows_than_the_header_says(api, folder):
    path = text_file(folder, "table.csv", ["3,1", "1,2"])
    return answer(api.base.load_csv_with_header(path, np.int32, np.int32))


def smaller_csv(api, folder):
    path = text_file(folder, "rows.csv", [str(row) for row in range(7)])
    api.base.shrink_csv(filename=path, ratio=3)
    with open(os.path.join(folder, "rows_small.csv")) as file:
        return file.read().split()


def named_tuples(api, folder):
    rows = api.base.Dataset(data=[1], target=[2])
    parts = api.base.Datasets(train=rows, validation=None, test=rows)
    return [list(rows._fields), list(parts._fields), answer(parts)]


def iris(api, folder):
    return answer([api.datasets.load_iris(), api.datasets.load_dataset("iris")[1]])


def iris_of_a_file(api, folder):
    path = text_file(folder, "iris.csv", ["2,4,a,b", "5.1,3.5,1.4,0.2,0", "4.9,3.0,1.4,0.2,1"])
    return answer(api.base.load_iris(data_path=path))


def boston_of_a_file(api, folder):
    path = text_file(folder, "boston.csv", ["2,2", "0.5,18,24.5", "0.25,9,21.5"])
    return answer([api.base.load_boston(data_path=path), api.datasets.load_boston(path)])


def text_made_up(api, folder):
    found = api.datasets.load_dataset("dbpedia", size="small", test_with_fake_data=True)
    return [
        sorted(found._fields),
        found.validation is None,
        str(found.train.target.dtype),
        found.train.data.ndim,
        found.train.data.dtype.kind,
    ]


def _dbpedia(folder):
    inner = os.path.join(folder, "dbpedia_data", "dbpedia_csv")
    os.makedirs(inner)
    lines = [f'{index % 14 + 1},"T{index}","Text, {index}"' for index in range(1200)]
    text_file(inner, "train.csv", lines)
    text_file(inner, "test.csv", lines[:3])
    os.environ["TF_EXP_BASE_DIR"] = folder


def text_of_files(api, folder):
    _dbpedia(folder)
    try:
        whole = api.text_datasets.load_dbpedia(size="large", test_with_fake_data=False)
        small = api.datasets.load_dataset(name="dbpedia")
        api.text_datasets.maybe_download_dbpedia(os.path.join(folder, "dbpedia_data"))
    finally:
        del os.environ["TF_EXP_BASE_DIR"]
    return answer([small, whole.test, len(whole.train.data)])


def names_of_data_sets(api, folder):
    return [sorted(api.datasets.DATASETS), sorted(api.datasets.SYNTHETIC)]


def circles(api, folder):
    return answer(
        [
            api.synthetic.circles(n_samples=7, seed=3),
            api.synthetic.circles(
                n_samples=11, noise=0.1, seed=4, factor=0.5, n_classes=3, unused=True
            ),
            api.datasets.make_dataset("circles", n_samples=6),
        ]
    )


def spirals(api, folder):
    return answer(
        [
            api.synthetic.spirals(n_samples=9, noise=0.05, seed=3, mode=mode, n_loops=3)
            for mode in ("archimedes", "bernoulli", "fermat")
        ]
        + [
            api.synthetic.spirals(8, seed=1, mode="bernoulli", exp_scale=0.3),
            api.datasets.make_dataset(name="spirals", n_samples=6, noise=0.1, seed=2, n_loops=1),
        ]
    )


def no_seed_keeps_the_random_state(api, folder):
    np.random.seed(11)
    return answer([api.synthetic.circles(6), api.synthetic.spirals(6)])


def _write_images(folder, name, images):
    with gzip.open(os.path.join(folder, name), "wb") as file:
        file.write(struct.pack(">IIII", 2051, *images.shape) + images.tobytes())


def _write_labels(folder, name, labels):
    with gzip.open(os.path.join(folder, name), "wb") as file:
        file.write(struct.pack(">II", 2049, len(labels)) + labels.tobytes())


def _mnist(folder, rows=7):
    images = (np.arange(rows * 6) * 5 % 256).astype(np.uint8).reshape(rows, 2, 3)
    labels = np.arange(rows).astype(np.uint8)
    _write_images(folder, "train-images-idx3-ubyte.gz", images)
    _write_labels(folder, "train-labels-idx1-ubyte.gz", labels)
    _write_images(folder, "t10k-images-idx3-ubyte.gz", images[:2])
    _write_labels(folder, "t10k-labels-idx1-ubyte.gz", labels[:2])
    return folder


def mnist_sets(api, folder):
    found = api.mnist.read_data_sets(train_dir=_mnist(folder), validation_size=2, seed=5)
    return [
        [answer(part.images), answer(part.labels), part.num_examples, part.epochs_completed]
        for part in found
    ]


def mnist_options(api, folder):
    found = api.mnist.read_data_sets(
        _mnist(folder),
        fake_data=False,
        one_hot=True,
        dtype=tf.uint8,
        reshape=False,
        validation_size=0,
        seed=5,
        source_url="",
    )
    return [[answer(part.images), answer(part.labels)] for part in found]


def mnist_of_a_folder(api, folder):
    found = api.mnist.load_mnist(train_dir=_mnist(folder, rows=5002))
    return [part.num_examples for part in found]


def mnist_batches(api, folder):
    train = api.mnist.read_data_sets(_mnist(folder), validation_size=0, seed=5).train
    found = []
    for size in (3, 3, 3, 7, 2):
        images, labels = train.next_batch(size)
        found.append([answer(images), answer(labels), train.epochs_completed])
    return found


def mnist_batches_in_order(api, folder):
    train = api.mnist.read_data_sets(_mnist(folder), validation_size=0, seed=5).train
    return [answer(train.next_batch(batch_size=3, shuffle=False)[1]) for _ in range(4)]


def fake_mnist(api, folder):
    found = api.mnist.read_data_sets(folder, fake_data=True, one_hot=True)
    images, labels = found.train.next_batch(2, fake_data=True)
    one = api.mnist.DataSet([], [], fake_data=True, one_hot=False, dtype=tf.uint8, seed=1)
    return [len(images), images[0], labels, one.num_examples, one.next_batch(2, True)[1]]


def data_set(api, folder):
    images = np.arange(12).astype(np.uint8).reshape(3, 2, 2, 1)
    found = api.mnist.DataSet(
        images=images, labels=np.arange(3), dtype=tf.float32, reshape=False, seed=2
    )
    return answer([found.images, found.next_batch(2)[1], found.labels])


def mnist_files(api, folder):
    _mnist(folder)
    found = []
    with open(os.path.join(folder, "t10k-images-idx3-ubyte.gz"), "rb") as file:
        found.append(answer(api.mnist.extract_images(f=file)))
    for options in ({}, {"one_hot": True}, {"one_hot": True, "num_classes": 3}):
        with open(os.path.join(folder, "t10k-labels-idx1-ubyte.gz"), "rb") as file:
            found.append(answer(api.mnist.extract_labels(f=file, **options)))
    found.append(
        answer(api.mnist.dense_to_one_hot(labels_dense=np.array([[2], [0]]), num_classes=3))
    )
    return found + [api.mnist.DEFAULT_SOURCE_URL]


def download(api, folder):
    source = text_file(folder, "source.txt", ["content"])
    target = os.path.join(folder, "work", "deep")
    found = []
    for url in ("file://" + source, "file:///there/is/none"):  # The second time it is there.
        path = api.base.maybe_download(filename="copy.txt", work_directory=target, source_url=url)
        with open(path) as file:
            found.append([os.path.relpath(path, folder), file.read()])
    return found


def download_that_fails(api, folder):
    try:
        api.base.maybe_download("copy.txt", folder, "file:///there/is/none")
    except urllib.error.URLError:
        return os.listdir(folder)


def url(api, folder):
    source = "file://" + text_file(folder, "source.txt", ["content"])
    target = os.path.join(folder, "copy.txt")
    path, _ = api.base.urlretrieve_with_retry(url=source, filename=target)
    return os.path.basename(path)


def retries(api, folder):
    found = []

    def calls(failures, **options):
        count = [0]

        @api.base.retry(**options)
        def function(result):
            count[0] += 1
            if count[0] <= failures:
                raise OSError(count[0])
            return result

        try:
            found.append([function("done"), count[0]])
        except OSError:
            found.append(["failed", count[0]])

    calls(2, initial_delay=1.0, max_delay=4.0)
    calls(9, initial_delay=1.0, max_delay=4.0)
    calls(9, initial_delay=1.0, max_delay=4.0, factor=3.0)
    calls(2, initial_delay=0.01, max_delay=0.1, jitter=0.5, is_retriable=lambda error: True)
    calls(2, initial_delay=1.0, max_delay=4.0, is_retriable=lambda error: False)
    return found


CASES = cases_of(globals())
