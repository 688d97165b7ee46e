"""What is in `tf.contrib.layers` beside columns, and in its neighbours: framework, metrics, ..."""

import importlib
import inspect
import types

from tests.golden.errors import attempt
from tests.golden.recording import BY_LINE
from tests.golden.subject import Subject

from . import cases_contrib, cases_hparams, cases_layers, cases_optimize_loss, runner

# From the kind of a case to its cases, and what asks one of `tf.contrib`.
KINDS = {
    "layers": (cases_layers.LAYERS, runner.ask_layer),
    "bad": (cases_layers.BAD, runner.ask_error),
    "optimize_loss": (
        cases_optimize_loss.CASES,
        lambda case, contrib: cases_optimize_loss.ask(
            case, contrib, runner.summary_values, runner.unoptimized()
        ),
    ),
    "contrib": (cases_contrib.CASES, runner.ask_values),
    "hparams": (cases_hparams.CASES, lambda case, contrib: case(contrib.training)),
}


def contrib_of(find):
    """The `tf.contrib` that is asked.

    Args:
        find: Function from the dotted path of a module below `tensorflow.contrib` to the module.
    """
    return types.SimpleNamespace(
        framework=find("framework"),
        metrics=find("metrics"),
        lookup=find("lookup"),
        layers=find("layers"),
        layers_optimizers=find("layers.python.layers.optimizers"),
        layers_summaries=find("layers.python.layers.summaries"),
        layers_utils=find("layers.python.layers.utils"),
        training=find("training"),
    )


def case_ids(kind, package=None):
    """The ids of the cases of one kind; if a package is given, of those that are about it."""
    beginning = f"{kind}/{package}/" if package else kind + "/"
    ids = (f"{kind}/{name}" for name in KINDS[kind][0])
    return [case_id for case_id in ids if case_id.startswith(beginning)]


def signatures(contrib):
    """From each package to its functions and classes, and from these to their arguments."""
    found = {}
    for package in ("framework", "layers", "lookup", "metrics", "training"):
        for name, value in vars(getattr(contrib, package)).items():
            if callable(value) and not name.startswith("_"):
                arguments = list(inspect.signature(value).parameters)
                found.setdefault(package, {})[name] = arguments
    return found


def ask(case_id, contrib):
    if case_id == "signatures":
        return signatures(contrib)
    kind, _, name = case_id.partition("/")
    cases, ask_one = KINDS[kind]
    return attempt(ask_one, cases[name], contrib)


SUBJECT = Subject(
    name="layers",
    cases={
        case_id: case_id
        for case_id in [*(id_ for kind in KINDS for id_ in case_ids(kind)), "signatures"]
    },
    ask=ask,
    original=lambda: contrib_of(lambda path: importlib.import_module("tensorflow.contrib." + path)),
    releases=("1.15",),
    form=BY_LINE,
)
