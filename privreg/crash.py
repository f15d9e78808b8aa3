"""What a bug leaves behind: where it happened, and nothing of what was being worked on."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from privreg import __version__
from privreg.settings import settings_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from types import TracebackType

FOLDER = "crashes"


def report_of(error: BaseException) -> str:
    """Describe an error by its types, files, functions and line numbers.

    The error's own words and all values are left out: they may hold personal data.
    """
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return "\n".join([f"PrivReg {__version__}", system, *_chain(error), ""])


def _chain(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        yield f"{type(error).__module__}.{type(error).__qualname__}"
        yield from _frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def _frames(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f"  {_place(code.co_filename)}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next


def _place(filename: str) -> str:
    """Return a file's place under the program or a library, without the user's folders."""
    path = Path(filename)
    for root in map(Path, sorted(sys.path, key=len, reverse=True)):
        if root.is_absolute() and path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return path.name


def keep(error: BaseException, at: datetime) -> Path | None:
    """Write the report among the program's settings; None where that cannot be done."""
    path = settings_folder() / FOLDER / f"crash-{at:%Y%m%d-%H%M%S}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(report_of(error), "utf-8")
    except OSError:
        return None
    return path
