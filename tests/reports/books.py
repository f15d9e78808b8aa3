"""A small office on paper: one controller with a record of every sort, as plain values."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from privreg.registers.declaration import Linked
from privreg.reports.book import Book
from tests.registers.builders import NOW, a, a_notification, among, at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from privreg.registers.declaration import Values

LATER = (NOW - timedelta(hours=1)).isoformat()


def a_book(*records: tuple[str, Values], now: datetime = NOW, **head: Any) -> Book:
    """Return a book of these records, printed by M. de Wit, in English unless told."""
    around = among(*records, now=now)
    slugs = {slug for slug, _values in records}
    seen: dict[str, Sequence[Values]] = {slug: list(around.records(slug)) for slug in slugs}
    known: dict[str, Any] = {
        "made_by": "M. de Wit",
        "language": "en",
        "journal_hash": "3f9ac01b" * 8,
    }
    return Book(around=around, seen=seen, made_at=NOW, **{**known, **head})


def the_controller(**values: Any) -> Values:
    """Return the controller of the office."""
    return a(
        "controllers",
        **{
            "name": "Bonenhof B.V.",
            "street": "Havenweg 12",
            "postcode": "2586 AA",
            "city": "Den Haag",
            "kvk": "12345678",
            "email": "privacy@bonenhof.example",
            "phone": "+31 70 123 45 67",
            "has_officer": False,
            "no_officer_reason": "No large-scale observation of people.",
            **values,
        },
    )


def of_kind(name: str, **values: Any) -> Values:
    """Return a kind of data."""
    return a("kinds", **{"name": name, **values})


def of_group(name: str, **values: Any) -> Values:
    """Return a group of people."""
    return a("groups", **{"name": name, **values})


def row(**values: Any) -> Values:
    """Return a row of a form, entered an hour ago."""
    return {"entered_at": NOW - timedelta(hours=1), **values}


class Office:
    """A complete small office; what a test changes, it changes before it asks for the book."""

    def __init__(self) -> None:
        self.controller = the_controller()
        self.tenants = of_group("Tenants", number="GB-01")
        self.children = of_group("Young tenants", number="GB-02", is_children=True)
        self.contact = of_kind("Contact data", number="SG-01")
        self.copies = of_kind("Copy of ID", number="SG-02", is_high_risk=True)
        self.health = of_kind("Health", number="SG-03", sensitivity="special")
        self.processor = a_processor()
        self.sub = a(
            "parties",
            name="Sub & Sons",
            number="PA-02",
            under_id=self.processor["id"],
            country="US",
        )
        self.rule = self._rule()
        self.elsewhere = self._rule_elsewhere()
        self.measure = a("measures", name="Two-step sign-in", description="For everyone.")
        self.activity = self._activity()
        self.breach = self._breach()
        self.request = self._request()
        self.statement = a(
            "statements",
            number="PV-01",
            title="Privacy statement 2026",
            controller_id=self.controller["id"],
            in_force_on=date(2026, 1, 1),
            text="We keep little.\n\nAnd not for long.",
        )
        self.user = a(
            "users",
            login="mdewit",
            name="M. de Wit",
            roles=["coordinator"],
            secrecy_declared_on=date(2026, 1, 5),
            entered={"secrecy_declared_on": at("2026-02-01T09:00+01:00").isoformat()},
        )

    @property
    def records(self) -> tuple[tuple[str, Values], ...]:
        """Every record with its register."""
        return (
            ("controllers", self.controller),
            ("groups", self.tenants),
            ("groups", self.children),
            ("kinds", self.contact),
            ("kinds", self.copies),
            ("kinds", self.health),
            ("parties", self.processor),
            ("parties", self.sub),
            ("rules", self.rule),
            ("rules", self.elsewhere),
            ("measures", self.measure),
            ("activities", self.activity),
            ("breaches", self.breach),
            ("requests", self.request),
            ("statements", self.statement),
            ("users", self.user),
        )

    def book(self, **head: Any) -> Book:
        """Return the office as a book."""
        return a_book(*self.records, titles=self.titles, **head)

    @property
    def titles(self) -> dict[UUID, Linked]:
        """The customers that requests refer to."""
        key = self.request["customer_id"]
        return {key: Linked(key, "customers", "K-0412", "De Halm")} if key else {}

    def _rule(self) -> Values:
        return a(
            "rules",
            number="BT-01",
            name="Contact data of tenants",
            group_id=self.tenants["id"],
            kind_id=self.contact["id"],
            event="contract_ended",
            period="P5Y",
            source="Privacy statement",
        )

    def _rule_elsewhere(self) -> Values:
        return a(
            "rules",
            number="BT-02",
            name="Camera recorder",
            kind_id=self.contact["id"],
            runs_on="system",
            system="Recorder",
            set_to="7 days",
            period="P7D",
            check_every="P3M",
            checks=[
                row(
                    checked_on=date(2026, 3, 1),
                    checked_by="J. Bos",
                    found="8 days",
                    is_right=False,
                    evidence="photo",
                )
            ],
        )

    def _activity(self) -> Values:
        pairs = (
            (self.tenants, self.contact),
            (self.children, self.contact),
            (self.tenants, self.copies),
            (self.children, self.health),
        )
        return a(
            "activities",
            number="VA-0001",
            name="Letting storage",
            description="From request to the end of the contract.",
            controllers=[self.controller["id"]],
            owner="J. Bos",
            review_on=date(2026, 3, 1),
            purposes=[
                row(
                    purpose="Keep the premises safe",
                    ground="legitimate_interest",
                    interest="Property of tenants",
                    necessity="No lighter way was found",
                    balancing="Images are kept briefly",
                    groups=[str(self.tenants["id"])],
                )
            ],
            data=[
                row(group_id=group["id"], kind_id=kind["id"], form="full", required_by="contract")
                for group, kind in pairs
            ],
            recipients=[
                row(
                    party_id=self.processor["id"],
                    kinds=[str(self.copies["id"])],
                    form="pseudonymised",
                    purpose="Hosting",
                )
            ],
            rules=[self.rule["id"]],
            measures=[self.measure["id"]],
            has_automated_decisions=False,
            dpia_outcome="not_needed",
            dpia_reason="Small and simple.",
        )

    def _breach(self) -> Values:
        return a(
            "breaches",
            number="DL-2026-0001",
            title="Laptop of a fitter stolen",
            controller_id=self.controller["id"],
            description="A laptop was taken from a van.",
            detected_at=at("2026-03-20T08:00+01:00"),
            detected_how="The fitter called",
            aware_at=at("2026-03-20T09:30+01:00"),
            entered={"aware_at": LATER, "detected_at": LATER},
            general_data=["name", "bsn"],
            people_groups=["minors"],
            people_min=10,
            people_max=40,
            consequences_people=["other"],
            consequences_people_other="Unwanted calls",
            risk="high",
            authority_decision="yes",
            authority_reason="The disk was not encrypted.",
            officer_advice="Report it.",
            delay_reason="The form was not sent at once.",
            notifications=[row(**a_notification("2026-03-25T10:00+01:00", number="AP-77"))],
            people_decision="no",
            people_reason_kind="measures",
            people_reason="The disk was wiped from afar.",
            measures=[
                row(sort="corrective", measure="Wiped from afar", done_on=date(2026, 3, 21)),
                row(sort="preventive", measure="Encrypt every disk", due_on=date(2026, 5, 1)),
            ],
            timeline=[row(happened_at=at("2026-03-20T08:00+01:00"), what="Called", by_whom="Jan")],
        )

    def _request(self) -> Values:
        return a(
            "requests",
            number="VZ-2026-0001",
            kinds=["access"],
            about="Everything you keep",
            controller_id=self.controller["id"],
            received_on=date(2026, 3, 9),
            person_name="Zoë van Dijk",
            customer_id=self.controller["id"],
            identity="no_doubt",
            identity_reason="Called from the known number",
            recipients=[row(party_id=self.processor["id"], told_on=date(2026, 3, 12))],
        )


def a_processor() -> Values:
    """Return a processor in the United States with an agreement and a transfer."""
    return a(
        "parties",
        number="PA-01",
        name="Boxwerk Cloud Inc.",
        service="Hosting",
        country="US",
        agreements=[
            row(
                title="DPA 2024",
                signed_on=date(2024, 1, 1),
                breach_hours=24,
                points=[],
                document="K",
            )
        ],
        transfers=[
            row(
                country="US",
                mechanism="scc",
                assessed_on=date(2025, 6, 1),
                assessment="Judged case by case",
                supplementary="Keys stay here",
                document="Cabinet 2",
            )
        ],
    )
