"""Opens a file of records by its kind."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.errors import UsageError, reason_of
from privreg.exchange.csv_files import read_csv
from privreg.exchange.json_files import read_json
from privreg.exchange.sheets import FileProblemError
from privreg.exchange.xlsx_files import read_xlsx
from privreg.translation import N_, in_every_language, message

if TYPE_CHECKING:
    from pathlib import Path

    from privreg.exchange.sheets import Sheet
    from privreg.registers.declaration import Register

CSV = frozenset({".csv", ".txt", ".tsv"})


def open_sheet(path: Path, register: Register) -> Sheet:
    """Open a file of records of one register; the caller closes it.

    Raises `UsageError` for a file that is not there or of no known kind, and
    `FileProblemError` for one that cannot be read.
    """
    kind = path.suffix.casefold()
    if not path.is_file():
        raise UsageError(message(N_("There is no file {path}."), path=str(path)))
    try:
        if kind in CSV:
            return read_csv(path)
        if kind in {".xlsx", ".xlsm"}:
            names = {register.slug, *in_every_language(register.plural)}
            return read_xlsx(path, frozenset(name.casefold() for name in names))
        if kind == ".json":
            return read_json(path, register.slug)
    except OSError as error:
        raise FileProblemError(
            message(
                N_("{path} cannot be read ({reason}); check the drive and your access."),
                path=str(path),
                reason=reason_of(error),
            )
        ) from error
    raise UsageError(message(N_("{name} is no CSV, Excel (.xlsx) or JSON file."), name=path.name))
