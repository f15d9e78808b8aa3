"""The road from a record to its paper: which report is about it, and how it is asked for."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.errors import ProblemError
from privreg.services.reports import KINDS
from privreg.translation import N_, message

if TYPE_CHECKING:
    from uuid import UUID

    from privreg.services.reports import ReportKind
    from ui.office import Office

REPORTS_SLUG = "reports"


def kinds_for(office: Office) -> tuple[ReportKind, ...]:
    """Return the kinds this user may print."""
    return tuple(kind for kind in KINDS if not kind.slug or office.may("print", kind.slug))


def kind_about(office: Office, slug: str) -> ReportKind | None:
    """Return the kind of report about one record of a register, if there is one."""
    return next((k for k in kinds_for(office) if k.slug == slug and k.needs_record), None)


def print_record(office: Office, slug: str, record_id: UUID) -> None:
    """Show the report about one record, ready to be printed."""
    kind = kind_about(office, slug)
    if kind is None:
        office.notices.problem(
            ProblemError(message(N_("There is no report about one record of this register.")))
        )
        return
    print_kind(office, kind.code, record_id)


def print_kind(office: Office, code: str, record_id: UUID | None = None) -> None:
    """Show a kind of report, about a record if it is about one, ready to be printed."""
    office.paper_asked = (code, record_id)
    office.place_asked.emit(REPORTS_SLUG)
