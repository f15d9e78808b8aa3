"""Every function a door may call: refused, or says nothing, or why it asks for no role."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from privreg import services
from privreg.errors import NotAllowedError
from privreg.services import (
    agenda,
    backups,
    check,
    forecast,
    intake,
    item_counting,
    lines,
    outgoing,
    paper,
    records,
    reports,
    restricted,
    timers,
    transfer,
    users,
)
from privreg.services.changes import Changes
from privreg.translation import Message
from tests.services.conftest import PASSWORD
from tests.services.here import Onlooker
from tests.services.test_restricted import TODAY, an_item, with_role

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from privreg.services.desk import Desk

    Call = Callable[[Desk, Path], object]

KEY = UUID(int=7)
ALL = records.ListQuery()
CHANGES = Changes(Message("-"), frozenset(), "customers", None, {"id": KEY, "version": 1})
PIA = {"login": "pia", "name": "Pia", "roles": ["administrator"]}

REFUSED: dict[str, tuple[str, Call]] = {
    "agenda.record_deadlines": (
        "administrator",
        lambda desk, _p: agenda.record_deadlines(desk, "requests", {}),
    ),
    "agenda.record_findings": (
        "administrator",
        lambda desk, _p: agenda.record_findings(desk, "requests", {}),
    ),
    "agenda.request_term": ("administrator", lambda desk, _p: agenda.request_term(desk, {})),
    "agenda.breach_authority": (
        "administrator",
        lambda desk, _p: agenda.breach_authority(desk, {}),
    ),
    "backups.change_settings": (
        "coordinator",
        lambda desk, _p: backups.change_settings(desk, {"backup_kept_days": 1}),
    ),
    "backups.make": ("officer", lambda desk, _p: backups.make(desk)),
    "check.repair": ("staff", lambda desk, _p: check.repair(desk)),
    "forecast.ending_by_month": (
        "administrator",
        lambda desk, _p: forecast.ending_by_month(desk, TODAY),
    ),
    "forecast.item_counts": ("administrator", lambda desk, _p: forecast.item_counts(desk, TODAY)),
    "item_counting.counted": (
        "administrator",
        lambda desk, _p: item_counting.counted(desk, TODAY),
    ),
    "intake.allowed": ("officer", lambda desk, _p: intake.allowed(desk, "customers")),
    "intake.taken_over": (
        "officer",
        lambda desk, place: intake.taken_over(
            desk, intake.Wanted(into="customers", path=place / "in.csv"), Onlooker()
        ),
    ),
    "lines.due_lines": ("administrator", lambda desk, _p: list(lines.due_lines(desk, TODAY))),
    "outgoing.kind_of": ("staff", lambda desk, place: outgoing.kind_of(desk, place / "uit.json")),
    "paper.number_of": (
        "administrator",
        lambda desk, _p: paper.number_of(desk, "customers", KEY),
    ),
    "paper.preview": ("administrator", lambda desk, _p: paper.preview(desk, "breaches")),
    "records.new": ("officer", lambda desk, _p: records.new(desk, "breaches")),
    "records.load": ("administrator", lambda desk, _p: records.load(desk, "customers", KEY)),
    "records.load_number": (
        "administrator",
        lambda desk, _p: records.load_number(desk, "customers", "K-0001"),
    ),
    "records.numbered": (
        "administrator",
        lambda desk, _p: records.numbered(desk, "customers", "K-0001"),
    ),
    "records.save": (
        "officer",
        lambda desk, _p: records.save(desk, "customers", {"id": KEY, "version": 1}),
    ),
    "records.delete": (
        "officer",
        lambda desk, _p: records.delete(desk, "customers", KEY, 1),
    ),
    "records.undo": ("officer", lambda desk, _p: records.undo(desk, CHANGES)),
    "records.duplicate": (
        "administrator",
        lambda desk, _p: records.duplicate(desk, "customers", KEY),
    ),
    "records.history": (
        "administrator",
        lambda desk, _p: records.history(desk, "customers", KEY),
    ),
    "records.page": ("administrator", lambda desk, _p: records.page(desk, "customers", ALL)),
    "records.count": ("administrator", lambda desk, _p: records.count(desk, "customers", ALL)),
    "records.signpost": (
        "administrator",
        lambda desk, _p: records.signpost(desk, "customers", ALL),
    ),
    "reports.build": ("administrator", lambda desk, _p: reports.build(desk, "breaches")),
    "reports.print_report": (
        "administrator",
        lambda desk, place: reports.print_report(desk, "breaches", place / "uit.pdf"),
    ),
    "restricted.open_item": (
        "administrator",
        lambda desk, _p: restricted.open_item(desk, KEY, "nieuwsgierig"),
    ),
    "timers.customer_items": (
        "administrator",
        lambda desk, _p: timers.customer_items(desk, KEY, TODAY),
    ),
    "timers.item_states": (
        "administrator",
        lambda desk, _p: timers.item_states(desk, [KEY], TODAY),
    ),
    "timers.due": ("administrator", lambda desk, _p: timers.due(desk, TODAY)),
    "timers.due_counts": ("administrator", lambda desk, _p: timers.due_counts(desk, TODAY)),
    "transfer.import_file": (
        "officer",
        lambda desk, place: transfer.import_file(desk, "customers", place / "in.csv"),
    ),
    "transfer.export_file": (
        "staff",
        lambda desk, place: transfer.export_file(desk, place / "uit.json"),
    ),
    "users.add_user": ("coordinator", lambda desk, _p: users.add_user(desk, PIA, PASSWORD)),
    "users.save_user": ("coordinator", lambda desk, _p: users.save_user(desk, PIA)),
    "users.reset_password": (
        "coordinator",
        lambda desk, _p: users.reset_password(desk, desk.user.id, PASSWORD),
    ),
    "users.end_access": ("coordinator", lambda desk, _p: users.end_access(desk, KEY)),
    "users.renew_recovery_key": (
        "coordinator",
        lambda desk, _p: users.renew_recovery_key(desk),
    ),
}
"""By function the role that is refused, and how it is called."""

SAYS_NOTHING: dict[str, Call] = {
    "agenda.agenda": lambda desk, _p: agenda.agenda(desk),
    "agenda.findings": lambda desk, _p: [
        each for each in agenda.findings(desk) if each.register != "users"
    ],
    "agenda.overview": lambda desk, _p: agenda.overview(desk).breaches_open,
    "lines.agenda_lines": lambda desk, _p: lines.agenda_lines(desk),
    "records.journal_page": lambda desk, _p: [
        each for each in records.journal_page(desk) if each.slug != "users"
    ],
    "records.titles": lambda desk, _p: records.titles(desk, {"customers": [KEY]}),
    "records.options": lambda desk, _p: records.options(desk, "customers"),
    "records.find_anything": lambda desk, _p: records.find_anything(desk, "bakkerij"),
}
"""What gives each role its own: to an administrator, who sees no record, nothing."""

OF_ALL = "says nothing of any record"
OF_ITSELF = "asked within the functions above, which ask the role"
BUILT = "of a paper that was built for this user"
OWN = "of the user at the desk"
FREE = {
    **dict.fromkeys(
        (
            *("backups.setting_specs", "backups.settings", "backups.clock_doubt"),
            *("backups.are_made_here", "backups.made_by_server", "backups.present"),
            "backups.past_term",
            *("backups.verify", "backups.may_make", "check.check_journal", "check.check"),
            *("governing.is_pending", "records.visible_fields", "records.warnings"),
        ),
        OF_ALL,
    ),
    **dict.fromkeys(("backups.make_when_due", "governing.settle"), "the program does it by itself"),
    **dict.fromkeys(
        (
            *("outgoing.written", "records.title_of", "report_makers.retention_schedule"),
            *("report_makers.due_list", "report_makers.one_customer", "report_makers.found"),
            "report_makers.breach_file",
            *("journal_paper.journal_extract", "restricted.sight_of", "restricted.hidden_fields"),
            *("restricted.is_hidden", "restricted.untold"),
            *("restricted.must_be_seen", "restricted.at_the_end", "restricted.must_not_lift"),
            "restricted.hidden_in_journal",
        ),
        OF_ITSELF,
    ),
    **dict.fromkeys(
        (
            *("paper.printed", "paper.save", "paper.preview_sheet", "paper.write_sheet"),
            *("reports.emergency_sheet", "reports.numbered", "reports.came_out"),
            "reports.print_document",
        ),
        BUILT,
    ),
    **dict.fromkeys(
        (
            *("drafts.put_away", "drafts.take_out", "drafts.keep", "drafts.kept"),
            *("users.change_password", "users.confirm_password"),
        ),
        OWN,
    ),
}


def doors() -> set[str]:
    """Return every public function of the services that is given a desk."""
    return {
        f"{module.name}.{name}"
        for module in pkgutil.iter_modules(services.__path__)
        for name, found in vars(import_module(f"privreg.services.{module.name}")).items()
        if inspect.isfunction(found)
        and found.__module__ == f"privreg.services.{module.name}"
        and not name.startswith("_")
        and {"desk", "_desk", "asked"} & inspect.signature(found).parameters.keys()
    }


def test_every_function_is_listed_once_and_nothing_else_is() -> None:
    listed = [*REFUSED, *SAYS_NOTHING, *FREE]
    assert sorted(listed) == sorted(doors())


@pytest.mark.parametrize("name", REFUSED)
def test_a_role_that_may_not_is_refused(desk: Desk, tmp_path: Path, name: str) -> None:
    role, call = REFUSED[name]
    with pytest.raises(NotAllowedError):
        call(with_role(desk, role), tmp_path)


@pytest.mark.parametrize("name", SAYS_NOTHING)
def test_who_sees_no_record_is_told_nothing(desk: Desk, tmp_path: Path, name: str) -> None:
    item = an_item(desk, restricted=True)
    records.save(desk, "breaches", a_breach(desk))
    assert item["label"]
    found: Any = SAYS_NOTHING[name](with_role(desk, "administrator"), tmp_path)
    assert not found


def a_breach(desk: Desk) -> dict[str, Any]:
    """Return a breach whose clock runs."""
    return records.new(desk, "breaches", title="Laptop weg", aware_at=desk.clock.now())
