"""Extensions of griffe, which reads the docstrings for the API reference."""

import re

import griffe

# Lines from one that begins with >>> to the next empty one.
_EXAMPLE = re.compile(r"^(?P<indent> *)>>> .*(?:\n.*\S.*)*", re.MULTILINE)
# What is returned is a sentence, in which a colon ends no type.
_RETURNS = re.compile(r"^(?P<section>Returns|Yields):\n {4}(?=\S)", re.MULTILINE)
# Code, which is left alone; or what Markdown takes for a tag of HTML, such as <name>.
_CODE_OR_TAG = re.compile(r"^ *```.*?```$|`[^`\n]+`|<(?=[a-zA-Z])", re.MULTILINE | re.DOTALL)


class PlainText(griffe.Extension):
    """Makes Markdown of docstrings, which are plain text with examples."""

    def on_object(self, *, obj, **_):
        if not obj.is_alias and obj.docstring:
            with_fences = _EXAMPLE.sub(_fenced, obj.docstring.value)
            as_list = _RETURNS.sub(r"**\g<section>:**\n\n-   ", with_fences)
            obj.docstring.value = _CODE_OR_TAG.sub(_escaped, as_list)


def _fenced(example):
    # Without a fence, >>> is a quotation of a quotation of a quotation.
    indent = example["indent"]
    return f"{indent}```pycon\n{example.group()}\n{indent}```"


def _escaped(match):
    return "&lt;" if match.group() == "<" else match.group()


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
