"""Parties: agreements that run, transfers outside the EEA, and what both lack."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from privreg import lists
from privreg.errors import FieldProblem
from privreg.law.agreements import is_in_force, missing_for_processor
from privreg.law.deadline import Deadline
from privreg.law.period import day_after
from privreg.law.transfers import destination, missing_for_transfer
from privreg.registers.declaration import Finding, Surroundings, Values
from privreg.registers.raised import CountryName, Raiser, chosen, named
from privreg.registers.reading import (
    codes_of,
    date_of,
    key_of,
    needed,
    out_of_order,
    rows_of,
    text_of,
)
from privreg.translation import N_, message

LAST_DAY = date.max


def check(values: Values) -> Iterator[FieldProblem]:
    """Yield what contradicts itself in a party."""
    key = values.get("id")
    if key is not None and key_of(values, "under_id") == key:
        yield needed("under_id", N_("A party cannot be its own sub-processor."))
    for position, row in enumerate(rows_of(values, "agreements")):
        signed, ended = ("signed_on", N_("Signed on")), ("ends_on", N_("Ends on"))
        for each in out_of_order(row, signed, ended):
            yield FieldProblem(f"agreements[{position}].{each.field}", each.problem)


def deadlines(values: Values, _around: Surroundings) -> Iterator[Deadline]:
    """Yield the end and the review of each agreement with a party in use."""
    if text_of(values, "state") == "ended":
        return
    party = named("parties", values)
    agreements = rows_of(values, "agreements")
    for row in agreements:
        review_on, ends_on = date_of(row, "review_on"), date_of(row, "ends_on")
        if review_on is not None:
            yield party.deadline(
                message(N_("Review the agreement '{title}'"), title=text_of(row, "title")),
                review_on,
                because=(
                    message(N_("What was agreed and what is done may have grown apart.")),
                    *chosen(N_("Review on"), review_on),
                ),
            )
        if ends_on is not None:
            others = [each for each in agreements if each is not row]
            yield party.deadline(
                message(N_("Renew the agreement '{title}'"), title=text_of(row, "title")),
                ends_on,
                because=(message(N_("It ends on {ends_on}."), ends_on=ends_on),),
                done=_is_replaced(others, ends_on),
            )


def _is_replaced(others: list[Values], ends_on: date) -> bool:
    if ends_on == LAST_DAY:
        return False
    return any(is_in_force(each, day_after(ends_on)) for each in others)


def findings(values: Values, around: Surroundings) -> Iterator[Finding]:
    """Yield what is missing of a party in use."""
    if text_of(values, "state") == "ended":
        return
    party = named("parties", values)
    yield from _agreements(party, around)
    yield from _transfers(party, around)


def _agreements(party: Raiser, around: Surroundings) -> Iterator[Finding]:
    values, agreements = party.values, rows_of(party.values, "agreements")
    if values.get("is_class") or key_of(values, "under_id") is not None:
        return
    if text_of(values, "role") == "processor":
        points = lists.dated_list("agreement_points")
        yield from party.missing(missing_for_processor(agreements, around.today, points))
    elif values.get("fights_cybercrime") and not any(
        is_in_force(row, around.today) for row in agreements
    ):
        yield party.finding(
            N_("Gets data to fight cybercrime without an agreement in force."),
            "AVG 5(2)",
            field="agreements",
        )


def countries_of(values: Values) -> list[str]:
    """Return the countries a party is in or hosts in, each once, in the order of the form."""
    named_countries = [text_of(values, "country"), *codes_of(values, "hosting_countries")]
    return [code for code in dict.fromkeys(named_countries) if code]


def countries_outside(values: Values, day: date) -> list[str]:
    """Return a party's countries outside the EEA on a day, those it transfers to included."""
    transfers = [text_of(row, "country") for row in rows_of(values, "transfers")]
    every = dict.fromkeys([*countries_of(values), *transfers])
    judged_by = lists.transfer_lists()
    return [code for code in every if code and destination(code, day, judged_by).is_transfer]


def organisations_of(values: Values) -> list[str]:
    """Return the international organisations to which a party's transfers go, each once."""
    every = [text_of(row, "organisation").strip() for row in rows_of(values, "transfers")]
    return [name for name in dict.fromkeys(every) if name]


def _transfers(party: Raiser, around: Surroundings) -> Iterator[Finding]:
    rows, judged_by = rows_of(party.values, "transfers"), lists.transfer_lists()
    for row in rows:
        yield from party.missing(missing_for_transfer(row, around.today, judged_by))
    recorded = {text_of(row, "country") for row in rows}
    for country in countries_of(party.values):
        if country in recorded or not destination(country, around.today, judged_by).is_transfer:
            continue
        yield party.finding(
            message(
                N_("{country} lies outside the EEA, and no transfer to it is recorded."),
                country=CountryName(country),
            ),
            "AVG 30(1)(e), 44",
            field="transfers",
        )
