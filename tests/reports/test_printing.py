"""Printing from a real register: numbers, copies, roles, moments, the child process."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import io
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest
from pypdf import PdfReader

from privreg.clock import FixedClock, day_of
from privreg.errors import NotAllowedError, ProblemError, UsageError
from privreg.formats import text
from privreg.reports.kit.pdf import PaintCancelledError
from privreg.reports.kit.plain import plain
from privreg.services import agenda, records, reports, timers
from privreg.services import paper as papers
from privreg.services.desk import Desk, open_desk, open_unlocked
from privreg.services.examples import make_example
from privreg.store import journal
from privreg.store.folder import RegisterFolder
from privreg.translation import _, speaking

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from privreg.reports.document import Document
    from privreg.store.key_format import DataKey
    from privreg.store.keys import KeyRing

NOW = datetime(2026, 4, 3, 15, 30, tzinfo=UTC)


class Example(NamedTuple):
    """An example register on disk, with what opens it without a password."""

    folder: Path
    ring: KeyRing | None
    data_key: DataKey


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """Make an example register once."""
    folder = tmp_path_factory.mktemp("example") / "Koffie.privreg"
    make_example(folder, "koffiemax", customers=20, clock=FixedClock(NOW))
    opened = open_desk(folder, "demo", "demo", clock=FixedClock(NOW))
    opened.close()
    return Example(folder, opened.ring, opened.data_key)


def opened_copy(example: Example, tmp_path: Path, *, read_only: bool = False) -> Desk:
    """Open a copy of the example."""
    folder = RegisterFolder(shutil.copytree(example.folder, tmp_path / example.folder.name))
    clock = FixedClock(NOW)
    return open_unlocked(folder, example.ring, example.data_key, clock, read_only=read_only)


@pytest.fixture
def desk(example: Example, tmp_path: Path) -> Iterator[Desk]:
    """Open a copy of it."""
    opened = opened_copy(example, tmp_path)
    yield opened
    opened.close()


def record_of(desk: Desk, kind: reports.ReportKind) -> str | None:
    """Return the number of a record for a report that needs one."""
    if not kind.needs_record:
        return None
    page = records.page(desk, kind.slug, records.ListQuery(), 0, 1)
    return str(page.rows[0]["number"])


def as_role(desk: Desk, *roles: str) -> None:
    """Let somebody with these roles sit at the desk."""
    desk.user = replace(desk.user, roles=frozenset(roles))


def latest_hash(desk: Desk) -> str:
    """Return the hash that stands at the foot of every paper."""
    with desk.store.read() as connection:
        return journal.latest_hash(connection)


def build(desk: Desk, kind: str, **more: object) -> Document:
    """Make a report in English."""
    return reports.build(desk, kind, language="en", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [kind.code for kind in reports.KINDS])
def test_every_kind_of_report_prints_from_a_register(desk: Desk, kind: str) -> None:
    found = reports.kind_of(kind)
    made = build(desk, kind, record=record_of(desk, found))
    assert made.kind == kind
    assert made.journal_hash == latest_hash(desk)
    assert made.controller is not None
    assert plain(made)


def test_a_report_is_written_by_a_child_process_and_read_back(desk: Desk, tmp_path: Path) -> None:
    heard: list[int] = []
    out = tmp_path / "register.pdf"
    pages = reports.print_report(desk, "register", out, progress=heard.append)
    reader = PdfReader(out)
    assert len(reader.pages) == pages
    assert heard[-1] == 100
    assert "RP-2026-0001" in reader.pages[0].extract_text()
    assert latest_hash(desk)[:12] in reader.pages[0].extract_text()


def came_out(desk: Desk, document: Document) -> Document:
    """Number a report and say that it was printed."""
    final = reports.numbered(desk, document)
    reports.came_out(desk, final)
    return final


def test_a_reprint_keeps_its_number_and_says_that_it_is_a_copy(desk: Desk) -> None:
    first = came_out(desk, build(desk, "breaches"))
    other = came_out(desk, build(desk, "register"))
    desk.clock = FixedClock(NOW + timedelta(hours=2))
    again = came_out(desk, build(desk, "breaches", at=NOW))
    assert (first.number, first.copy) == ("RP-2026-0001", False)
    assert (other.number, other.copy) == ("RP-2026-0002", False)
    assert (again.number, again.copy) == ("RP-2026-0001", True)


def test_a_paper_that_did_not_come_out_keeps_its_number_and_is_no_copy(
    desk: Desk, tmp_path: Path
) -> None:
    with pytest.raises(ProblemError):
        reports.print_report(desk, "agenda", tmp_path / "gone" / "agenda.pdf")
    out = tmp_path / "agenda.pdf"
    reports.print_report(desk, "agenda", out)
    first = PdfReader(out).pages[0].extract_text()
    reports.print_report(desk, "agenda", out)
    second = PdfReader(out).pages[0].extract_text()
    assert "RP-2026-0001" in first
    assert "RP-2026-0001" in second
    assert ("KOPIE" in first, "KOPIE" in second) == (False, True)


def test_what_changed_is_no_copy(desk: Desk) -> None:
    came_out(desk, build(desk, "breaches"))
    found = records.page(desk, "breaches", records.ListQuery(), 0, 1).rows[0]
    records.save(desk, "breaches", {**found, "cause": "Something else"})
    assert reports.numbered(desk, build(desk, "breaches")).number == "RP-2026-0002"


def test_printing_changes_no_record_and_writes_no_journal(desk: Desk, tmp_path: Path) -> None:
    before = latest_hash(desk)
    reports.print_report(desk, "breach", tmp_path / "b.pdf", record="DL-2026-0001")
    assert latest_hash(desk) == before
    assert records.load_number(desk, "breaches", "DL-2026-0001")["version"] == 1


def test_a_register_open_for_reading_prints_with_a_number_of_its_own(
    example: Example, tmp_path: Path
) -> None:
    reading = opened_copy(example, tmp_path, read_only=True)
    try:
        made = reports.numbered(reading, build(reading, "agenda"))
        again = reports.numbered(reading, build(reading, "agenda"))
    finally:
        reading.close()
    assert made.number.startswith("RP-20260403-1730-")
    assert (again.number, again.copy) == (made.number, False)


def test_a_reader_prints_codes_without_names(desk: Desk) -> None:
    whole = plain(build(desk, "due"))
    customer = records.page(desk, "customers", records.ListQuery(), 0, 1).rows[0]
    as_role(desk, "reader")
    page = plain(build(desk, "customer", record=customer["number"]))
    every = [plain(build(desk, kind)) for kind in ("due", "requests", "breaches", "journal")]
    with desk.store.read() as connection:
        names = _names(connection)
    assert any(name in whole for name in names)
    assert [name for name in names for text in (page, *every) if name in text] == []
    assert customer["number"] in page


def _names(connection: object) -> set[str]:
    from privreg.registers.register_list import register_of  # noqa: PLC0415
    from privreg.store.records import load_all  # noqa: PLC0415

    found = load_all(connection, register_of("customers"))  # type: ignore[arg-type]
    return {each["name"] for each in found if len(each["name"]) > 6}


def test_who_may_not_read_a_register_may_not_print_it(desk: Desk) -> None:
    as_role(desk, "administrator")
    for kind in ("register", "breaches", "due", "requests"):
        with pytest.raises(NotAllowedError):
            build(desk, kind)
    as_role(desk, "staff")
    with pytest.raises(NotAllowedError):
        build(desk, "users")


def test_the_agenda_of_an_administrator_holds_no_breach(desk: Desk) -> None:
    assert "DL-2026" in plain(build(desk, "agenda"))
    as_role(desk, "administrator")
    assert "DL-2026" not in plain(build(desk, "agenda"))


def test_a_moment_judges_todays_records_as_of_then(desk: Desk) -> None:
    later = NOW + timedelta(days=40)
    made = build(desk, "agenda", at=later)
    assert "Every running clock on 13/05/2026 17:30" in plain(made)
    assert made.made_at == NOW


def test_a_period_limits_the_breach_log(desk: Desk) -> None:
    year = (datetime(1999, 1, 1, tzinfo=UTC).date(), datetime(1999, 12, 31, tzinfo=UTC).date())
    made = build(desk, "breaches", period=year)
    assert made.period == "01/01/1999 through 31/12/1999"
    assert "No breaches are recorded in this period." in plain(made)


def test_a_report_speaks_the_language_asked_for(desk: Desk) -> None:
    made = reports.build(desk, "agenda", language="en")
    assert (made.language, made.title) == ("en", "Agenda")
    assert reports.build(desk, "agenda").language == "nl"


def test_wrong_words_are_told(desk: Desk) -> None:
    with pytest.raises(UsageError):
        build(desk, "nothing")
    with pytest.raises(UsageError):
        build(desk, "breach")
    with pytest.raises(ProblemError):
        build(desk, "breach", record="DL-1999-0001")


def test_cancelling_leaves_no_file(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "cancelled.pdf"
    with pytest.raises(PaintCancelledError):
        reports.print_report(desk, "register", out, cancelled=lambda: True)
    assert list(tmp_path.glob("*.pdf")) == []
    assert list(tmp_path.glob("*.part")) == []


def test_the_emergency_sheet_has_no_number_and_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    sheet = reports.emergency_sheet(desk, "ABCD-EFGH-JKLM")
    out = tmp_path / "sheet.pdf"
    assert reports.print_document(desk, sheet, out) == 1
    assert "RP-" not in PdfReader(out).pages[0].extract_text()
    assert reports.numbered(desk, build(desk, "agenda")).number == "RP-2026-0001"
    assert "sheet" not in {kind.code for kind in reports.KINDS}


def test_a_preview_takes_no_number_and_what_is_printed_after_it_does(desk: Desk) -> None:
    shown = papers.preview(desk, "agenda", language="nl")
    assert shown is not None
    texts = [PdfReader(io.BytesIO(shown.pdf)).pages[0].extract_text()]
    for _time in range(2):
        printed = papers.printed(desk, shown)
        assert printed is not None
        texts.append(PdfReader(io.BytesIO(printed.pdf)).pages[0].extract_text())
    assert ["RP-2026-0001" in text for text in texts] == [False, True, True]
    assert ["KOPIE" in text for text in texts] == [False, False, True]


def test_the_printed_journal_names_the_rows_that_came_went_and_changed(desk: Desk) -> None:
    breach = records.load_number(desk, "breaches", "DL-2026-0001")
    first, *others = breach["measures"]
    changed = {**first, "owner": "Ans de Boer"}
    came = {"sort": "preventive", "measure": "Stickers on every drawer"}
    records.save(desk, "breaches", {**breach, "measures": [changed, *others[1:], came]})
    shown = " ".join(plain(build(desk, "journal")).split())
    assert f"Owner: {first['owner']} \u2192 Ans de Boer" in shown
    assert f"removed: corrective \u00b7 {others[0]['measure']}" in shown
    assert "added: preventive \u00b7 Stickers on every drawer" in shown
    assert not re.search(r"\d rows", shown)


def test_the_printed_journal_names_the_records_its_rows_point_at(desk: Desk) -> None:
    activity = records.page(desk, "activities", records.ListQuery(), 0, 1).rows[0]
    whole = records.load(desk, "activities", activity["id"])
    party = records.page(desk, "parties", records.ListQuery(), 0, 1).rows[0]
    kind = whole["data"][0]["kind_id"]
    row = {"party_id": party["id"], "kinds": [str(kind)], "form": "full"}
    records.save(desk, "activities", {**whole, "recipients": [*whole["recipients"], row]})
    shown = " ".join(plain(build(desk, "journal")).split())
    assert f"added: {party['name']}" in shown


def test_a_part_of_the_due_list_holds_no_other_lines_and_names_what_it_is(desk: Desk) -> None:
    page = timers.due(desk, day_of(NOW), limit=1_000)
    first = page.lines[0]
    shown = plain(build(desk, "due", only=timers.Only(rule_id=first.place.rule_id)))
    others = {each.rule_name for each in page.lines} - {first.rule_name}
    assert others
    assert first.rule_name in shown
    assert not [name for name in others if name in shown]
    assert f"limited to retention rule: {first.rule_name}" in " ".join(shown.split())
    assert "This is a part of the list" not in plain(build(desk, "due"))


def test_a_customer_who_is_linked_to_a_breach_later_shows_when(desk: Desk) -> None:
    breach = records.load_number(desk, "breaches", "DL-2026-0001")
    known = {each["id"] for each in records.page(desk, "customers", records.ListQuery()).rows}
    added = next(iter(known - set(breach["customers"])))
    name = records.load(desk, "customers", added)["name"]
    desk.clock = FixedClock(NOW + timedelta(days=3))
    records.save(desk, "breaches", {**breach, "customers": [*breach["customers"], added]})
    shown = " ".join(plain(build(desk, "breach", record="DL-2026-0001")).split())
    assert f"{name} (entered on 06/04/2026 17:30)" in shown
    assert shown.count("entered on 06/04/2026") == 1


@pytest.mark.parametrize("kind", ["activity", "breach"])
def test_what_a_record_misses_stands_once_in_the_one_list_of_its_paper(
    desk: Desk, kind: str
) -> None:
    slug = reports.kind_of(kind).slug
    lacking = [each for each in agenda.findings(desk) if each.register == slug]
    if kind == "breach":
        opened = records.load_number(desk, slug, "DL-2026-0001")
        records.save(desk, slug, {**opened, "measures": [], "consequences_people": []})
        lacking = [each for each in agenda.findings(desk) if each.number == "DL-2026-0001"]
    assert lacking
    for each in lacking:
        shown = " ".join(plain(build(desk, kind, record=each.number)).split())
        with speaking("en"):
            assert shown.count(text(each.what)) == 1, each.number
            assert _("What is missing or contradicts") in shown
