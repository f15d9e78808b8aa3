"""What the breach file and the breach log must show (articles 33 and 34)."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date

import pytest

from privreg.registers.declaration import Kind
from privreg.registers.register_list import register_of
from privreg.reports.breach import breach
from privreg.reports.breaches import breaches
from privreg.reports.document import ClockLine, Mark, SummaryBox, Table, words
from privreg.reports.kit.plain import plain
from privreg.reports.period import Span
from privreg.translation import use_language
from tests.registers.builders import a_breach, at
from tests.reports.books import Office, a_book, row


@pytest.fixture(autouse=True)
def _in_english() -> None:
    use_language("en")


def file_of(office: Office) -> str:
    """Return what the file of the office's breach says."""
    return plain(breach(office.book(), office.breach))


def summary(office: Office) -> dict[str, str]:
    """Return what stands in the box on top of the file."""
    box = breach(office.book(), office.breach).blocks[0]
    assert isinstance(box, SummaryBox)
    return {label: words(value) for label, value in box.rows}


def test_the_box_holds_the_moments_and_the_two_decisions() -> None:
    office = Office()
    office.breach |= {
        "happened_from_at": at("2026-03-19T22:00+01:00"),
        "processor_told_at": at("2026-03-20T09:00+01:00"),
    }
    box = summary(office)
    assert box["Happened"] == "19/03/2026 22:00"
    assert box["Detected"].startswith("20/03/2026 08:00")
    assert box["Told by the processor"] == "20/03/2026 09:00"
    assert box["Known since"].startswith("20/03/2026 09:30")
    assert box["Report to the authority"].split("\n") == [
        "reported on 25/03/2026 10:00",
        "number AP-77",
        "entered on 03/04/2026 16:30",
        "too late",
    ]
    assert box["Tell the people"].startswith("no, because measures took the high risk away")


def test_the_log_says_when_the_term_ended_and_what_too_late_means() -> None:
    said = plain(breaches(Office().book()))
    assert "End of the term         23/03/2026 09:30" in said
    assert "Too late: after that; the reason for the delay stands beside it." in said
    office = Office()
    office.breach["notifications"] = []
    running = plain(breaches(office.book()))
    assert "End of the term         23/03/2026 09:30: late" in running
    assert "Within the term:" not in running


def test_the_clock_line_has_marks_at_aware_reported_and_the_term() -> None:
    office = Office()
    [line] = [b for b in breach(office.book(), office.breach).blocks if isinstance(b, ClockLine)]
    marks = {mark.mark: mark.at for mark in line.marks}
    assert marks == {
        Mark.START: at("2026-03-20T09:30+01:00"),
        Mark.DONE: at("2026-03-25T10:00+01:00"),
        Mark.LIMIT: at("2026-03-23T09:30+01:00"),
    }


def test_a_running_clock_shows_now_and_the_time_left() -> None:
    office = Office()
    office.breach |= {
        "aware_at": at("2026-04-03T17:00+02:00"),
        "authority_decision": "not_yet",
        "notifications": [],
    }
    said = file_of(office)
    assert "03/04/2026 17:30  Now (now)" in said
    assert "71 h 30 m left" in said


def test_a_late_report_shows_its_reason() -> None:
    said = file_of(Office())
    assert "after the term" in said
    assert "The form was not sent at once." in said


def test_both_moments_stand_with_every_fact_that_was_entered_later() -> None:
    said = file_of(Office())
    assert "20/03/2026 09:30 (entered on 03/04/2026 16:30)" in said
    assert said.count("entered on 03/04/2026 16:30") >= 5


def test_a_fact_entered_in_the_same_minute_shows_one_moment() -> None:
    office = Office()
    office.breach["entered"] = {"aware_at": office.breach["aware_at"].isoformat()}
    assert "20/03/2026 09:30 (entered" not in file_of(office)


def test_corrective_and_preventive_measures_stand_apart() -> None:
    said = file_of(Office())
    order = ("Corrective measures", "Wiped from afar", "Preventive measures", "Encrypt every disk")
    assert sorted(order, key=said.index) == list(order)


def test_every_field_of_a_breach_is_in_its_file() -> None:
    office = Office()
    spoken = {
        spec.name: f"token-{spec.name}"
        for spec in register_of("breaches").fields
        if spec.kind in (Kind.LINE, Kind.TEXT, Kind.EMAIL, Kind.PHONE) and spec.name != "title"
    }
    numbers = {"records_exact": 90001, "people_exact": 90002, "people_told_count": 90003}
    moments = {
        spec.name: at(f"2026-02-{day:02d}T12:00+01:00")
        for day, spec in enumerate(
            (each for each in register_of("breaches").fields if each.kind is Kind.MOMENT), 1
        )
    }
    office.breach |= {**spoken, **moments, "records_exact": 90001, "people_exact": 90002}
    office.breach |= {**numbers, "client_told_at": moments["client_told_at"]}
    said = file_of(office)
    tokens = [*spoken.values(), "90,001", "90,002", "90,003"]
    tokens += [f"{each:%d/%m/%Y}" for each in moments.values()]
    assert [token for token in tokens if token not in said] == []


def test_the_log_holds_a_breach_that_was_not_reported_with_the_reason() -> None:
    quiet = a_breach(
        number="DL-2026-0002",
        title="Mail to the wrong address",
        authority_decision="no",
        authority_reason_kind="risk_unlikely",
        authority_reason="One address, encrypted",
        officer_advice="Agreed",
    )
    said = plain(breaches(a_book(*Office().records, ("breaches", quiet))))
    assert "no, because a risk is unlikely (art. 33(1))" in said
    assert "One address, encrypted" in said
    assert "Agreed" in said


def test_the_log_counts_late_and_sensitive_breaches() -> None:
    said = plain(breaches(Office().book()))
    for counted in ("Reported too late", "With data of children", "With the national number"):
        assert next(line for line in said.splitlines() if counted in line).endswith(" 1")


def test_the_log_keeps_to_its_period() -> None:
    book = Office().book()
    assert "Laptop of a fitter" in plain(breaches(book, Span.of_year(2026)))
    assert "Laptop of a fitter" not in plain(breaches(book, Span.of_year(2025)))
    assert "No breaches are recorded" in plain(breaches(book, Span(last=date(2026, 1, 1))))


def test_a_breach_as_processor_counts_to_the_client() -> None:
    office = Office()
    office.breach |= {
        "role": "processor",
        "client_id": office.processor["id"],
        "client_told_at": at("2026-03-20T12:00+01:00"),
    }
    said = file_of(office)
    assert "24 hours (limit)" in said
    assert "Controller told (done)" in said


def test_a_processor_does_not_decide_on_the_authority_but_tells_its_controller() -> None:
    office = Office()
    office.breach |= {
        "role": "processor",
        "client_id": office.processor["id"],
        "authority_decision": "not_yet",
        "people_decision": "not_yet",
        "people_told_at": None,
        "notifications": [],
    }
    assert "not decided yet" not in file_of(office)
    for decision in ("Report to the authority", "Tell the people"):
        assert summary(office)[decision].split("\n") == [
            "through the controller (art. 33(2))",
            "the controller is not told yet",
        ]
    office.breach["client_told_at"] = at("2026-03-20T12:00+01:00")
    assert summary(office)["Tell the people"].endswith(
        "the controller was told on 20/03/2026 12:00"
    )
    shown = plain(breaches(office.book(), Span.of_year(2026)))
    assert "through the controller (art. 33(2))" in shown
    lines = {" ".join(line.strip("| ").split()) for line in shown.splitlines()}
    assert "Not reported or decided yet 0" in lines
    assert "As processor, through the controller 1" in lines


def test_the_timeline_is_in_order_with_the_moment_of_entry() -> None:
    office = Office()
    office.breach["timeline"] = [
        row(happened_at=at("2026-03-22T08:00+01:00"), what="second"),
        row(happened_at=at("2026-03-21T08:00+01:00"), what="first"),
    ]
    tables = [b for b in breach(office.book(), office.breach).blocks if isinstance(b, Table)]
    timeline = next(t for t in tables if "second" in str(t))
    assert [words(line.cells[1]) for line in timeline.rows] == ["first", "second"]  # type: ignore[union-attr]
