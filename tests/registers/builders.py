"""Records to test with, as plain values: `a_breach(risk='high')`."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from privreg import lists
from privreg.clock import day_of
from privreg.formats import text
from privreg.registers.declaration import Finding, Kind, Register, Surroundings, Values
from privreg.registers.register_list import register_of
from privreg.registers.validation import check, normalised

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

NOW = datetime(2026, 4, 3, 15, 30, tzinfo=UTC)
"""Friday 3 April 2026, 17:30 in Amsterdam."""

TODAY = day_of(NOW)
A_LIST = "a_list"


def codes(listed: str) -> Collection[str]:
    """Return the codes of a named list; `a_list` stands for any list with one entry."""
    return {"a_code"} if listed == A_LIST else lists.codes_of(listed)


def a(slug: str, **values: Any) -> Values:
    """Return a record of a register as the store keeps it: defaults, key and number."""
    register = register_of(slug)
    record: Values = {field.name: _empty(field.kind, field.default) for field in register.fields}
    kept = {"id": uuid4(), "number": f"{register.prefix}-1", "version": 1, "created_at": NOW}
    return {**record, **kept, **values}


def _empty(kind: Kind, default: object) -> object:
    if kind in {Kind.ROWS, Kind.LINKS, Kind.CHOICES}:
        return []
    return default


def a_breach(**values: Any) -> Values:
    """Return a breach known since Thursday 2 April 2026, 14:00."""
    known = {"title": "Laptop gestolen", "aware_at": at("2026-04-02T14:00+02:00")}
    return a("breaches", **{**known, **values})


def a_notification(sent_at: str, **values: Any) -> Values:
    """Return a first notification to the authority, sent at a moment."""
    return {"phase": "first", "authority": "AP", "sent_at": at(sent_at), **values}


def a_request(**values: Any) -> Values:
    """Return a request for access, received on 27 March 2026."""
    asked = {"kinds": ["access"], "received_on": date(2026, 3, 27), "about": "Inzage"}
    return a("requests", **{**asked, **values})


def an_activity(**values: Any) -> Values:
    """Return an activity with a name."""
    return a("activities", **{"name": "Klantenadministratie", **values})


def a_rule(**values: Any) -> Values:
    """Return a rule of seven years from the contract's end."""
    lasting = {"name": "Zeven jaar", "period": "P7Y", "event": "contract_ended"}
    return a("rules", **{**lasting, **values})


def a_party(**values: Any) -> Values:
    """Return a processor in the Netherlands."""
    return a("parties", **{"name": "Drukker", **values})


def a_customer(**values: Any) -> Values:
    """Return a person who is a customer."""
    return a("customers", **{"name": "De Vries", "controller_id": uuid4(), **values})


def at(moment: str) -> datetime:
    """Read a moment with its offset, and give it in UTC."""
    return datetime.fromisoformat(moment).astimezone(UTC)


def among(*records: tuple[str, Values], now: datetime = NOW) -> Surroundings:
    """Return the surroundings in which these records live: pairs of register and values."""

    def of_register(slug: str) -> Iterable[Values]:
        return [values for each, values in records if each == slug]

    def one(slug: str, record_id: UUID) -> Values | None:
        return next((each for each in of_register(slug) if each["id"] == record_id), None)

    def number(customer_id: UUID) -> str:
        return str((one("customers", customer_id) or {}).get("number", ""))

    return Surroundings(
        now=now, today=day_of(now), records=of_register, record=one, customer_number=number
    )


def problems(slug: str, values: Values, *, now: datetime = NOW) -> dict[str, str]:
    """Return what the check says of a record: the sentence by field, in Dutch or as marked."""
    register: Register = register_of(slug)
    tidied = normalised(register, values)
    return {
        each.field: text(each.problem) for each in check(register, tidied, now=now, lists=codes)
    }


def problem_fields(slug: str, values: Values) -> set[str]:
    """Return the fields of a record with which something is wrong."""
    return set(problems(slug, values))


def said(found: Iterable[Finding]) -> list[str]:
    """Return the templates of findings, in English as they are marked."""
    return [each.what.template for each in found]
