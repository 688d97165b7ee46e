"""Rewrites a source: other names for some of its names, and all else as it stands."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence

import libcst
from libcst.metadata import MetadataWrapper, PositionProvider

from estimator_heads.migration.names_used import Use
from estimator_heads.migration.serving import served_name
from estimator_heads.migration.sources import tree_of


def rewrite(
    source: bytes,
    uses: Sequence[Use],
    sees_tf1: bool,
    is_exported: Callable[[str], bool] = lambda name: False,
) -> bytes:
    """Replaces legacy names by what serves them.

    Args:
        source: The bytes of a module.
        uses: The `Use`s of served names in it.
        sees_tf1: Whether `tensorflow` is TF1's API in it.
        is_exported: A function that tells of a variable whether other modules take it from here.

    Returns:
        The bytes of the module that means the same.
    """
    module = libcst.parse_module(source)
    rewriter = _Rewriter(uses, sees_tf1, tree_of(module.code))
    module = MetadataWrapper(module, unsafe_skip_copy=True).visit(rewriter)
    missing = sorted(rewriter.needed - _imports(tree_of(module.code)), key=_order)
    if missing:
        module = _with_imports(module, missing)
    modules = {name for name in rewriter.modules if not is_exported(name)}
    if unused := _unused(modules, module.code):
        module = _without_imports(module, unused)
    return module.bytes


class _Rewriter(libcst.CSTTransformer):
    """Replaces chains of attributes, and imports of names.

    Attributes:
        needed: The import statements that the replacements need.
        modules: The variables that stood for legacy modules in chains that were replaced.
    """

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, uses: Sequence[Use], sees_tf1: bool, tree: ast.Module) -> None:
        super().__init__()
        self.needed: set[str] = set()
        self.modules: set[str] = set()
        self._sees_tf1 = sees_tf1
        self._chains = {
            (use.line, use.column, use.end_line, use.end_column): use
            for use in uses
            if use.form == "attribute" and not use.guarded and use.line == use.end_line
        }
        self._taken = _names(tree)
        self._variables: dict[str, str] = {}  # of modules
        self._guarded = {use.line for use in uses if use.form == "import" and use.guarded}

    def leave_Attribute(
        self, original_node: libcst.Attribute, updated_node: libcst.Attribute
    ) -> libcst.BaseExpression:
        use = self._chains.get(self._place(original_node))
        found = served_name(use.path, self._sees_tf1) if use else None
        if not use or not found or not found.target:
            return updated_node
        kept: list[libcst.Attribute] = []
        node: libcst.BaseExpression = updated_node
        for _ in range(use.path.count(".") - found.path.count(".")):
            if not isinstance(node, libcst.Attribute):
                return updated_node
            kept.insert(0, node)
            node = node.value
        root = _root(node)
        if root is None:
            return updated_node
        if use.imported != "tensorflow":
            self.modules.add(root)
        new = self._chain(found.target, root if use.imported == "tensorflow" else None)
        new = new.with_changes(lpar=node.lpar, rpar=node.rpar)
        for attribute in kept:
            new = attribute.with_changes(value=new)
        return new

    def _chain(self, target, tensorflow):
        """The expression for a target; `tensorflow` is a variable that stands for that, or None."""
        module, name = target
        if module.startswith("tensorflow.") and tensorflow:
            variable = f"{tensorflow}.{module.partition('.')[2]}"
        else:
            if module not in self._variables:
                self._variables[module] = self._variable(module)
            variable = self._variables[module]
        return libcst.parse_expression(f"{variable}.{name}")

    def _variable(self, module):
        """What the file calls a module: by its last name if it is a deep one, and that is free."""
        above, _, last = module.rpartition(".")
        statement = f"from {above} import {last}"
        is_free = last not in self._taken or statement in self._taken
        if module.count(".") < 2 or not is_free:
            self.needed.add(f"import {module}")
            return module
        self.needed.add(statement)
        self._taken.add(last)
        return last

    def leave_SimpleStatementLine(
        self, original_node: libcst.SimpleStatementLine, updated_node: libcst.SimpleStatementLine
    ) -> libcst.SimpleStatementLine | libcst.FlattenSentinel[libcst.SimpleStatementLine]:
        statement = updated_node.body[0]
        if not isinstance(statement, libcst.ImportFrom) or len(updated_node.body) > 1:
            return updated_node
        if statement.relative or self._place(original_node)[0] in self._guarded:
            return updated_node
        if isinstance(statement.names, libcst.ImportStar):
            return updated_node
        path = _dotted(statement.module)
        targets = [self._target(f"{path}.{alias.evaluated_name}") for alias in statement.names]
        if not any(targets):
            return updated_node
        modules = {target and target[0] for target in targets}
        names = [target and target[1] for target in targets]
        same_names = names == [alias.evaluated_name for alias in statement.names]
        if len(modules) == 1 and same_names:
            new = statement.with_changes(module=libcst.parse_expression(modules.pop()))
            return updated_node.with_changes(body=[new])
        if "#" in libcst.Module([]).code_for_node(statement):
            return updated_node  # There is no place for the comment.
        return _split(updated_node, statement, targets)

    def _target(self, path):
        found = served_name(path, self._sees_tf1)
        return found.target if found and found.path == path else None

    def _place(self, node):
        place = self.get_metadata(PositionProvider, node)
        return place.start.line, place.start.column, place.end.line, place.end.column


def _split(line, statement, targets):
    """An import of names from several modules, as a statement for each module."""
    groups: dict[str, list[str]] = {}
    for alias, target in zip(statement.names, targets, strict=True):
        module, name = target or (_dotted(statement.module), alias.evaluated_name)
        bound = alias.evaluated_alias or alias.evaluated_name
        groups.setdefault(module, []).append(name if name == bound else f"{name} as {bound}")
    lines = []
    for module, names in groups.items():
        new = libcst.parse_statement(f"from {module} import {', '.join(names)}")
        lines.append(line.with_changes(body=new.body, leading_lines=[]))
    lines[0] = lines[0].with_changes(leading_lines=line.leading_lines)
    plain = libcst.TrailingWhitespace(newline=line.trailing_whitespace.newline)
    lines[:-1] = [first.with_changes(trailing_whitespace=plain) for first in lines[:-1]]
    return libcst.FlattenSentinel(lines)


def _without_imports(module, variables):
    """The module without the imports of some variables; comments above them go to what follows."""
    body, comments = [], []
    for statement in module.body:
        new = statement.visit(_WithoutImports(variables))
        if isinstance(new, libcst.SimpleStatementLine) and not new.body:
            comments += [line for line in statement.leading_lines if line.comment]
            continue
        if comments:
            new = new.with_changes(leading_lines=[*comments, *new.leading_lines])
            comments = []
        body.append(new)
    return module.with_changes(body=body, footer=[*comments, *module.footer])


class _WithoutImports(libcst.CSTTransformer):
    """Removes what imports bind to some variables."""

    def __init__(self, variables: set[str]) -> None:
        super().__init__()
        self._variables = variables

    def leave_Import(
        self, original_node: libcst.Import, updated_node: libcst.Import
    ) -> libcst.Import | libcst.RemovalSentinel:
        return self._without(updated_node)

    def leave_ImportFrom(
        self, original_node: libcst.ImportFrom, updated_node: libcst.ImportFrom
    ) -> libcst.ImportFrom | libcst.RemovalSentinel:
        if isinstance(updated_node.names, libcst.ImportStar):
            return updated_node
        return self._without(updated_node)

    def _without(self, statement):
        kept = [alias for alias in statement.names if _bound(alias) not in self._variables]
        if len(kept) == len(statement.names):
            return statement
        if not kept:
            return libcst.RemoveFromParent()
        has_comma_at_end = isinstance(getattr(statement, "lpar", None), libcst.LeftParen)
        if not has_comma_at_end:
            kept[-1] = kept[-1].with_changes(comma=libcst.MaybeSentinel.DEFAULT)
        return statement.with_changes(names=kept)


def _bound(alias):
    """The variable that is bound to a module by a part of an import, if it is to that very one."""
    if alias.evaluated_alias:
        return alias.evaluated_alias
    return None if "." in alias.evaluated_name else alias.evaluated_name


def _unused(variables, code):
    """Those variables that nothing mentions but their imports."""
    constants = [node for node in ast.walk(tree_of(code)) if isinstance(node, ast.Constant)]
    strings = {constant.value for constant in constants}  # such as those of __all__
    return variables - _used(code) - strings - {"tensorflow"}


def _used(code):
    """The variables in a source."""
    return {node.id for node in ast.walk(tree_of(code)) if isinstance(node, ast.Name)}


def _names(tree):
    """The names of a module that mean something already, and its import statements."""
    names = _imports(tree) | set(bound_names(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
    return names


def bound_names(tree: ast.Module) -> Iterator[str]:
    """The names that a source binds, other than by the `import` of a module of that name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Import):
            yield from (alias.asname for alias in node.names if alias.asname)
        elif isinstance(node, ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest


def _imports(tree):
    """The imports outside functions, each name as a statement of its own."""
    found = set()
    for node in tree.body:
        if isinstance(node, ast.Import):
            found |= {f"import {alias.name}" for alias in node.names if not alias.asname}
        elif isinstance(node, ast.ImportFrom):
            names = [alias.name for alias in node.names if not alias.asname]
            found |= {f"from {node.module} import {name}" for name in names}
    return found


def _order(statement):
    """Whole modules first, as tools for sorting imports have it."""
    return statement.startswith("from"), statement


def _with_imports(module, statements):
    """The module with more imports: behind its first of TensorFlow, or where imports may stand."""
    bound = {text.split()[-1].partition(".")[0] for text in statements}
    place, start = None, 0
    for number, statement in enumerate(module.body):
        first = statement.body[0] if isinstance(statement, libcst.SimpleStatementLine) else None
        is_string = isinstance(
            getattr(first, "value", None), libcst.SimpleString | libcst.ConcatenatedString
        )
        if number == 0 and is_string:
            start = 1  # behind the docstring
        if isinstance(first, libcst.ImportFrom) and _dotted(first.module) == "__future__":
            start = number + 1
        if place is None:
            code = libcst.Module([]).code_for_node(statement)
            is_import = isinstance(first, libcst.Import | libcst.ImportFrom)
            if bound & _used(code):
                place = number  # the last place that is not too late
            elif is_import and "tensorflow" in code:
                place = number + 1
    place = max(start, place or 0)
    lines = [libcst.parse_statement(f"{text}{module.default_newline}") for text in statements]
    return module.with_changes(body=[*module.body[:place], *lines, *module.body[place:]])


def _root(node):
    """The variable that a chain of attributes starts with; None if it is another expression."""
    while isinstance(node, libcst.Attribute):
        node = node.value
    return node.value if isinstance(node, libcst.Name) else None


def _dotted(node):
    """The dotted name in an import."""
    return "" if node is None else libcst.Module([]).code_for_node(node).strip()
