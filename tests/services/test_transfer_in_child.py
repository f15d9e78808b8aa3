"""Files in and out by a child process: saves go first, kills leave nothing half done."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from privreg.errors import NotAllowedError, ProblemError, ReadOnlyError
from privreg.formats import text
from privreg.services import records, transfer
from privreg.services.beside import Lent
from privreg.services.desk import Desk, open_desk, open_unlocked
from privreg.services.intake import GIVES_WAY, GaveWayError, Wanted, taken_over
from privreg.services.roles import SignedIn
from privreg.services.transfer import export_file, import_file
from privreg.store import journal, search
from privreg.store.engine import check_integrity
from privreg.store.folder import RegisterFolder
from tests.effort import PATIENCE_SECONDS
from tests.services.conftest import NOW, PASSWORD, a_customer, add
from tests.services.here import Onlooker
from tests.store.test_pen import at_once, until

if TYPE_CHECKING:
    from privreg.clock import FixedClock
    from tests.services.conftest import Template

CHECKOUT = Path(__file__).resolve().parents[2]
GOOD = 100
REFUSED = 2_000
LAST_LINE = GOOD + REFUSED + 1
FTS_AGREES = "INSERT INTO search_index(search_index, rank) VALUES('integrity-check', 1)"
of_unix = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of Unix")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write a file of more than one batch, in which most lines are refused: those cost little."""
    good = "".join(f"A-{number};Zonneveld {number}\n" for number in range(GOOD))
    refused = "A-x;\n" * REFUSED
    path = tmp_path / "in.csv"
    path.write_text(f"Code;Naam\n{good}{refused}", "utf-8")
    return path


@pytest.fixture(autouse=True)
def _no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer, "REST_SECONDS", 0.0)


def must_be_whole(desk: Desk, customers: int) -> None:
    """See that there are so many customers, all found, and that journal and file are whole."""
    assert records.count(desk, "customers", records.ListQuery()) == customers
    assert len(records.find_anything(desk, "zonneveld", 5)) == min(customers, 5)
    with desk.saving() as saver:
        assert journal.verify(saver.connection) is None
        found = sa.select(sa.func.count()).where(search.ROWS.c.slug == "customers")
        assert saver.connection.execute(found).scalar() == customers
        if not desk.store.is_server:
            saver.connection.exec_driver_sql(FTS_AGREES)
    assert check_integrity(desk.store.reader) == ()


def kill_the_child() -> None:
    for each in multiprocessing.active_children():
        assert each.pid is not None
        os.kill(each.pid, signal.SIGKILL)


def actions(desk: Desk) -> list[str]:
    """Return what the journal says was exported, oldest first."""
    with desk.store.read() as connection:
        found = [each["action"] for each in journal.latest(connection)]
    return [each for each in reversed(found) if each.startswith("export")]


def test_a_child_takes_a_file_over(any_desk: Desk, file: Path) -> None:
    heard: list[tuple[int, int]] = []
    result = import_file(
        any_desk, "customers", file, progress=lambda line, of: heard.append((line, of))
    )
    assert (result.added, result.sample[0]["number"]) == (GOOD, "A-0")
    assert [each.line for each in result.rejects] == list(range(GOOD + 2, LAST_LINE + 1))
    assert [line for line, _of in heard] == [2_001, LAST_LINE]
    must_be_whole(any_desk, GOOD)


def test_who_saves_meanwhile_goes_first(any_desk: Desk, file: Path) -> None:
    order: list[str] = []
    saving: list[threading.Thread] = []

    def save() -> None:
        add(any_desk, "breaches", title="Laptop weg", aware_at=NOW)
        order.append("saved")

    def progress(line: int, _of: int) -> None:
        for each in saving:
            each.join(PATIENCE_SECONDS)  # who went first has also written it down
        order.append(str(line))
        if not saving:
            saving.append(at_once(save))
            until(lambda: any_desk.store.pen.is_wanted)

    assert import_file(any_desk, "customers", file, progress=progress).added == GOOD
    assert order == ["2001", "saved", "2001", str(LAST_LINE)]
    must_be_whole(any_desk, GOOD)


@pytest.mark.parametrize(
    "any_desk", [pytest.param("server", marks=pytest.mark.postgres)], indirect=True
)
def test_another_desk_of_the_server_goes_first_too(
    any_desk: Desk, file: Path, clock: FixedClock
) -> None:
    other = open_desk(any_desk.folder.path, None, PASSWORD, clock=clock)
    order: list[str] = []
    saving: list[threading.Thread] = []

    def save() -> None:
        add(other, "breaches", title="Laptop weg", aware_at=NOW)
        order.append("saved")

    def is_waiting() -> bool:
        waiting = (
            "SELECT count(*) FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0"
        )
        with any_desk.store.read() as connection:
            return bool(connection.execute(sa.text(waiting)).scalar())

    def progress(line: int, _of: int) -> None:
        for each in saving:
            each.join(PATIENCE_SECONDS)  # who went first has also written it down
        order.append(str(line))
        if not saving:
            saving.append(at_once(save))
            until(is_waiting)

    try:
        import_file(any_desk, "customers", file, progress=progress)
    finally:
        other.close()
    assert order == ["2001", "saved", "2001", str(LAST_LINE)]
    must_be_whole(any_desk, GOOD)


class Pushed(Onlooker):
    """Gives way at every batch."""

    def __init__(self) -> None:
        self.begun = 0

    def begin(self) -> None:
        self.begun += 1

    def reached(self, line: int, about: int) -> None:
        raise GaveWayError


def test_an_import_that_is_always_pushed_aside_ends_with_nothing(desk: Desk, file: Path) -> None:
    pushed = Pushed()
    with pytest.raises(ProblemError) as told:
        taken_over(desk, Wanted(into="customers", path=file), pushed)
    assert pushed.begun == GIVES_WAY + 1
    assert str(GIVES_WAY + 1) in text(told.value.problem)
    must_be_whole(desk, 0)


def test_a_cancelled_import_leaves_nothing_and_the_pen(desk: Desk, file: Path) -> None:
    heard: list[int] = []

    def progress(line: int, _of: int) -> None:
        heard.append(line)

    with pytest.raises(ProblemError) as told:
        import_file(desk, "customers", file, progress=progress, cancelled=lambda: bool(heard))
    assert "geannuleerd" in text(told.value.problem) or "afgebroken" in text(told.value.problem)
    add(desk, "breaches", title="Laptop weg", aware_at=NOW)
    must_be_whole(desk, 0)


def test_a_dry_run_waits_for_no_save(desk: Desk, file: Path) -> None:
    with desk.saving():
        assert import_file(desk, "customers", file, dry_run=True).added == GOOD
    must_be_whole(desk, 0)


@of_unix
def test_a_killed_child_takes_nothing_over(any_desk: Desk, file: Path) -> None:
    with pytest.raises(ProblemError) as told:
        import_file(any_desk, "customers", file, progress=lambda _line, _of: kill_the_child())
    assert told.value.problem.template == transfer.CUT_OFF
    must_be_whole(any_desk, 0)
    assert import_file(any_desk, "customers", file).added == GOOD
    must_be_whole(any_desk, GOOD)


@of_unix
def test_a_program_killed_half_way_takes_its_child_along(
    template: Template, path: Path, clock: FixedClock, file: Path
) -> None:
    command = [sys.executable, "-m", "tests.services.importer", str(path), str(file)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=CHECKOUT) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(f"{template.data_key.key.hex()} {template.data_key.user_id}\n")
        program.stdin.flush()
        assert program.stdout.readline() == "half way\n"
        program.kill()
        program.communicate(timeout=PATIENCE_SECONDS)  # the child has this output too
    opened = open_unlocked(RegisterFolder(path), template.ring, template.data_key, clock)
    try:
        must_be_whole(opened, 0)
        assert import_file(opened, "customers", file).added == GOOD
        must_be_whole(opened, GOOD)
    finally:
        opened.close()


@of_unix
@pytest.mark.long
@pytest.mark.parametrize("after", [each / 100 for each in range(0, 400, 10)])
def test_a_child_killed_at_any_moment_leaves_all_or_nothing(
    desk: Desk, file: Path, after: float
) -> None:
    killing = threading.Timer(after, kill_the_child)
    killing.start()
    try:
        added = import_file(desk, "customers", file).added
    except ProblemError:
        added = records.count(desk, "customers", records.ListQuery())
    killing.cancel()
    assert added in {0, GOOD}
    must_be_whole(desk, added)


@of_unix
def test_a_child_killed_at_the_very_end_says_that_it_does_not_know(desk: Desk, file: Path) -> None:
    lender = transfer._Lender(desk, None, None)
    lender.asked(transfer.BEGIN)
    assert lender.cut_off == transfer.CUT_OFF
    lender.asked(transfer.COMPLETE)
    assert lender.cut_off == transfer.CUT_OFF_AT_THE_END
    lender.take_back()
    first = import_file(desk, "customers", file)
    again = import_file(desk, "customers", file)
    assert (first.added, again.added, again.unchanged) == (GOOD, 0, GOOD)


@pytest.mark.parametrize(
    ("roles", "left"), [({"staff"}, {"staff"}), ({"staff", "made up"}, {"staff"})]
)
def test_a_child_may_no_more_than_the_register_says(
    desk: Desk, roles: set[str], left: set[str]
) -> None:
    desk.user = SignedIn(desk.user.id, "x", "x", frozenset(roles))
    with Lent.of(desk).desk(read_only=True) as beside:
        assert beside.user.roles == left
        assert beside.read_only


def test_a_register_open_for_reading_takes_nothing_over(
    template: Template, path: Path, clock: FixedClock, file: Path
) -> None:
    opened = open_unlocked(
        RegisterFolder(path), template.ring, template.data_key, clock, read_only=True
    )
    try:
        with pytest.raises(ReadOnlyError):
            import_file(opened, "customers", file)
        with pytest.raises(ReadOnlyError):
            export_file(opened, file.with_name("uit.json"))
    finally:
        opened.close()
    assert not file.with_name("uit.json").exists()


def test_saves_go_on_while_an_export_runs(any_desk: Desk, tmp_path: Path) -> None:
    a_customer(any_desk, name="Zonneveld")
    saved: list[object] = []

    def save(_count: int) -> None:
        if not saved:
            saved.append(add(any_desk, "breaches", title="Laptop weg", aware_at=NOW))

    count = export_file(any_desk, tmp_path / "uit.json", progress=save)
    assert saved
    assert count >= 2
    assert "Zonneveld" in (tmp_path / "uit.json").read_text("utf-8")
    assert actions(any_desk) == ["export", "exported"]


@pytest.mark.parametrize("ending", ["cancelled", pytest.param("killed", marks=of_unix)])
def test_an_export_that_did_not_end_well_leaves_no_file_and_a_line(
    desk: Desk, tmp_path: Path, ending: str
) -> None:
    a_customer(desk)

    def progress(_count: int) -> None:
        if ending == "killed":
            kill_the_child()

    with pytest.raises(ProblemError):
        export_file(
            desk,
            tmp_path / "uit.xlsx",
            progress=progress,
            cancelled=lambda: ending == "cancelled",
        )
    assert not (tmp_path / "uit.xlsx").exists()
    assert actions(desk) == ["export", "export_undone"]


def test_who_may_not_export_leaves_no_line(desk: Desk, tmp_path: Path) -> None:
    user = desk.user
    desk.user = SignedIn(user.id, "x", "x", frozenset({"staff"}))
    with pytest.raises(NotAllowedError):
        export_file(desk, tmp_path / "uit.json")
    assert actions(desk) == []
