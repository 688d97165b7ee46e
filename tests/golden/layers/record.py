"""Records what `tf.contrib` of TF 1.15 answers to every case: see README.md beside this file."""

import argparse
import importlib
import inspect
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import tensorflow as tf  # noqa: E402

from tests.golden.layers.answers import answers, contrib_of  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", required=True, help="the JSON file to write")
    path = parser.parse_args().output
    tf.compat.v1.logging.set_verbosity("ERROR")
    lines = [
        json.dumps(case) + ": " + json.dumps(answer, sort_keys=True)
        for case, answer in answers(contrib_of(_module))
    ]
    lines.append('"signatures": ' + json.dumps(signatures(), sort_keys=True))
    with open(path, "w") as file:
        file.write("{\n" + ",\n".join(lines) + "\n}\n")


def signatures():
    """From each package to its functions and classes, and from these to their arguments."""
    found = {}
    for package in ("framework", "layers", "lookup", "metrics", "training"):
        for name, value in vars(_module(package)).items():
            if callable(value) and not name.startswith("_"):
                arguments = list(inspect.signature(value).parameters)
                found.setdefault(package, {})[name] = arguments
    return found


def _module(path):
    return importlib.import_module("tensorflow.contrib." + path)


if __name__ == "__main__":
    main()
