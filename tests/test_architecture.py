"""The layers hold: who may import whom, who reads the time, who saves, who knows colours.

Each rule reads the source of every file; what departs from a rule is a line in a table here.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import ast
import re
import sys
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT = Path(__file__).resolve().parent.parent
LONGEST_FUNCTION = 60

ROOT = {"root"}
DOMAIN = ROOT | {"law", "registers"}
BELOW_THE_DOORS = DOMAIN | {"store", "reports", "reports.kit", "exchange", "services"}

# What each layer may import of the project; a layer may always import itself.
LAYERS: dict[str, set[str]] = {
    "root": set(),
    "law": {"root:translation"},
    "registers": ROOT | {"law"},
    "store": DOMAIN,
    "reports": DOMAIN | {"reports.kit"},
    "reports.kit": DOMAIN | {"reports"},
    "exchange": DOMAIN,
    "services": BELOW_THE_DOORS,
    "cli": ROOT | {"services"},
    "ui": ROOT | {"law", "registers", "services"},
    "main": BELOW_THE_DOORS | {"cli", "ui"},
}

# What each layer may import from elsewhere, besides the standard library.
LIBRARIES: dict[str, set[str]] = {
    "root": {"babel", "platformdirs"},
    "law": set(),
    "registers": {
        *("sqlmodel", "sqlalchemy", "pydantic", "uuid_utils"),
        *("stdnum", "phonenumbers", "email_validator"),
    },
    "store": {
        *("sqlmodel", "sqlalchemy", "pydantic", "alembic", "sqlcipher3", "psycopg"),
        *("argon2", "cryptography", "filelock", "platformdirs"),
    },
    "reports": set(),
    "reports.kit": {"reportlab", "babel", "bidi", "pyphen"},
    "exchange": {"openpyxl"},
    "services": {"platformdirs"},
    "cli": {"typer", "click", "rich"},
    "ui": {"PySide6", "shiboken6"},
    "main": {"PySide6"},
}

# (file, what it imports): why. Exceptions to the two tables above.
IMPORT_EXCEPTIONS: dict[tuple[str, str], str] = {
    ("privreg/lists.py", "privreg.law"): "loads the dated lists into law's own types",
}

# (file, call): why. Exceptions to 'only privreg/clock.py reads the system time'.
TIME_EXCEPTIONS: dict[tuple[str, str], str] = {}

# (file, function): why. Exceptions to the longest function.
LENGTH_EXCEPTIONS: dict[tuple[str, str], str] = {
    (
        "privreg/store/migrations/versions/0001_the_first_tables.py",
        "upgrade",
    ): "written by Alembic",
}

TIME_READERS = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
    *("time.time", "time.time_ns", "time.localtime", "time.gmtime"),
    *("QDateTime.currentDateTime", "QDateTime.currentDateTimeUtc"),
    *("QDateTime.currentMSecsSinceEpoch", "QDateTime.currentSecsSinceEpoch"),
    *("QDate.currentDate", "QTime.currentTime"),
}
SAVES = {"add", "add_all", "merge", "bulk_save_objects", "bulk_insert_mappings"}
MAY_PRINT = {"start.py"}
HAS_COLOURS = {"privreg/palette.py"}
COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")
SPDX = "# SPDX-License-Identifier: EUPL-1.2"


def program_files() -> list[Path]:
    """Return every file of the program."""
    places = [*(CHECKOUT / "privreg").rglob("*.py"), *(CHECKOUT / "ui").rglob("*.py")]
    return sorted([*places, *CHECKOUT.glob("main.py")])


def all_files() -> list[Path]:
    """Return every Python file of the project."""
    others = (CHECKOUT / place for place in ("tests", "tools"))
    found = [path for place in others for path in place.rglob("*.py")]
    return sorted([*program_files(), *found, CHECKOUT / "start.py"])


def place_of(path: Path) -> str:
    """Return a file's path in the project, with slashes."""
    return path.relative_to(CHECKOUT).as_posix()


def layer_of_module(name: str) -> str | None:
    """Return the layer of a module of the project by its dotted name; None for a library."""
    top, _dot, rest = name.partition(".")
    if top in {"ui", "main"}:
        return top
    if top != "privreg":
        return None
    if f"{rest}.".startswith("reports.kit."):
        return "reports.kit"
    first = rest.partition(".")[0]
    if first == "cli" or first in LAYERS:
        return first
    return "root"


def module_of(path: Path) -> str:
    """Return the dotted name of a file."""
    return place_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def tree_of(path: Path) -> ast.Module:
    """Parse a file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def imports_of(path: Path) -> Iterator[str]:
    """Return the dotted names a file imports, at the top, in functions and for types alike."""
    package = module_of(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield from imported_names(source, node)


def imported_names(source: str, node: ast.ImportFrom) -> Iterator[str]:
    """Return `package.module` for `from package import module`, else the source itself."""
    for alias in node.names:
        name = f"{source}.{alias.name}"
        as_path = CHECKOUT / name.replace(".", "/")
        yield name if as_path.is_dir() or as_path.with_suffix(".py").exists() else source


def is_allowed(layer: str, imported: str) -> bool:
    """Tell whether a file of a layer may import a module."""
    target = layer_of_module(imported)
    if target is None:
        top = imported.partition(".")[0]
        return top in sys.stdlib_module_names or top in LIBRARIES[layer]
    if target == layer or target in LAYERS[layer]:
        return True
    return target == "root" and f"root:{imported.removeprefix('privreg.')}" in LAYERS[layer]


def is_excepted(path: Path, imported: str) -> bool:
    """Tell whether an import stands in the table of exceptions."""
    return any(
        place_of(path) == place and f"{imported}.".startswith(f"{name}.")
        for place, name in IMPORT_EXCEPTIONS
    )


def calls_of(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Return every call of a file with its dotted name: `session.add`, `print`."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def program_parameters() -> list[object]:
    """Return the program's files as test parameters named after themselves."""
    return [pytest.param(path, id=place_of(path)) for path in program_files()]


each_program_file = pytest.mark.parametrize("path", program_parameters())


@each_program_file
def test_imports_point_up_the_layers_only(path: Path) -> None:
    layer = layer_of_module(module_of(path))
    assert layer is not None
    wrong = [
        imported
        for imported in imports_of(path)
        if not is_allowed(layer, imported) and not is_excepted(path, imported)
    ]
    assert wrong == []


@each_program_file
def test_only_the_clock_reads_the_system_time(path: Path) -> None:
    if place_of(path) != "privreg/clock.py":
        excepted = {name for place, name in TIME_EXCEPTIONS if place == place_of(path)}
        assert set(time_readers_in(path)) <= excepted


@each_program_file
def test_only_the_store_saves(path: Path) -> None:
    if layer_of_module(module_of(path)) != "store":
        assert list(saves_in(path)) == []


def time_readers_in(path: Path) -> Iterator[str]:
    """Return the calls by which a file would read the time of the machine."""
    for _call, name in calls_of(path):
        if any(f".{name}".endswith(f".{reader}") for reader in TIME_READERS):
            yield name


def saves_in(path: Path) -> Iterator[str]:
    """Return the calls by which a file would save something itself."""
    for call, name in calls_of(path):
        is_insert = name.rpartition(".")[2] == "insert" and not is_list_insert(call)
        if is_insert or saves_by_session(call):
            yield name


def saves_by_session(call: ast.Call) -> bool:
    """Tell whether a call is one of those by which a session takes a record in."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in SAVES:
        return False
    return "session" in ast.unparse(call.func.value).lower()


def is_list_insert(call: ast.Call) -> bool:
    """Tell `rows.insert(0, row)`, which takes two arguments, from SQL's `insert(table)`."""
    return isinstance(call.func, ast.Attribute) and len(call.args) > 1


@each_program_file
def test_colours_stand_in_the_palette_only(path: Path) -> None:
    if place_of(path) not in HAS_COLOURS:
        assert COLOUR.findall(path.read_text("utf-8")) == []


@each_program_file
def test_only_the_command_line_prints(path: Path) -> None:
    if place_of(path) not in MAY_PRINT:
        assert [name for _call, name in calls_of(path) if name == "print"] == []


@pytest.mark.parametrize("path", [pytest.param(p, id=place_of(p)) for p in all_files()])
def test_a_file_says_what_it_is_for_and_under_which_licence(path: Path) -> None:
    assert ast.get_docstring(tree_of(path)), "no docstring"
    assert SPDX in path.read_text("utf-8").splitlines(), "no licence line"


@pytest.mark.parametrize("path", [pytest.param(p, id=place_of(p)) for p in all_files()])
def test_no_function_is_longer_than_a_screen(path: Path) -> None:
    long = [
        node.name
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
        and (place_of(path), node.name) not in LENGTH_EXCEPTIONS
    ]
    assert long == []


def test_every_library_the_program_uses_is_pinned() -> None:
    pinned = pinned_in("requirements.txt") | pinned_in("constraints.txt")
    tops = {name.partition(".")[0] for path in program_files() for name in imports_of(path)}
    distributions = packages_distributions()
    unpinned = {
        top
        for top in tops - sys.stdlib_module_names - {"privreg", "ui", "main"}
        if not pinned & {plain(name) for name in distributions.get(top, [])}
    }
    assert unpinned == set()


def pinned_in(name: str) -> set[str]:
    """Return the names a requirement file pins exactly."""
    lines = (CHECKOUT / name).read_text("utf-8").splitlines()
    return {plain(re.split(r"[\[=]", line)[0]) for line in lines if "==" in line}


def plain(name: str) -> str:
    """Return a distribution's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "constraints.txt"])
def test_requirements_are_pinned_and_name_no_host(name: str) -> None:
    lines = (CHECKOUT / name).read_text("utf-8").splitlines()
    asked = [line for line in lines if line and not line.startswith(("#", "-r ", "-c "))]
    assert [line for line in asked if not re.fullmatch(r"[\w.\[\]-]+==[\w.]+", line)] == []
    assert "://" not in "".join(lines)


def test_every_exception_is_still_needed() -> None:
    unused = [
        (place, name)
        for place, name in IMPORT_EXCEPTIONS
        if (CHECKOUT / place).exists()
        and not any(f"{each}.".startswith(f"{name}.") for each in imports_of(CHECKOUT / place))
    ]
    assert unused == []


@pytest.mark.parametrize(
    ("layer", "imported", "allowed"),
    [
        ("law", "datetime", True),
        ("law", "privreg.translation", True),
        ("law", "privreg.clock", False),
        ("law", "privreg.registers.breaches", False),
        ("law", "sqlmodel", False),
        ("root", "privreg.law.breach", False),
        ("registers", "privreg.law.breach", True),
        ("registers", "privreg.store.gate", False),
        ("store", "privreg.services.breaches", False),
        ("reports", "reportlab.platypus", False),
        ("reports", "privreg.store.gate", False),
        ("reports.kit", "reportlab.platypus", True),
        ("exchange", "privreg.services", False),
        ("cli", "PySide6.QtCore", False),
        ("cli", "privreg.store.gate", False),
        ("ui", "PySide6.QtWidgets", True),
        ("ui", "sqlmodel", False),
        ("ui", "sqlalchemy.orm", False),
        ("ui", "reportlab", False),
        ("ui", "sqlcipher3", False),
        ("ui", "privreg.store.gate", False),
        ("ui", "privreg.registers", True),
        ("services", "PySide6", False),
        ("services", "ui.window", False),
    ],
)
def test_the_table_says_what_the_design_says(layer: str, imported: str, *, allowed: bool) -> None:
    assert is_allowed(layer, imported) is allowed


@pytest.mark.parametrize(
    ("source", "caught"),
    [
        ("datetime.now(UTC)", True),
        ("datetime.datetime.utcnow()", True),
        ("date.today()", True),
        ("time.time()", True),
        ("time.monotonic()", False),
        ("clock.now()", False),
        ("today(clock)", False),
    ],
)
def test_a_reading_of_the_time_is_caught(source: str, *, caught: bool, tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(source, "utf-8")
    assert bool(list(time_readers_in(module))) is caught


@pytest.mark.parametrize(
    ("source", "caught"),
    [
        ("session.add(record)", True),
        ("self.session.merge(record)", True),
        ("session.execute(insert(Customer))", True),
        ("seen.add(record)", False),
        ("rows.insert(0, row)", False),
    ],
)
def test_a_save_past_the_gate_is_caught(source: str, *, caught: bool, tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(source, "utf-8")
    assert bool(list(saves_in(module))) is caught


def test_main_imports_either_door_only_when_it_is_used() -> None:
    for path in CHECKOUT.glob("main.py"):
        at_the_top = [ast.unparse(node) for node in tree_of(path).body if is_plain_import(node)]
        assert [name for name in at_the_top if re.search(r"\b(PySide6|ui|cli)\b", name)] == []


def is_plain_import(node: ast.stmt) -> bool:
    """Tell whether a statement imports as the module loads."""
    return isinstance(node, ast.Import | ast.ImportFrom)
