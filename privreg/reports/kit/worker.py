"""Writes a PDF whole or not at all, and does so in a child process where a window must not wait.

The document travels to the child through a pipe, never through a file.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import io
import multiprocessing
import os
import secrets
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from privreg.errors import ProblemError
from privreg.reports.kit.pdf import PaintCancelledError, PaintResult, paint
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from pathlib import Path

    from privreg.reports.document import Document

_LOOK_EVERY = 0.1  # seconds: how soon a cancelling user is heard


class CannotPrintError(ProblemError):
    """The PDF could not be written where it was asked."""


class PrintingFailedError(RuntimeError):
    """A bug in the child process; tells where it went wrong, not with what text."""


class Painted(NamedTuple):
    """A PDF in memory, and its pages."""

    pdf: bytes
    pages: int


class _Progress(NamedTuple):
    per_cent: int


class _Failed(NamedTuple):
    problem: Message


class _Broken(NamedTuple):
    where: str


class _Cancelled(NamedTuple):
    """The child stopped because it was asked to."""


_News = _Progress | _Failed | _Broken | _Cancelled | PaintResult | Painted


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
        part.unlink(missing_ok=True)
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
        reason=error.strerror or type(error).__name__,
    )


def print_in_child(
    document: Document,
    path: Path,
    *,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PaintResult:
    """Do what `print_to` does in a process of its own; waits for it, so call it off the GUI thread.

    Raises the errors of `print_to`, and `PrintingFailedError` for a bug in the child.
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
    said so, and `PrintingFailedError` for a bug in the child.
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
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_in_child, args=(theirs, document, path), daemon=True)
    child.start()
    theirs.close()
    try:
        return _followed(ours, progress, cancelled)
    finally:
        ours.close()
        child.join()


def _followed(
    ours: Connection[str, _News],
    progress: Callable[[int], None] | None,
    cancelled: Callable[[], bool] | None,
) -> PaintResult | Painted:
    """Pass news on until the child has the last word."""
    asked = False
    while True:
        if not asked and cancelled is not None and cancelled():
            asked = True
            ours.send("stop")
        if not ours.poll(_LOOK_EVERY):
            continue
        news = _heard(ours)
        if isinstance(news, PaintResult | Painted):
            return news
        if isinstance(news, _Progress):
            if progress is not None:
                progress(news.per_cent)
            continue
        raise _error(news)


def _heard(ours: Connection[str, _News]) -> _News:
    try:
        return ours.recv()
    except EOFError:
        return _Broken("the process ended without a word")


def _error(news: _Failed | _Broken | _Cancelled) -> Exception:
    if isinstance(news, _Failed):
        return CannotPrintError(news.problem)
    if isinstance(news, _Broken):
        return PrintingFailedError(news.where)
    return PaintCancelledError()


def _in_child(theirs: Connection[_News, str], document: Document, path: Path | None) -> None:
    """Paint, tell the parent how far it is, and stop when it says so or is gone."""
    news = _result(theirs, document, path)
    with suppress(BrokenPipeError, ConnectionResetError):  # nobody is left to hear it
        theirs.send(news)


def _result(theirs: Connection[_News, str], document: Document, path: Path | None) -> _News:
    def tell(per_cent: int) -> None:
        theirs.send(_Progress(per_cent))

    try:
        if path is not None:
            return print_to(document, path, progress=tell, cancelled=theirs.poll)
        out = io.BytesIO()
        result = paint(document, out, progress=tell, cancelled=theirs.poll)
        return Painted(out.getvalue(), result.pages)
    except CannotPrintError as error:
        return _Failed(error.problem)
    except PaintCancelledError:
        return _Cancelled()
    except Exception as error:  # noqa: BLE001  (a bug is told in the parent, without its text)
        where = "".join(traceback.format_tb(error.__traceback__))
        return _Broken(f"{type(error).__name__}\n{where}")
