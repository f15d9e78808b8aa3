"""The clocks each register starts: when they are due, when they are done, and why."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from privreg.formats import text
from privreg.law.deadline import Deadline, DeadlineState, state
from privreg.registers.register_list import register_of
from privreg.translation import use_language
from tests.registers.builders import (
    NOW,
    a,
    a_breach,
    a_customer,
    a_notification,
    a_party,
    a_request,
    a_rule,
    among,
    an_activity,
    at,
)

if TYPE_CHECKING:
    from privreg.registers.declaration import Values

AWARE = at("2026-03-28T14:00+01:00")
AFTER_72_HOURS = at("2026-03-31T15:00+02:00")


def clocks(slug: str, values: Values, *around: tuple[str, Values]) -> list[Deadline]:
    """Return the deadlines of one record."""
    return list(register_of(slug).deadlines(values, among(*around)))


def the_clock(slug: str, values: Values, *around: tuple[str, Values]) -> Deadline:
    """Return the one deadline of a record."""
    (found,) = clocks(slug, values, *around)
    return found


def why(deadline: Deadline) -> str:
    """Return the steps of a deadline as one text."""
    return " ".join(text(each) for each in deadline.because)


def test_the_72_hours_run_from_the_moment_known_through_a_clock_change() -> None:
    clock = the_clock("breaches", a_breach(aware_at=AWARE))
    assert clock.due == AFTER_72_HOURS
    assert clock.starts == AWARE
    assert state(clock, AFTER_72_HOURS - timedelta(seconds=1)) is DeadlineState.SOON
    assert state(clock, AFTER_72_HOURS + timedelta(seconds=1)) is DeadlineState.LATE


def test_the_first_notification_stops_the_clock_and_a_follow_up_alone_does_not() -> None:
    sent = a_notification("2026-04-02T15:00+02:00")
    assert the_clock("breaches", a_breach(notifications=[sent])).done
    follow_up = {**sent, "phase": "follow_up"}
    assert not the_clock("breaches", a_breach(notifications=[follow_up])).done


def test_a_late_notification_says_so_for_ever_with_its_reason() -> None:
    sent = a_notification("2026-04-01T10:00+02:00")
    clock = the_clock(
        "breaches", a_breach(aware_at=AWARE, notifications=[sent], delay_reason="Feestdag.")
    )
    assert clock.done
    assert "01-04-2026 10:00" in why(clock)
    assert "Feestdag." in why(clock)


def test_a_notification_in_time_says_when() -> None:
    clock = the_clock(
        "breaches", a_breach(notifications=[a_notification("2026-04-03T10:00+02:00")])
    )
    assert "03-04-2026 10:00" in why(clock)


def test_deciding_not_to_report_stops_the_clock_only_with_a_reason() -> None:
    assert not the_clock("breaches", a_breach(authority_decision="no")).done
    clock = the_clock(
        "breaches", a_breach(authority_decision="no", authority_reason="Versleuteld.")
    )
    assert clock.done
    assert "Versleuteld." in why(clock)


def test_a_processor_tells_its_client_within_the_hours_agreed() -> None:
    rows = [
        {"signed_on": date(2025, 1, 1), "breach_hours": 48},
        {"signed_on": date(2025, 1, 1), "breach_hours": 24},
        {"signed_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31), "breach_hours": 12},
    ]
    client = a_party(role="client", agreements=rows)
    breach = a_breach(role="processor", client_id=client["id"])
    clock = the_clock("breaches", breach, ("parties", client))
    assert clock.due == breach["aware_at"] + timedelta(hours=24)
    told = {**breach, "client_told_at": NOW}
    assert the_clock("breaches", told, ("parties", client)).done


def test_a_processor_without_agreed_hours_waits_without_undue_delay() -> None:
    clock = the_clock("breaches", a_breach(role="processor"))
    assert clock.due is None
    assert state(clock, NOW) is DeadlineState.WAITING


def test_a_high_risk_asks_whether_the_people_are_told_and_yes_asks_to_tell_them() -> None:
    assert len(clocks("breaches", a_breach(risk="high"))) == 2
    assert len(clocks("breaches", a_breach(risk="risk"))) == 1
    _authority, people = clocks("breaches", a_breach(risk="high", people_decision="yes"))
    assert state(people, NOW) is DeadlineState.WAITING
    told = a_breach(people_decision="yes", people_told_at=NOW)
    assert clocks("breaches", told)[1].done


def test_each_measure_with_a_day_is_a_deadline() -> None:
    measures = [
        {"measure": "Wachtwoorden", "due_on": date(2026, 4, 10), "owner": "IT"},
        {"measure": "Training", "due_on": None},
        {"measure": "Slot", "due_on": date(2026, 4, 1), "done_on": date(2026, 4, 2)},
    ]
    _authority, first, last = clocks("breaches", a_breach(measures=measures))
    assert (first.due, first.owner, first.done) == (date(2026, 4, 10), "IT", False)
    assert last.done


def test_a_breach_not_yet_known_has_no_clock() -> None:
    assert clocks("breaches", a_breach(aware_at=None)) == []


def test_a_request_is_answered_within_a_month() -> None:
    clock = the_clock("requests", a_request())
    assert clock.due == date(2026, 4, 27)
    assert "28-04-2026" in why(clock)  # the 27th is a holiday, so the legal last day is later


def test_the_promise_of_the_controller_sets_the_alarm() -> None:
    controller = a("controllers", name="Kade", promised_within="P4W")
    request = a_request(controller_id=controller["id"])
    assert the_clock("requests", request, ("controllers", controller)).due == date(2026, 4, 24)


def test_an_extended_request_has_three_months_from_receipt_and_no_promise() -> None:
    controller = a("controllers", name="Kade", promised_within="P4W")
    request = a_request(extended_on=date(2026, 4, 2), extension_reason="Veel stukken.")
    clock = the_clock("requests", request, ("controllers", controller))
    assert clock.due == date(2026, 6, 27)
    assert "02-04-2026" in why(clock)


def test_a_request_is_done_when_answered_or_withdrawn() -> None:
    assert not the_clock("requests", a_request(state="closed")).done
    assert the_clock("requests", a_request(answered_on=date(2026, 4, 1))).done
    assert the_clock("requests", a_request(decision="withdrawn")).done


def test_a_refusal_says_until_when_the_person_may_go_to_the_dutch_court() -> None:
    answered = {"answered_on": date(2026, 4, 1), "decision": "refused"}
    assert "13-05-2026" in why(the_clock("requests", a_request(**answered)))
    granted = a_request(**{**answered, "decision": "granted"})
    assert "13-05-2026" not in why(the_clock("requests", granted))
    abroad = a("controllers", name="Kade", country="DE")
    elsewhere = a_request(**answered, controller_id=abroad["id"])
    assert "13-05-2026" not in why(the_clock("requests", elsewhere, ("controllers", abroad)))
    assert the_clock("requests", a_request(**{**answered, "answered_on": date.max})).done


def test_steps_of_a_request_have_their_own_day() -> None:
    steps = [{"step": "Gegevens verzamelen", "due_on": date(2026, 4, 7)}]
    _answer, step = clocks("requests", a_request(steps=steps))
    assert step.due == date(2026, 4, 7)
    assert "Gegevens verzamelen" in text(step.what)


def test_recipients_are_told_of_an_erasure_that_was_granted() -> None:
    request = a_request(kinds=["erasure"], decision="granted", recipients=[{"told_on": None}])
    assert state(clocks("requests", request)[1], NOW) is DeadlineState.WAITING
    request["recipients"] = [{"told_on": date(2026, 4, 1)}, {"not_told": "impossible"}]
    assert clocks("requests", request)[1].done
    assert len(clocks("requests", {**request, "kinds": ["access"]})) == 1


def test_the_agenda_never_shows_the_name_of_who_asked() -> None:
    request = a_request(about="", person_name="De Vries")
    assert "Vries" not in the_clock("requests", request).title
    assert "Vries" not in register_of("requests").title(request)


def test_an_activity_is_reviewed_until_it_ends() -> None:
    activity = an_activity(review_on=date(2026, 5, 1), owner="Verkoop")
    clock = the_clock("activities", activity)
    assert (clock.due, clock.owner) == (date(2026, 5, 1), "Verkoop")
    assert clocks("activities", {**activity, "state": "ended"}) == []


def test_a_system_elsewhere_is_checked_again_after_each_check() -> None:
    rule = a_rule(runs_on="system", system="Recorder", check_every="P3M", set_to="7 dagen")
    from_entry = the_clock("rules", rule)
    assert from_entry.due == date(2026, 7, 3)
    assert "03-04-2026" in why(from_entry)
    assert "03-07-2026" in why(from_entry)
    rule["first_check_on"] = date(2026, 4, 10)
    assert the_clock("rules", rule).due == date(2026, 4, 10)
    rule["checks"] = [{"checked_on": date(2026, 1, 31)}, {"checked_on": date(2025, 10, 31)}]
    clock = the_clock("rules", rule)
    assert clock.due == date(2026, 4, 30)
    assert "7 dagen" in why(clock)
    assert "31-01-2026" in why(clock)
    assert "30-04-2026" in why(clock)
    assert clocks("rules", {**rule, "state": "ended"}) == []


def test_a_rule_is_reviewed() -> None:
    assert the_clock("rules", a_rule(review_on=date(2027, 1, 1))).due == date(2027, 1, 1)


def test_an_agreement_is_reviewed_and_renewed_unless_another_follows_it() -> None:
    row = {"title": "A", "signed_on": date(2025, 1, 1), "ends_on": date(2026, 6, 30)}
    review = {"title": "B", "signed_on": date(2025, 1, 1), "review_on": date(2026, 5, 1)}
    assert the_clock("parties", a_party(agreements=[row])).due == date(2026, 6, 30)
    renewed = clocks("parties", a_party(agreements=[row, review]))
    assert [(each.due, each.done) for each in renewed] == [
        (date(2026, 6, 30), True),
        (date(2026, 5, 1), False),
    ]
    assert clocks("parties", a_party(agreements=[row], state="ended")) == []


def test_an_open_hold_is_reviewed_and_waits_where_no_day_is_set() -> None:
    customer = a_customer(number="K-7")
    hold = a(
        "holds",
        customer_id=customer["id"],
        reason="claim",
        since_on=date(2026, 1, 1),
        review_on=date(2026, 3, 1),
    )
    clock = the_clock("holds", hold, ("customers", customer))
    assert clock.number == "K-7"
    assert state(clock, NOW) is DeadlineState.LATE
    waiting = the_clock("holds", {**hold, "review_on": None}, ("customers", customer))
    assert state(waiting, NOW) is DeadlineState.WAITING
    assert clocks("holds", {**hold, "until_on": date(2026, 2, 1)}) == []
    planned = {**hold, "until_on": date(2026, 12, 1)}
    clock = the_clock("holds", planned, ("customers", customer))
    assert "01-12-2026" in why(clock)
    assert clocks("holds", {**planned, "review_on": None}) == []  # it ends by itself


def test_measures_and_statements_are_reviewed() -> None:
    measure = a("measures", name="Alarm", review_on=date(2026, 5, 1))
    assert the_clock("measures", measure).due == date(2026, 5, 1)
    assert clocks("measures", {**measure, "status": "ended"}) == []
    statement = a("statements", title="Versie 2", review_on=date(2026, 5, 1))
    assert the_clock("statements", statement).due == date(2026, 5, 1)
    assert clocks("statements", {**statement, "ended_on": date(2026, 2, 1)}) == []


def test_a_disposal_waits_for_approval_then_execution_then_the_places_outside() -> None:
    disposal = a("disposals", due_on=date(2026, 4, 1), places=[{"place": "Archiefkast"}])
    proposed = the_clock("disposals", disposal)
    approved = the_clock("disposals", {**disposal, "state": "approved"})
    executed = the_clock("disposals", {**disposal, "state": "executed"})
    assert len({each.what.template for each in (proposed, approved, executed)}) == 3
    assert all("01-04-2026" in why(each) for each in (proposed, approved, executed))
    told = {**disposal, "state": "approved", "proposed_at": NOW, "approved_at": AWARE}
    assert "28-03-2026 14:00" in why(the_clock("disposals", told))
    assert "Archiefkast" in text(executed.what)
    assert clocks("disposals", {**disposal, "state": "withdrawn"}) == []


def test_the_clock_of_a_breach_names_the_authority_of_its_controller() -> None:
    def told(**controller: object) -> str:
        owner = ("controllers", a("controllers", name="Bonenhof", **controller))
        return text(the_clock("breaches", a_breach(aware_at=AWARE), owner).what)

    use_language("en")
    assert told(country="NL") == "Notify the AP"
    assert told(country="DK") == "Notify the Datatilsynet"
    assert told(country="NL", authority="FR") == "Notify the CNIL"
    assert told(country="US") == "Notify the competent authority"


def test_an_authority_that_all_controllers_have_is_named_before_one_is_chosen() -> None:
    def told(*countries: str) -> str:
        owners = [("controllers", a("controllers", name=each, country=each)) for each in countries]
        return text(the_clock("breaches", a_breach(aware_at=AWARE), *owners).what)

    use_language("en")
    assert told("NL", "NL") == "Notify the AP"
    assert told("NL", "DE") == "Notify the competent authority"
