"""What the register of processing still misses or contradicts per activity (article 30)."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

from privreg import lists
from privreg.errors import FieldProblem
from privreg.law.completeness import missing_in_activity
from privreg.law.deadline import Deadline
from privreg.law.dpia import missing_dpia
from privreg.law.grounds import missing_grounds
from privreg.law.missing import is_blank
from privreg.registers.declaration import Finding, Surroundings, Values
from privreg.registers.party_findings import countries_outside, organisations_of
from privreg.registers.raised import RISK, TIDY, CountryName, Raiser, chosen, named
from privreg.registers.reading import (
    codes_of,
    date_of,
    key_of,
    keys_of,
    needed,
    out_of_order,
    rows_of,
    text_of,
)
from privreg.registers.rule_clock import has_rule
from privreg.translation import N_, message

_DENIAL = re.compile(r"\b(geen|niet|nergens|nooit|no|not|none|never|nothing)\b", re.IGNORECASE)


def check(values: Values) -> Iterator[FieldProblem]:
    """Yield days of an activity that are out of order."""
    yield from out_of_order(values, ("started_on", N_("Since")), ("ended_on", N_("Until")))
    if values.get("has_no_recipients") is True and rows_of(values, "recipients"):
        yield needed("has_no_recipients", N_("Recipients are named above, so somebody gets them."))


def deadlines(values: Values, _around: Surroundings) -> Iterator[Deadline]:
    """Yield the review of an activity that has not ended."""
    review_on = date_of(values, "review_on")
    if review_on is not None and text_of(values, "state") != "ended":
        yield named("activities", values).deadline(
            N_("Review the processing activity"),
            review_on,
            because=(
                message(
                    N_("The register is kept up to date (article 5(2) and 30)."),
                ),
                *chosen(N_("Review on"), review_on),
            ),
            owner=text_of(values, "owner"),
        )


def findings(values: Values, around: Surroundings) -> Iterator[Finding]:
    """Yield what is missing or contradictory in an activity that has not ended."""
    if text_of(values, "state") == "ended":
        return
    activity = named("activities", values)
    outside = list(_recipients_outside(values, around))
    known = {**values, "has_transfers": bool(outside), "rules": _terms(values, around)}
    yield from activity.missing(missing_in_activity(known))
    yield from _denied_transfers(activity, outside)
    if text_of(values, "role") != "processor":
        yield from _grounds(activity, around)
        yield from _without_rule(activity, around)
    yield from _recipients(activity, around)
    yield from _decisions(activity)
    yield from activity.missing(missing_dpia(values, lists.dated_list("dpia_triggers")))
    if text_of(values, "state") == "active" and date_of(values, "review_on") is None:
        yield activity.finding(
            N_("No date is set to review this activity."),
            "AVG 5(2)",
            weight=TIDY,
            field="review_on",
        )


def _terms(values: Values, around: Surroundings) -> list[object]:
    """Return the rules the activity names, or those that govern its data without being named."""
    named_rules: list[object] = list(values.get("rules") or ())
    kinds = (key_of(row, "kind_id") for row in rows_of(values, "data"))
    return named_rules or [kind for kind in kinds if kind is not None and has_rule(kind, around)]


def _recipients_outside(
    values: Values, around: Surroundings
) -> Iterator[tuple[Values, CountryName | str]]:
    """Yield the recipients outside the EEA with the country, or the organisation by name."""
    for row in rows_of(values, "recipients"):
        key = key_of(row, "party_id")
        party = around.record("parties", key) if key is not None else None
        if party is not None:
            for code in countries_outside(party, around.today):
                yield party, CountryName(code)
            for organisation in organisations_of(party):
                yield party, organisation


def _denied_transfers(
    activity: Raiser, outside: list[tuple[Values, CountryName | str]]
) -> Iterator[Finding]:
    if not _DENIAL.search(text_of(activity.values, "transfer_note")):
        return
    for party, where in outside:
        said = (
            N_("The note says that nothing leaves the EEA, but {party} is in {where}.")
            if isinstance(where, CountryName)
            else N_("The note says that nothing leaves the EEA, but {party} passes on to {where}.")
        )
        yield activity.finding(
            message(said, party=text_of(party, "name"), where=where),
            "AVG 30(1)(e)",
            field="transfer_note",
        )


def _grounds(activity: Raiser, around: Surroundings) -> Iterator[Finding]:
    sensitivities = {
        text_of(kind, "sensitivity") for kind in _kinds(activity.values, around).values()
    }
    yield from activity.missing(
        missing_grounds(
            activity.values,
            special="special" in sensitivities,
            criminal="criminal" in sensitivities,
        )
    )
    if "national_number" in sensitivities and not any(
        text_of(row, "statute") for row in rows_of(activity.values, "purposes")
    ):
        yield activity.finding(
            N_("The national number is processed: name the statute that prescribes it."),
            "UAVG 46",
            field="purposes",
        )
    for row in rows_of(activity.values, "purposes"):
        if row.get("is_publication") and text_of(row, "ground") != "consent":
            yield activity.finding(
                message(
                    N_("'{purpose}' publishes data of people without their consent as ground."),
                    purpose=text_of(row, "purpose"),
                ),
                "AVG 6(1)(a)",
                weight=RISK,
                field="purposes",
            )


def _kinds(values: Values, around: Surroundings) -> dict[UUID, Values]:
    used = {key_of(row, "kind_id") for row in rows_of(values, "data")}
    return {kind["id"]: kind for kind in around.records("kinds") if kind["id"] in used}


def _without_rule(activity: Raiser, around: Surroundings) -> Iterator[Finding]:
    kinds = _kinds(activity.values, around)
    controllers = keys_of(activity.values, "controllers")
    gaps = dict.fromkeys(
        key
        for row in rows_of(activity.values, "data")
        if (key := key_of(row, "kind_id")) in kinds
        and not has_rule(key, around, group=key_of(row, "group_id"), controllers=controllers)
    )
    for key in gaps:
        yield activity.finding(
            message(
                N_("No retention rule governs '{kind}': how long it is kept is a gap."),
                kind=text_of(kinds[key], "name"),
            ),
            "AVG 5(1)(e)",
            field="data",
        )


def _recipients(activity: Raiser, around: Surroundings) -> Iterator[Finding]:
    kept = {str(key_of(row, "kind_id")) for row in rows_of(activity.values, "data")}
    for row in rows_of(activity.values, "recipients"):
        key = key_of(row, "party_id")
        party = (around.record("parties", key) if key is not None else None) or {}
        given = set(codes_of(row, "kinds"))
        if not given:
            what = N_("It is not said which kinds of data {party} gets.")
        elif len(kept) > 1 and given >= kept:
            what = N_("{party} gets every kind of data of this activity: is that necessary?")
        else:
            continue
        yield activity.finding(
            message(what, party=text_of(party, "name")),
            "AVG 5(1)(c)",
            weight=RISK,
            field="recipients",
        )


def _decisions(activity: Raiser) -> Iterator[Finding]:
    values = activity.values
    if values.get("has_automated_decisions") is None and text_of(values, "role") != "processor":
        yield activity.finding(
            N_("It is not said whether decisions are taken solely by automated means."),
            "AVG 22",
            weight=TIDY,
            field="has_automated_decisions",
        )
    if values.get("has_automated_decisions") and is_blank(values.get("automated_logic")):
        yield activity.finding(
            N_("Automated decisions without an explanation of the logic involved."),
            "AVG 13(2)(f)",
            field="automated_logic",
        )
    if values.get("has_profiling") and is_blank(values.get("profiling_note")):
        yield activity.finding(
            N_("Profiling: look at what it means for the people, and write it down."),
            "AVG 4(4)",
            weight=RISK,
            field="profiling_note",
        )
