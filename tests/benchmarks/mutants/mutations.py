"""Small faults in a module, one at a time: what they are, and the module with one of them."""

import ast
import copy

OPPOSITES = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def faults(source):
    """Yield (line, what was, what is, the whole module with it) for each fault of a source."""
    tree = ast.parse(source)
    words = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, DOCUMENTED) and isinstance(node.body[0], ast.Expr)
    }
    # Words within an f-string have no place of their own there.
    words |= {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
        if isinstance(part, ast.Constant)
    }
    for index, node in enumerate(ast.walk(tree)):
        if id(node) in words:
            continue
        for change in changes(node):
            mutant = copy.deepcopy(tree)
            target = next(found for n, found in enumerate(ast.walk(mutant)) if n == index)
            before, after = ast.unparse(node), change(target)
            if isinstance(after, ast.AST):
                Replace(target, after).visit(mutant)
            shown = ast.unparse(after if isinstance(after, ast.AST) else target)
            ast.fix_missing_locations(mutant)
            yield getattr(node, "lineno", 0), first(before, shown), first(shown, before), mutant


def first(text, other):
    """Return the first line of a text that the other does not have."""
    lines = [line for line in text.splitlines() if line not in other.splitlines()]
    return " ".join((lines or text.splitlines() or [""])[0].split())[:110]


class Replace(ast.NodeTransformer):
    def __init__(self, old, new):
        self.old, self.new = old, new

    def visit(self, node):
        return self.new if node is self.old else super().visit(node)


def changes(node):
    """Yield functions that spoil a node: in its place, or by returning another one."""
    match node:
        case ast.Compare(ops=ops) | ast.BoolOp(op=ops) | ast.BinOp(op=ops):
            one = ops[0] if isinstance(ops, list) else ops
            if other := OPPOSITES.get(type(one)):
                yield lambda n: operate(n, other())
        case ast.UnaryOp(op=ast.Not()):
            yield lambda n: n.operand
        case ast.Constant(value=bool() as value):
            yield lambda n: ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield lambda n: ast.Constant(value + 1)
        case ast.Constant(value=str() as value) if value:
            yield lambda n: ast.Constant(value[1:] if len(value) > 1 else "_")
        case ast.Constant(value=bytes() as value) if value:
            yield lambda n: ast.Constant(value[1:])
        case ast.Return(value=value) if value and not is_none(value):
            yield lambda n: ast.Return(ast.Constant(None))
        case ast.If() | ast.IfExp() | ast.While():
            yield lambda n: setattr(n, "test", ast.UnaryOp(ast.Not(), n.test))
        case ast.Expr(value=ast.Call() | ast.Await()) | ast.Raise() | ast.Continue() | ast.Break():
            yield lambda n: ast.Pass()
        case ast.AugAssign():
            yield lambda n: ast.Pass()
        case ast.With(items=[ast.withitem(optional_vars=None)]):
            yield lambda n: ast.If(ast.Constant(True), n.body, [])
        case ast.Call(func=ast.Attribute(), args=[], keywords=[]):
            yield lambda n: n.func.value
    for place, _ in enumerate(getattr(node, "decorator_list", [])):
        yield lambda n, place=place: n.decorator_list.pop(place) and None
    if isinstance(node, ast.Call):
        for place, _ in enumerate(node.keywords):
            yield lambda n, place=place: n.keywords.pop(place) and None


def operate(node, other):
    if isinstance(node, ast.Compare):
        node.ops[0] = other
    else:
        node.op = other


def is_none(value):
    return isinstance(value, ast.Constant) and value.value is None
