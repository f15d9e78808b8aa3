"""The five examples on paper: every report prints, and the promises that paper keeps."""

# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: N802  (tests of promises carry the id of the promise)
from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

import pytest

from privreg.clock import FixedClock
from privreg.exchange.examples import EXAMPLES
from privreg.reports.kit.pdf import paint
from privreg.reports.kit.plain import plain
from privreg.services import records, reports
from privreg.services.desk import Desk, open_desk
from privreg.services.examples import make_example

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CODE_ON_PAPER = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-|\b[a-z]+_id\b|\bNone\b|\bTrue\b|\bFalse\b|\{[a-z_]+\}|<[A-Z][a-z]+"
)
NOW = datetime(2026, 4, 3, 15, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Desk]]:
    """Give the desk of an example, made and opened when it is asked for first."""
    opened: list[Desk] = []

    @cache
    def desk_of(name: str) -> Desk:
        folder = tmp_path_factory.mktemp("examples") / f"{name}.privreg"
        make_example(folder, name, customers=15, clock=FixedClock(NOW))
        opened.append(open_desk(folder, "demo", "demo", clock=FixedClock(NOW)))
        return opened[-1]

    yield desk_of
    for each in opened:
        each.close()


def said(desk: Desk, kind: str, record: str | None = None) -> str:
    """Return what a report says in English."""
    return plain(reports.build(desk, kind, record=record, language="en"))


def first_number(desk: Desk, slug: str) -> str:
    """Return the number of a register's first record."""
    return str(records.page(desk, slug, records.ListQuery(), 0, 1).rows[0]["number"])


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_report_of_an_example_is_painted(desks: Callable[[str], Desk], example: str) -> None:
    desk = desks(example)
    for kind in reports.KINDS:
        number = first_number(desk, kind.slug) if kind.needs_record else None
        document = reports.build(desk, kind.code, record=number)
        assert paint(document, io.BytesIO()).pages >= 1, kind.code


@pytest.mark.parametrize("example", EXAMPLES)
def test_no_report_shows_a_key_a_name_of_the_code_or_a_value_nobody_gave(
    desks: Callable[[str], Desk], example: str
) -> None:
    desk = desks(example)
    for kind in reports.KINDS:
        number = first_number(desk, kind.slug) if kind.needs_record else None
        text = said(desk, kind.code, number)
        assert CODE_ON_PAPER.findall(text) == [], kind.code


def test_every_report_names_its_register_and_another_moment_when_one_is_asked(
    desks: Callable[[str], Desk],
) -> None:
    desk = desks("1box")
    later = NOW + timedelta(days=30)
    for kind in reports.KINDS:
        number = first_number(desk, kind.slug) if kind.needs_record else None
        now = plain(reports.build(desk, kind.code, record=number, language="en"))
        assert re.search(r"^Register +1box$", now, re.MULTILINE), kind.code
        assert "Judged as of" not in now
        then = plain(reports.build(desk, kind.code, record=number, at=later, language="en"))
        assert re.search(r"^Judged as of +03/05/2026 17:30$", then, re.MULTILINE), kind.code


def test_a_controller_abroad_has_a_trade_register_of_its_own(
    desks: Callable[[str], Desk],
) -> None:
    assert "Trade register HRB" in said(desks("connox"), "agenda")
    assert "Chamber of Commerce (KvK)" in said(desks("1box"), "agenda")


def test_1box_B6_ground_f_names_interest_necessity_and_balancing(
    desks: Callable[[str], Desk],
) -> None:
    shown = said(desks("1box"), "register")
    assert "f. legitimate interest" in shown
    order = ("Legitimate interest  ", "Why it is necessary", "Balancing with the person's")
    at = [shown.index(each) for each in order]
    assert at == sorted(at)


def test_1box_B7_the_schedule_holds_every_term(desks: Callable[[str], Desk]) -> None:
    shown = said(desks("1box"), "retention")
    for term in ("180 days", "1 year", "6 months", "160 weeks", "7 days", "28 days", "7 years"):
        assert term in shown, term


def test_1box_B9_data_without_a_term_is_a_gap(desks: Callable[[str], Desk]) -> None:
    assert "No term is set for " in said(desks("1box"), "retention")


def test_1box_B12_a_transfer_shows_its_assessment(desks: Callable[[str], Desk]) -> None:
    shown = said(desks("1box"), "processors")
    assert "Standard contractual clauses of the Commission (SCC)" in shown
    assert "Assessment of law and practice there" in shown


def test_connox_X1_the_officer_stands_at_the_head(desks: Callable[[str], Desk]) -> None:
    assert "Data protection officer: " in said(desks("connox"), "agenda").split("In short")[0]


def test_connox_X3_sub_processors_stand_under_their_processor(
    desks: Callable[[str], Desk],
) -> None:
    lines = said(desks("connox"), "processors").splitlines()
    at = next(place for place, line in enumerate(lines) if line.startswith("Friendly Captcha"))
    assert lines[at + 1].startswith("\u2514 ")


def test_koffiemax_K1_both_controllers_are_in_the_register(desks: Callable[[str], Desk]) -> None:
    desk = desks("koffiemax")
    names = [row["name"] for row in records.page(desk, "controllers", records.ListQuery()).rows]
    shown = said(desk, "register")
    assert len(names) == 2
    assert all(name in shown for name in names)


def test_koffiemax_K3_the_copy_of_an_id_is_marked_high_risk(desks: Callable[[str], Desk]) -> None:
    shown = said(desks("koffiemax"), "register")
    assert "high risk" in shown
    assert "With data of high risk" in shown


def test_koffiemax_K9_every_breach_is_in_the_log_with_consequences_and_measures(
    desks: Callable[[str], Desk],
) -> None:
    desk = desks("koffiemax")
    shown = said(desk, "breaches")
    found = records.page(desk, "breaches", records.ListQuery()).rows
    assert found
    assert all(each["title"] in shown for each in found)
    assert shown.count("\nConsequences\n") == shown.count("\nMeasures\n") == len(found)


def test_iv_V15_sensitive_data_are_marked_and_counted(desks: Callable[[str], Desk]) -> None:
    shown = said(desks("iv"), "retention")
    for counted in ("special categories (art. 9)", "the national number (art. 46 UAVG)"):
        assert f"With {counted}" in shown
    schedule = shown.split("Terms per group and kind of data", 1)[1]
    assert "special categories" in schedule
    assert "national number" in schedule
