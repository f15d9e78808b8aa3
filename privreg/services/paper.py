"""Paper on the screen: a report painted in memory, and given its number when it is printed."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privreg.errors import ProblemError, reason_of
from privreg.reports import sheet
from privreg.reports.kit.canvas import MAKER
from privreg.services import records
from privreg.services.reports import build, came_out, emergency_sheet, numbered, print_document
from privreg.services.timers import EVERYTHING
from privreg.translation import N_, message

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from pathlib import Path
    from uuid import UUID

    from privreg.reports.document import Document
    from privreg.services.desk import Desk
    from privreg.services.timers import Only

    Told = Callable[[int], None] | None
    Asks = Callable[[], bool] | None


_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Paper:
    """A report as it was read from the register, with the PDF of it; nothing is on disk."""

    document: Document
    pdf: bytes
    pages: int

    @property
    def title(self) -> str:
        """The title it bears, in its own language."""
        return self.document.title


def number_of(desk: Desk, slug: str, record_id: UUID) -> str:
    """Return the number by which a report knows a record; its key where two share the number."""
    number = str(records.load(desk, slug, record_id)["number"])
    return number if len(records.numbered(desk, slug, number)) == 1 else str(record_id)


def preview(
    desk: Desk,
    kind: str,
    *,
    record: str | None = None,
    at: datetime | None = None,
    language: str | None = None,
    period: tuple[date | None, date | None] | None = None,
    only: Only = EVERYTHING,
    progress: Told = None,
    cancelled: Asks = None,
) -> Paper | None:
    """Make a report to look at: it has no number yet. None when `cancelled` said so.

    Raises what `reports.build` raises. Wait for it off the window's thread.
    """
    document = build(desk, kind, record=record, at=at, language=language, period=period, only=only)
    if cancelled is not None and cancelled():
        return None
    return _painted(document, progress, cancelled)


def preview_sheet(desk: Desk, recovery_key: str) -> Paper | None:
    """Make the emergency sheet of a key made just now; it never gets a number."""
    return _painted(emergency_sheet(desk, recovery_key))


def printed(
    desk: Desk, paper: Paper, *, progress: Told = None, cancelled: Asks = None
) -> Paper | None:
    """Return the same report with its number, as it goes to the printer; None when stopped.

    From then on the same content is a copy.
    """
    final = _painted(numbered(desk, paper.document), progress, cancelled)
    if final is not None:
        came_out(desk, final.document)
    return final


def save(
    desk: Desk, paper: Paper, out: Path, *, progress: Told = None, cancelled: Asks = None
) -> bool:
    """Write a report with its number as a PDF, whole or not at all; False when stopped."""
    from privreg.reports.kit.pdf import PaintCancelledError  # noqa: PLC0415  (loads slowly)

    try:
        print_document(desk, paper.document, out, progress=progress, cancelled=cancelled)
    except PaintCancelledError:
        return False
    return True


def write(pdf: bytes, out: Path) -> None:
    """Write the PDF of an emergency sheet, whole or not at all, for its owner alone to read.

    Raises `ProblemError` when that cannot be done.
    """
    part = out.parent / f".privreg-{secrets.token_hex(8)}.part"
    try:
        with os.fdopen(os.open(part, _NEW, 0o600), "wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        part.replace(out)
    except OSError as error:
        with suppress(OSError):  # where nothing could be made there is nothing to take away
            part.unlink()
        raise ProblemError(
            message(
                N_("The PDF cannot be written to {folder} ({reason}). Choose another folder."),
                folder=str(out.parent),
                reason=reason_of(error),
            )
        ) from error


def is_report(path: Path) -> bool:
    """Tell whether a file is a report of this program, which can be printed again.

    The emergency sheet is none: its key is told once.
    """
    try:
        pdf = path.read_bytes()
    except OSError:
        return False
    is_ours = pdf.startswith(b"%PDF") and f"/Creator ({MAKER} ".encode() in pdf
    return is_ours and f"/Subject ({sheet.KIND}".encode() not in pdf


def write_sheet(desk: Desk, recovery_key: str, out: Path) -> None:
    """Write the emergency sheet of a key made just now; raises `ProblemError` as `write` does."""
    made = preview_sheet(desk, recovery_key)
    if made is not None:
        write(made.pdf, out)


def _painted(document: Document, progress: Told = None, cancelled: Asks = None) -> Paper | None:
    from privreg.reports.kit.pdf import PaintCancelledError  # noqa: PLC0415  (loads slowly)
    from privreg.reports.kit.worker import paint_in_child  # noqa: PLC0415  (the same)

    try:
        pdf, pages = paint_in_child(document, progress=progress, cancelled=cancelled)
    except PaintCancelledError:
        return None
    return Paper(document, pdf, pages)
