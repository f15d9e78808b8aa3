"""Every function that writes does it once more where an office server broke it off.

Which functions write is read from the source, so that a new one cannot be forgotten: each is
called here while the server breaks off the first transaction at its very end.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import ast
import pkgutil
from collections import defaultdict
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

import privreg
from privreg import services
from privreg.errors import CannotOpenError, ProblemError
from privreg.formats import text
from privreg.services import (
    backups,
    check,
    governing,
    records,
    recovering,
    reports,
    restricted,
    transfer,
    users,
)
from privreg.services import (
    desk as desks,
)
from privreg.store import regoverning
from privreg.store.engine import LOST_WHILE_KEEPING, SERVER_AWAY
from privreg.store.keys import KeyRing
from tests.services.conftest import CONTROLLER, PASSWORD, a_customer, add
from tests.services.here import imported_here
from tests.store.postgres import a_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from privreg.clock import FixedClock
    from privreg.services.desk import Desk
    from privreg.store.server import ServerSettings

ANNAS = "wandelen paars kajuit"
ANNA = {"login": "anna", "name": "Anna", "roles": ["staff"]}
BREAK_OFF = "RAISE SQLSTATE '40001'"
HANG_UP = "PERFORM pg_terminate_backend(pg_backend_pid())"


class Server:
    """An office server that goes wrong the first time somebody writes."""

    def __init__(self, url: str) -> None:
        self.engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)

    def _run(self, *statements: str) -> None:
        with self.engine.connect() as connection:
            for each in statements:
                connection.exec_driver_sql(each)

    def goes_wrong(self, how: str = BREAK_OFF, *, times: int = 1, at_once: bool = False) -> None:
        """Go wrong when a transaction is about to be kept; or `at_once`, at its first change.

        How often it was tried is counted in a sequence, which no rollback turns back.
        """
        self._run(
            "CREATE SEQUENCE tried",
            "CREATE FUNCTION go_wrong() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF nextval('tried') <= {times} THEN {how}; END IF; RETURN NULL; END $$",
        )
        with self.engine.connect() as connection:
            tables = sa.inspect(connection).get_table_names()
        when = "" if at_once else "DEFERRABLE INITIALLY DEFERRED"
        self._run(
            *(
                f'CREATE CONSTRAINT TRIGGER go_wrong AFTER INSERT OR UPDATE OR DELETE ON "{name}" '
                f"{when} FOR EACH ROW EXECUTE FUNCTION go_wrong()"
                for name in tables
            )
        )

    def goes_wrong_with_new_tables(self) -> None:
        """Go wrong when the first tables are to be kept: their version is already watched."""
        self._run("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
        self.goes_wrong()

    @property
    def tries(self) -> int:
        """How often something was about to be kept."""
        with self.engine.connect() as connection:
            found = connection.exec_driver_sql("SELECT last_value FROM tried WHERE is_called")
            return int(found.scalar() or 0)


@pytest.fixture
def settings(postgres_url: str) -> Iterator[ServerSettings]:
    """Give an empty database."""
    with a_database(postgres_url) as made:
        yield made


@pytest.fixture
def server(postgres_url: str, settings: ServerSettings) -> Iterator[Server]:
    """Give the means to make its server go wrong."""
    url = sa.make_url(postgres_url).set(database=settings.database)
    made = Server(url.render_as_string(hide_password=False))
    yield made
    made.engine.dispose()


@pytest.fixture
def jan(tmp_path: Path, clock: FixedClock, settings: ServerSettings) -> Iterator[Desk]:
    """Make a register on the server."""
    made, _key = a_register(tmp_path, clock, settings)
    yield made
    made.close()


def a_register(place: Path, clock: FixedClock, server: ServerSettings) -> tuple[Desk, str]:
    """Make a register on a server; also return its recovery key."""
    return desks.create_register(
        place / "Kantoor",
        CONTROLLER,
        login="jan",
        name="Jan",
        password=PASSWORD,
        clock=clock,
        server=server,
    )


class Case:
    """What a function needs before the server goes wrong, and what is to be seen afterwards."""

    def __init__(self, desk: Desk, place: Path, server: Server) -> None:
        self.desk = desk
        self.place = place
        self.server = server

    def anna(self) -> dict[str, Any]:
        """Give Anna access, and return who she is."""
        users.add_user(self.desk, ANNA, ANNAS)
        rows = records.page(self.desk, "users", records.ListQuery()).rows
        return next(each for each in rows if each["login"] == "anna")

    def a_file(self) -> Path:
        """Return a file with one customer."""
        file = self.place / "klanten.csv"
        file.write_text("Naam;Soort\nBakkerij De Halm;Bedrijf\n", "utf-8")
        return file

    def count(self, slug: str) -> int:
        """Return how many records stand in a register."""
        return records.count(self.desk, slug, records.ListQuery())


def adds_a_user(case: Case) -> None:
    case.server.goes_wrong()
    users.add_user(case.desk, ANNA, ANNAS)
    assert case.count("users") == 2
    desks.open_desk(case.desk.folder.path, "anna", ANNAS, clock=case.desk.clock).close()


def saves_a_user(case: Case) -> None:
    anna = case.anna()
    case.server.goes_wrong()
    users.save_user(case.desk, {**anna, "login": "annie"})
    desks.open_desk(case.desk.folder.path, "annie", ANNAS, clock=case.desk.clock).close()


def ends_access(case: Case) -> None:
    anna = case.anna()
    case.server.goes_wrong()
    users.end_access(case.desk, anna["id"])
    assert records.load(case.desk, "users", anna["id"])["state"] == "ended"
    with pytest.raises(CannotOpenError):
        desks.open_desk(case.desk.folder.path, "anna", ANNAS, clock=case.desk.clock)


def saves(case: Case) -> None:
    case.server.goes_wrong()
    add(case.desk, "groups", name="Klanten")
    assert case.count("groups") == 1


def deletes(case: Case) -> None:
    group = add(case.desk, "groups", name="Klanten")
    case.server.goes_wrong()
    records.delete(case.desk, "groups", group["id"], 1)
    assert case.count("groups") == 0


def undoes(case: Case) -> None:
    changes = records.save(case.desk, "groups", records.new(case.desk, "groups", name="Klanten"))
    case.server.goes_wrong()
    records.undo(case.desk, changes)
    assert case.count("groups") == 0


def opens_an_item(case: Case) -> None:
    desk = case.desk
    kind, group = (add(desk, slug, name="Facturen")["id"] for slug in ("kinds", "groups"))
    customer = a_customer(desk)["id"]
    item = add(desk, "items", customer_id=customer, kind_id=kind, group_id=group, label="F-1")
    case.server.goes_wrong()
    restricted.open_item(desk, item["id"], "De klant belt erover")
    assert desk.opened == {item["id"]}
    assert [each.action for each in records.history(desk, "items", item["id"])] == [
        "open",
        "create",
    ]


def changes_settings(case: Case) -> None:
    case.server.goes_wrong()
    backups.change_settings(case.desk, {"journal_kept_years": 9})
    assert backups.settings(case.desk)["journal_kept_years"] == 9


def repairs(case: Case) -> None:
    a_customer(case.desk)
    case.server.goes_wrong()
    check.repair(case.desk)
    assert not governing.is_pending(case.desk)
    assert [each.title for each in records.find_anything(case.desk, "halm")]


def governs(case: Case) -> None:
    a_customer(case.desk)
    case.desk.store.written(regoverning.begin)
    case.server.goes_wrong()
    assert governing.settle(case.desk) == 1
    assert not governing.is_pending(case.desk)


def prints(case: Case) -> None:
    document = reports.build(case.desk, "breaches")
    case.server.goes_wrong()
    reports.print_document(case.desk, document, case.place / "datalekken.pdf")
    assert reports.numbered(case.desk, document).copy


def numbers(case: Case) -> None:
    document = reports.build(case.desk, "breaches")
    case.server.goes_wrong()
    number = reports.numbered(case.desk, document).number
    assert number.endswith("0001")
    assert reports.numbered(case.desk, document).number == number


def remembers_what_came_out(case: Case) -> None:
    document = reports.numbered(case.desk, reports.build(case.desk, "breaches"))
    case.server.goes_wrong()
    reports.came_out(case.desk, document)
    assert reports.numbered(case.desk, document).copy


def imports(case: Case) -> None:
    file = case.a_file()
    case.server.goes_wrong()
    assert transfer.import_file(case.desk, "customers", file).added == 1
    assert case.count("customers") == 1


def imports_here(case: Case) -> None:
    file = case.a_file()
    case.server.goes_wrong()
    assert imported_here(case.desk, "customers", file).added == 1
    assert case.count("customers") == 1


def exports(case: Case) -> None:
    case.server.goes_wrong()
    assert transfer.export_file(case.desk, case.place / "alles.json") > 0


def opens_unlocked(case: Case) -> None:
    desk = case.desk
    case.server.goes_wrong()
    desks.open_unlocked(desk.folder, desk.ring, desk.data_key, desk.clock).close()


def recovers(case: Case) -> None:
    path, sheet = case.desk.folder.path, users.renew_recovery_key(case.desk)
    case.server.goes_wrong()
    clock = case.desk.clock
    recovering.recover(path, sheet, login="jan", password=ANNAS, clock=clock).close()
    actions = [each.action for each in records.history(case.desk, "users", case.desk.user.id)]
    assert actions.count("recover") == 1


WRITES: dict[str, Callable[[Case], None]] = {
    "backups.change_settings": changes_settings,
    "check.repair": repairs,
    "desk.open_unlocked": opens_unlocked,
    "governing.settle": governs,
    "intake.taken_over": imports_here,
    "recovering.recover": recovers,
    "records.delete": deletes,
    "records.save": saves,
    "records.undo": undoes,
    "reports.came_out": remembers_what_came_out,
    "reports.numbered": numbers,
    "reports.print_document": prints,
    "restricted.open_item": opens_an_item,
    "transfer.export_file": exports,
    "transfer.import_file": imports,
    "users.add_user": adds_a_user,
    "users.end_access": ends_access,
    "users.save_user": saves_a_user,
}
"""By function what is done and seen while the server breaks it off."""
ELSEWHERE = {
    "desk.create_register": "test_a_register_that_the_server_breaks_off_is_made_all_the_same",
    "desk.open_desk": "by open_unlocked",
    "desk.open_with_recovery": "by open_unlocked",
    "desk.renew_keys": "by open_unlocked",
    "examples.make_example": "never on a server",
    "paper.printed": "by numbered and came_out",
    "paper.save": "by print_document",
    "reports.print_report": "by print_document",
}
"""By function where it is tried, or by which of the above it writes."""
WRITE = {"desk.saved", "desk.saving", "desk.store.written", "store.written"}
ONCE = {
    ("privreg/services/desk.py", "saving"): "one transaction of an import",
    ("privreg/services/intake.py", "_written"): "begins anew by itself: test_transfer.py",
    ("privreg/store/store.py", "written"): "is what repeats",
}
"""(file, function): who opens a transaction without repeating it, and why."""


@cache
def tree(module: str) -> ast.Module:
    """Parse a module of the services."""
    found = import_module(f"privreg.services.{module}").__file__
    assert found is not None
    return ast.parse(Path(found).read_text("utf-8"))


def modules() -> list[str]:
    """Return the names of the modules of the services."""
    return [each.name for each in pkgutil.iter_modules(services.__path__)]


def known_as(module: str) -> dict[str, str]:
    """Return what a name in a module stands for: 'module.function', or a module alone."""
    names = {
        node.name: f"{module}.{node.name}"
        for node in tree(module).body
        if isinstance(node, ast.FunctionDef)
    }
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("privreg.services"):
            inside = (node.module or "").removeprefix("privreg.services").lstrip(".")
            for alias in node.names:
                names[alias.asname or alias.name] = f"{inside}.{alias.name}".lstrip(".")
    return names


def calls(module: str, function: ast.FunctionDef) -> Iterator[str]:
    """Return what a function calls, 'write' where it writes."""
    names = known_as(module)
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value)
            if f"{owner}.{node.attr}" in WRITE:
                yield "write"
            elif owner in names:
                yield f"{names[owner]}.{node.attr}"
        elif isinstance(node, ast.Name) and node.id in names:
            yield names[node.id]


def writers() -> set[str]:
    """Return every public function of the services that writes, itself or by another."""
    graph: dict[str, set[str]] = defaultdict(set)
    for module in modules():
        for node in tree(module).body:
            if isinstance(node, ast.FunctionDef):
                graph[f"{module}.{node.name}"] |= set(calls(module, node))
    found = {"write"}
    while more := {name for name, called in graph.items() if called & found} - found:
        found |= more
    return {name for name in found if "._" not in name} - {"write"}


def test_every_function_that_writes_is_held_against_the_mechanism() -> None:
    assert sorted([*WRITES, *ELSEWHERE]) == sorted(writers())


def test_nothing_opens_a_transaction_that_is_not_repeated() -> None:
    root = Path(privreg.__file__).parent
    found = {
        (path.relative_to(root.parent).as_posix(), function.name)
        for path in root.rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        if call.func.attr == "saving" or (call.func.attr == "write" and not call.args)
    }
    assert found == set(ONCE)


@pytest.mark.postgres
@pytest.mark.parametrize("name", WRITES)
def test_what_the_server_breaks_off_is_done_once_more(
    jan: Desk, tmp_path: Path, server: Server, name: str
) -> None:
    WRITES[name](Case(jan, tmp_path, server))
    assert server.tries > 1
    assert check.check_journal(jan).broken is None


@pytest.mark.postgres
def test_a_register_that_the_server_breaks_off_is_made_all_the_same(
    tmp_path: Path, clock: FixedClock, settings: ServerSettings, server: Server
) -> None:
    server.goes_wrong_with_new_tables()
    made, _key = a_register(tmp_path, clock, settings)
    assert server.tries > 1
    assert records.count(made, "controllers", records.ListQuery()) == 1
    made.close()


@pytest.mark.postgres
def test_what_a_lost_connection_left_undone_is_done_over_another(jan: Desk, server: Server) -> None:
    server.goes_wrong(HANG_UP, at_once=True)
    add(jan, "groups", name="Klanten")
    assert server.tries > 1
    assert records.count(jan, "groups", records.ListQuery()) == 1


@pytest.mark.postgres
def test_a_connection_that_is_lost_again_and_again_is_told(jan: Desk, server: Server) -> None:
    server.goes_wrong(HANG_UP, times=1000, at_once=True)
    with pytest.raises(CannotOpenError) as told:
        add(jan, "groups", name="Klanten")
    assert told.value.problem.template == SERVER_AWAY
    assert records.count(jan, "groups", records.ListQuery()) == 0


@pytest.mark.postgres
def test_where_nobody_knows_whether_it_was_kept_it_is_told_and_not_repeated(
    jan: Desk, server: Server
) -> None:
    server.goes_wrong(HANG_UP)
    with pytest.raises(ProblemError) as told:
        add(jan, "groups", name="Klanten")
    assert told.value.problem.template == LOST_WHILE_KEEPING
    assert text(told.value.problem).count(".") == 1
    assert server.tries == 1


@pytest.mark.postgres
def test_keys_that_cannot_be_written_leave_a_user_who_is_given_a_password(
    jan: Desk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_ring: object, _folder: Path) -> None:
        raise ProblemError("keys.json was not written.")

    with monkeypatch.context() as patched:
        patched.setattr(KeyRing, "save", full)
        with pytest.raises(ProblemError):
            users.add_user(jan, ANNA, ANNAS)
    rows = records.page(jan, "users", records.ListQuery()).rows
    anna = next(each for each in rows if each["login"] == "anna")
    users.reset_password(jan, anna["id"], ANNAS)
    desks.open_desk(jan.folder.path, "anna", ANNAS, clock=clock).close()
