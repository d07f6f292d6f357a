"""The shape of the house: no crowded folder, and packages that hold together."""

import ast
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from .benchmarks import mutants

APPS = ("config", "awareness", "signposting", "cookies", "safety", "publishing")
MOST = 16

PACKAGES = [
    "signposting.opening_hours",
    "signposting.open_referral",
    "publishing.printing",
    "publishing.serving",
    "publishing.gate",
    "safety.error_pages",
]

FILES = {
    ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts): path
    for app in APPS
    for path in Path(settings.BASE_DIR, app).rglob("*.py")
    if "migrations" not in path.parts
}


def imported(module):
    """Yield the whole name of what each import statement of a module is from, once a statement.

    `from package import this, that` is one import, of the package.
    """
    parents = module.split(".")[:-1]
    for node in ast.walk(ast.parse(FILES[module].read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = parents[: len(parents) - node.level + 1] if node.level else []
            yield ".".join([*start, *filter(None, [node.module])])


def is_inside(name, package):
    return f"{name}.".startswith(f"{package}.")


def imports_of(package):
    """Return (imports inside the package, imports across its edge from outside).

    Whoever outside takes something from the package itself uses its front: all of these are
    one. Whoever reaches past it to a module counts every time.
    """
    inside, across = 0, []
    for module in FILES:
        found = [name for name in imported(module) if is_inside(name, package)]
        if is_inside(module, package):
            inside += len(found)
        else:
            across += found
    past = [name for name in across if name != package]
    return inside, len(past) + (package in across)


@pytest.mark.long
@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_holds_together(package):
    inside, across = imports_of(package)
    assert inside > across


def test_no_folder_has_too_many_modules_side_by_side():
    tests = Path(settings.BASE_DIR, "tests").rglob("*.py")
    folders = Counter(p.parent for p in [*FILES.values(), *tests] if p.name != "__init__.py")
    assert folders
    assert {folder.name: count for folder, count in folders.items() if count > MOST} == {}


def test_the_mutation_tool_knows_where_modules_and_their_tests_are():
    for path, tests in mutants.MODULES.items():
        assert Path(settings.BASE_DIR, path).is_file(), path
        for name in tests:
            assert Path(settings.BASE_DIR, f"tests/{name}.py").is_file(), name
