"""What does a Python file of the product import, call, define and say?"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("analysis", "survey", "pages")
NOT_OURS = {".venv", "var", "node_modules", "build", "dist"}


def list_files(*places: str, but: Iterable[str] = ()) -> list[Path]:
    """The Python files in these folders (or these files) of the project, except those below `but`."""
    avoided = [ROOT / place for place in but]
    found = [path for place in places for path in expand(ROOT / place)]
    return sorted(path for path in found if not any(away in path.parents for away in avoided))


def expand(place: Path) -> list[Path]:
    """The Python files under a folder that are the project's own; a file is itself."""
    if place.is_file():
        return [place]
    return [path for path in place.rglob("*.py") if not NOT_OURS & set(path.relative_to(ROOT).parts)]


def name_package(path: Path) -> str:
    """The package that a file's relative imports start from: survey.light for survey/light/routes.py."""
    return ".".join(path.relative_to(ROOT).parent.parts)


def find_imports(source: str, package: str = "") -> set[str]:
    """Every module a source imports, anywhere in it; `from a import b` counts as both a and a.b."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = resolve(node.module or "", node.level, package)
            found |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Call) and name_called(node) in {"import_module", "__import__"}:
            found |= {
                arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            }
    return found


def resolve(module: str, level: int, package: str) -> str:
    """The absolute name of what `from ...module import` means inside a package."""
    if level == 0:
        return module
    parts = package.split(".")
    return ".".join([*parts[: len(parts) - level + 1], *([module] if module else [])])


def breaks(imports: Iterable[str], forbidden: Iterable[str]) -> set[str]:
    """Those imports that are a forbidden module or lie inside one."""
    return {name for name in imports for wall in forbidden if name == wall or name.startswith(f"{wall}.")}


def name_called(call: ast.Call) -> str:
    """The last part of the name that is called: import_module for importlib.import_module(...)."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def find_calls(source: str, name: str) -> int:
    """How often a built-in is called by its plain name."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return sum(isinstance(call.func, ast.Name) and call.func.id == name for call in calls)


def walk_functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a tree."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def measure_functions(source: str) -> dict[str, int]:
    """The lines of each function, from `def` to its last; its docstring is not counted."""
    lengths: dict[str, int] = {}
    for function in walk_functions(ast.parse(source)):
        first = function.body[0]
        told = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(function, clean=False) else 0
        lengths[function.name] = (function.end_lineno or 0) - function.lineno + 1 - told
    return lengths


def find_swedish(source: str) -> list[str]:
    """The texts in a source that have a Swedish letter; docstrings are not texts."""
    tree = ast.parse(source)
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = (
        node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return [text.value for text in texts if id(text) not in documents and set("åäöÅÄÖ") & set(text.value)]
