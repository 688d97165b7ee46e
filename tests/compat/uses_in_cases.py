"""Which names the cases of a golden subject use, and with which arguments."""

import ast
from pathlib import Path


def uses_in_cases(subject):
    """The attributes that the cases use.

    Args:
        subject: The package of the subject.

    Returns:
        {name: set of the arguments that it is given by keyword in any of the cases}. Where a case
        hands on `**options`, all keywords of its file are among them.
    """
    uses = {}
    for path in Path(subject.__file__).parent.glob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text())))
        calls = [node for node in nodes if isinstance(node, ast.Call)]
        everything = {keyword.arg for call in calls for keyword in call.keywords}
        for node in nodes:
            if isinstance(node, ast.Attribute):
                uses.setdefault(node.attr, set())
        for call in calls:
            if isinstance(call.func, ast.Attribute):
                given = {keyword.arg for keyword in call.keywords}
                uses[call.func.attr] |= everything if None in given else given
    return uses
