"""Writes a PDF whole or not at all, and does so in a child process where a window must not wait.

The document travels to the child through a pipe, never through a file.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import io
import os
import secrets
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from privreg.child import STOP, Child, Parent, StoppedError
from privreg.errors import ProblemError, reason_of
from privreg.reports.kit.pdf import PaintCancelledError, PaintResult, paint
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from privreg.reports.document import Block, Document

MORE = "what comes next?"
BLOCKS_AT_ONCE = 10


class CannotPrintError(ProblemError):
    """The PDF could not be written where it was asked."""


class Painted(NamedTuple):
    """A PDF in memory, and its pages."""

    pdf: bytes
    pages: int


def print_to(
    document: Document,
    path: Path,
    *,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PaintResult:
    """Write the document as a PDF to `path`; what stood there stays until all is written.

    Raises `CannotPrintError` when the folder is gone, read-only or full, and
    `PaintCancelledError` when `cancelled` said so; neither leaves anything behind.
    """
    part = path.parent / f".privreg-{secrets.token_hex(8)}.part"
    try:
        result = _write(document, part, progress, cancelled)
        part.replace(path)
    except OSError as error:
        raise CannotPrintError(_problem(path, error)) from error
    finally:
        with suppress(FileNotFoundError, NotADirectoryError):  # nothing was made there
            part.unlink()
    return result


def _write(
    document: Document,
    part: Path,
    progress: Callable[[int], None] | None,
    cancelled: Callable[[], bool] | None,
) -> PaintResult:
    with part.open("xb") as out:
        result = paint(document, out, progress=progress, cancelled=cancelled)
        out.flush()
        os.fsync(out.fileno())
    return result


def _problem(path: Path, error: OSError) -> Message:
    return message(
        N_(
            "The PDF cannot be written to {folder} ({reason}). "
            "Choose another folder, make room there, or close the file if another program shows it."
        ),
        folder=str(path.parent),
        reason=reason_of(error),
    )


def print_in_child(
    document: Document,
    path: Path,
    *,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PaintResult:
    """Do what `print_to` does in a process of its own; waits for it, so call it off the GUI thread.

    Raises the errors of `print_to`, and `ChildBrokenError` for a bug in the child.
    """
    last = _from_child(document, path, progress, cancelled)
    assert isinstance(last, PaintResult)  # noqa: S101  (what a child with a path answers)
    return last


def paint_in_child(
    document: Document,
    *,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Painted:
    """Paint a PDF into memory in a process of its own, for a preview: no file ever holds it.

    Waits for it, so call it off the GUI thread. Raises `PaintCancelledError` when `cancelled`
    said so, and `ChildBrokenError` for a bug in the child.
    """
    last = _from_child(document, None, progress, cancelled)
    assert isinstance(last, Painted)  # noqa: S101  (what a child without a path answers)
    return last


def _from_child(
    document: Document,
    path: Path | None,
    progress: Callable[[int], None] | None,
    cancelled: Callable[[], bool] | None,
) -> PaintResult | Painted:
    def says() -> str | None:
        return STOP if cancelled is not None and cancelled() else None

    pieces = _pieces(document)
    child = Child(told=progress, asked=lambda _more: next(pieces, ()), says=says)
    try:
        return child.run(_painted, replace(document, blocks=()), path)
    except StoppedError as error:
        raise PaintCancelledError from error


def _pieces(document: Document) -> Iterator[tuple[Block, ...]]:
    """Cut a document into pieces that are packed in a moment: meanwhile the window stands still."""
    for start in range(0, len(document.blocks), BLOCKS_AT_ONCE):
        yield document.blocks[start : start + BLOCKS_AT_ONCE]


def _painted(parent: Parent, head: Document, path: Path | None) -> PaintResult | Painted:
    """Paint in the child, tell the parent how far it is, and stop when it says so or is gone."""
    blocks: list[Block] = []
    while piece := parent.ask(MORE):
        blocks += piece
    document = replace(head, blocks=tuple(blocks))

    def is_over() -> bool:
        parent.word()
        return False

    if path is not None:
        return print_to(document, path, progress=parent.tell, cancelled=is_over)
    out = io.BytesIO()
    result = paint(document, out, progress=parent.tell, cancelled=is_over)
    return Painted(out.getvalue(), result.pages)
