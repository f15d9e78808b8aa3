"""The settings that belong to a register, each declared once, kept in the register."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from privreg.errors import FieldProblem, InvalidRecordError
from privreg.settings import Setting
from privreg.store.tables import Setting as Kept
from privreg.translation import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEPT: sa.Table = Kept.__table__  # type: ignore[attr-defined]

SETTINGS = (
    Setting(
        name="backup_every_days",
        label=N_("Make a backup every … days"),
        help=N_("The program makes it by itself while the register is open."),
        default=1,
        least=1,
        most=31,
    ),
    Setting(
        name="backup_kept_days",
        label=N_("Keep backups … days"),
        help=N_("Older ones are removed; copies elsewhere are not, remember those yourself."),
        default=35,
        least=1,
        most=3660,
    ),
    Setting(
        name="journal_kept_years",
        label=N_("Keep the journal … years"),
        help=N_(
            "How long it must be possible to show who changed what. This version takes nothing "
            "out of the journal yet."
        ),
        default=7,
        least=1,
        most=100,
    ),
    Setting(
        name="second_person",
        label=N_("Disposal needs a second person"),
        help=N_(
            "Who proposes a disposal may then not approve it. It counts from the version that "
            "carries out disposals."
        ),
        default="when_possible",
        choices={
            "when_possible": N_("as soon as two people may"),
            "always": N_("always"),
            "never": N_("never"),
        },
    ),
)
OF_BACKUPS = frozenset({"backup_every_days", "backup_kept_days"})
BY_NAME = {setting.name: setting for setting in SETTINGS}


def read(connection: sa.Connection) -> dict[str, str | int]:
    """Return every setting; one that was never changed has its default."""
    kept = dict(connection.execute(sa.select(_KEPT.c.name, _KEPT.c.value)).all())
    return {
        each.name: kept[each.name]
        if each.name in kept and each.problem(kept[each.name]) is None
        else each.default
        for each in SETTINGS
    }


def write(connection: sa.Connection, values: Mapping[str, Any]) -> None:
    """Keep settings; raises `InvalidRecordError` and keeps none when one of them will not do."""
    problems = [
        FieldProblem(name, problem)
        for name, value in values.items()
        if (problem := BY_NAME[name].problem(value)) is not None
    ]
    if problems:
        raise InvalidRecordError(problems)
    for name, value in values.items():
        connection.execute(sa.delete(_KEPT).where(_KEPT.c.name == name))
        connection.execute(sa.insert(_KEPT).values(name=name, value=value))
