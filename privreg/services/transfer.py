"""Records in from a file and out to one, each by a child process.

Reading, checking and writing a hundred thousand records is a minute of computing: in the
window's own process every keystroke would wait for it.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from privreg.child import STOP, Child, ChildGoneError, Parent, StoppedError
from privreg.errors import ProblemError
from privreg.services import intake, outgoing
from privreg.services.beside import Lent
from privreg.services.importing import ImportResult, Reject
from privreg.services.intake import INTO, GaveWayError, Wanted
from privreg.store import journal
from privreg.store.journal import Change
from privreg.store.safe_write import as_problem
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from privreg.services.desk import Desk

__all__ = ["INTO", "ImportResult", "Reject", "export_file", "import_file"]

BEGIN = "may I write?"
COMPLETE = "may I keep it?"
GIVE_WAY = "somebody waits to save"
REST_SECONDS = 2.0  # after giving way: who just saved often saves again
REJECTS_AT_ONCE = 500  # unpacked in a few milliseconds, so that the window is not held
_BINARY = getattr(os, "O_BINARY", 0)  # Windows only

CANCELLED = N_("The import was cancelled; nothing was taken over.")
CUT_OFF = N_("The import was cut off; nothing was taken over. Import the file again.")
CUT_OFF_AT_THE_END = N_(
    "The import was cut off at its very end. Look whether its records are in the register, "
    "and import the file again if they are not."
)
EXPORT_CANCELLED = N_("The export was cancelled; no file was written.")
EXPORT_CUT_OFF = N_("The export was cut off; no file was written. Try it again.")


class _Reached(NamedTuple):
    line: int
    about: int


def import_file(
    desk: Desk,
    into: str,
    path: Path,
    *,
    mapping: Path | None = None,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportResult:
    """Take the records of a file over in one transaction, and list the lines that are refused.

    A child process does it; wait for it off the GUI thread and aside from where saves are
    done, because who saves meanwhile goes first: the import then begins anew.

    A record whose number is there already is changed in the columns that are filled in; the
    same event, item or consent is not added twice. `progress` hears lines done and about how
    many there are; when `cancelled` says so, nothing is taken over and `ProblemError` is
    raised. Raises `UsageError` and `FileProblemError` for what concerns the whole file.
    """
    intake.allowed(desk, into)
    wanted = Wanted(
        into=into, path=path, mapping=mapping, dry_run=dry_run, all_or_nothing=all_or_nothing
    )
    lender = _Lender(desk, progress, cancelled)
    child = Child(told=lender.told, asked=lender.asked, says=lender.says)
    try:
        result = child.run(_import, Lent.of(desk), wanted)
    except StoppedError as error:
        raise ProblemError(Message(CANCELLED)) from error
    except ChildGoneError as error:
        raise ProblemError(Message(lender.cut_off)) from error
    finally:
        lender.take_back()
    result.rejects = lender.rejects
    return result


class _Lender:
    """The parent's side of an import: lends the child the pen, and asks it back."""

    def __init__(
        self,
        desk: Desk,
        progress: Callable[[int, int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self.rejects: list[Reject] = []
        self.cut_off = CUT_OFF
        self._pen = desk.store.pen
        self._progress = progress
        self._cancelled = cancelled
        self._is_lent = False
        self._is_asked_back = False

    def told(self, rejects: Sequence[Reject]) -> None:
        """Hear which lines the child refused."""
        self.rejects += rejects

    def asked(self, question: str | _Reached) -> str | None:
        """Lend the pen, ask it back on the way, or let the child keep what it wrote."""
        if isinstance(question, _Reached):
            if self._progress is not None:
                self._progress(*question)
            return self._word()
        if question == BEGIN:
            self._lend()
        elif self._is_over:
            return STOP
        else:
            self.cut_off = CUT_OFF_AT_THE_END
        return None

    def says(self) -> str | None:
        """Tell the child to stop, or once to give the pen back."""
        was_asked_back = self._is_asked_back
        word = self._word()
        return None if word == GIVE_WAY and was_asked_back else word

    def _word(self) -> str | None:
        if self._is_over:
            return STOP
        if self._is_lent and self._pen.is_wanted:
            self._is_asked_back = True
            return GIVE_WAY
        return None

    def take_back(self) -> None:
        """Take the pen back from a child that is done, gave way, or is no more."""
        if self._is_lent:
            self._is_lent = False
            self._pen.put_down()

    @property
    def _is_over(self) -> bool:
        return self._cancelled is not None and self._cancelled()

    def _lend(self) -> None:
        self.take_back()
        self._pen.take_patiently(REST_SECONDS if self._is_asked_back else 0.0)
        self._is_lent, self._is_asked_back = True, False
        self.cut_off = CUT_OFF


class _Follower:
    """The child's side: the watch over an import that listens to its parent."""

    def __init__(self, parent: Parent) -> None:
        self._parent = parent

    def begin(self) -> None:
        """Wait for the pen."""
        self._parent.ask(BEGIN)

    def look(self) -> None:
        """Hear whether to stop or to give way."""
        if self._parent.word() == GIVE_WAY:
            raise GaveWayError

    def reached(self, line: int, about: int) -> None:
        """Tell how far the file is read, and hear whether to go on."""
        if self._parent.ask(_Reached(line, about)) == GIVE_WAY:
            raise GaveWayError

    def complete(self) -> None:
        """Ask whether what was written may be kept."""
        self._parent.ask(COMPLETE)


def _import(parent: Parent, lent: Lent, wanted: Wanted) -> ImportResult:
    """Import in the child; the refused lines go ahead of the rest, some at a time."""
    with lent.desk(read_only=wanted.dry_run) as desk:
        result = intake.taken_over(desk, wanted, _Follower(parent))
    for start in range(0, len(result.rejects), REJECTS_AT_ONCE):
        parent.tell(result.rejects[start : start + REJECTS_AT_ONCE])
    result.rejects = []
    return result


def export_file(
    desk: Desk,
    path: Path,
    *,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Write all this user may export to a new JSON or Excel file; return how many records.

    A child process does it, in one view of the records, so that saves go on meanwhile; wait
    for it off the GUI thread. A path that ends in `.ics` gets the agenda as a calendar,
    without names. What is restricted, or kept only for other roles, is left out. The journal
    says who began which export before a record leaves, and what came of it.

    `progress` hears the records written so far; when `cancelled` says so, no file stays and
    `ProblemError` is raised. Raises `NotAllowedError` by role, `UsageError` for another kind
    of file.
    """
    kind = outgoing.kind_of(desk, path)
    with _new_file(path):
        _note(desk, "export", file_kind=kind)
        try:
            count = _exported(desk, path, progress, cancelled)
        except BaseException:
            _note(desk, "export_undone", file_kind=kind)
            raise
        _note(desk, "exported", file_kind=kind, records=count)
    return count


def _note(desk: Desk, action: str, **fields: object) -> None:
    """Write a line about an export into the journal."""
    told = {name: (None, value) for name, value in fields.items()}
    change = Change(action=action, slug="activities", record_id=desk.user.id, fields=told)
    desk.saved(lambda saver: journal.append(saver.connection, saver.now, saver.user_id, [change]))


def _exported(
    desk: Desk,
    path: Path,
    progress: Callable[[int], None] | None,
    cancelled: Callable[[], bool] | None,
) -> int:
    def is_over() -> bool:
        return cancelled is not None and cancelled()

    def asked(count: int) -> str | None:
        if progress is not None:
            progress(count)
        return STOP if is_over() else None

    child = Child(asked=asked, says=lambda: STOP if is_over() else None)
    try:
        return child.run(_export, Lent.of(desk), path)
    except StoppedError as error:
        raise ProblemError(Message(EXPORT_CANCELLED)) from error
    except ChildGoneError as error:
        raise ProblemError(Message(EXPORT_CUT_OFF)) from error


def _export(parent: Parent, lent: Lent, path: Path) -> int:
    """Export in the child; with the parent gone, nobody else removes what was written."""
    try:
        with lent.desk(read_only=True) as desk:
            return outgoing.written(desk, path, parent.ask)
    except StoppedError:
        path.unlink(missing_ok=True)
        raise


@contextmanager
def _new_file(path: Path) -> Iterator[None]:
    """Make a file only its owner may read, that stays when all went well; none is overwritten."""
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
        os.close(os.open(path, flags, 0o600))
    except FileExistsError as error:
        raise ProblemError(
            message(N_("{path} exists already; choose another name."), path=str(path))
        ) from error
    except OSError as error:
        raise as_problem(error, path) from error
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise
