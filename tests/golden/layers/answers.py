"""All cases, and the answers of one `tf.contrib` to them."""

import json
import types

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
        find: function from the dotted path of a module below `tensorflow.contrib` to the module.
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


def cases(kind):
    """The ids of the cases of one kind."""
    return [f"{kind}/{name}" for name in KINDS[kind][0]]


def cases_of(kind, package):
    """The ids of those cases whose names begin with the name of a package."""
    return [case for case in cases(kind) if case.startswith(f"{kind}/{package}/")]


def answer(case_id, contrib):
    """What is answered to one case, as JSON has it."""
    kind, _, name = case_id.partition("/")
    known, ask = KINDS[kind]
    return json.loads(json.dumps(runner.attempt(ask, known[name], contrib)))


def answers(contrib):
    """Pairs of a case's id and the answer."""
    for kind in KINDS:
        for case_id in cases(kind):
            yield case_id, answer(case_id, contrib)
