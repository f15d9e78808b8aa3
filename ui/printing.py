"""The road from a record to its paper: which report is about it, and how it is asked for."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.errors import ProblemError
from privreg.registers.declaration import link
from privreg.services.report_kinds import KINDS
from privreg.translation import N_, message
from ui.office import PaperAsked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from privreg.services.report_kinds import ReportKind
    from ui.office import Office

REPORTS_SLUG = "reports"
STANDS_IN = {
    "controllers": "register",
    "groups": "register",
    "kinds": "register",
    "measures": "register",
}
"""In which report the records of a register stand that has none of its own."""


PARTS = (
    link("rule_id", N_("Retention rule"), "rules"),
    link("group_id", N_("Group of people"), "groups"),
    link("kind_id", N_("Kind of data"), "kinds"),
)
"""To what the list of what is due is limited, on screen and on paper."""


def kinds_for(office: Office) -> tuple[ReportKind, ...]:
    """Return the kinds this user may print."""
    return tuple(kind for kind in KINDS if not kind.slug or office.may("print", kind.slug))


def kind_about(office: Office, slug: str) -> ReportKind | None:
    """Return the kind of report about one record of a register, if there is one."""
    return next((k for k in kinds_for(office) if k.slug == slug and k.needs_record), None)


def kind_of_list(office: Office, slug: str) -> ReportKind | None:
    """Return the kind of report in which the records of a register stand, if there is one."""
    code = STANDS_IN.get(slug, "")
    whole = (k for k in kinds_for(office) if not k.needs_record)
    return next((k for k in whole if code == k.code or (not code and slug == k.slug)), None)


def print_record(office: Office, slug: str, record_id: UUID | None) -> None:
    """Show the report about one record, else the one about its register, ready to be printed."""
    about, of_list = kind_about(office, slug), kind_of_list(office, slug)
    if about is not None and record_id is not None:
        print_kind(office, about.code, record_id)
    elif of_list is not None:
        print_kind(office, of_list.code)
    elif about is not None:
        office.notices.tell(message(N_("Choose a record first; its report is printed.")))
    else:
        office.notices.problem(ProblemError(message(N_("There is no report about this register."))))


def print_kind(
    office: Office,
    code: str,
    record_id: UUID | None = None,
    at: datetime | None = None,
    only: Mapping[str, object] | None = None,
) -> None:
    """Show a kind of report, about a record, a moment or a part if asked, ready to be printed."""
    office.paper_asked = PaperAsked(code, record_id, at, only)
    office.place_asked.emit(REPORTS_SLUG)
