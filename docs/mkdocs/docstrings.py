"""Extensions of griffe, which reads the docstrings for the API reference."""

import re

import griffe

# Lines from one that begins with >>> to the next empty one.
_EXAMPLE = re.compile(r"^(?P<indent> *)>>> .*(?:\n.*\S.*)*", re.MULTILINE)


class Examples(griffe.Extension):
    """Puts examples in fences: in Markdown >>> is a quotation of a quotation of a quotation."""

    def on_object(self, *, obj, **_):
        if not obj.is_alias and obj.docstring:
            obj.docstring.value = _EXAMPLE.sub(_fenced, obj.docstring.value)


def _fenced(example):
    indent = example["indent"]
    return f"{indent}```pycon\n{example.group()}\n{indent}```"


class ArgumentsOfNew(griffe.Extension):
    """Shows the arguments of `__new__` where a class has no `__init__`, which griffe asks."""

    def on_class_members(self, *, cls, **_):
        new = cls.members.get("__new__")
        if new is None or "__init__" in cls.members:
            return
        init = griffe.Function(
            "__init__", parameters=new.parameters, lineno=new.lineno, endlineno=new.endlineno
        )
        cls.set_member("__init__", init)
