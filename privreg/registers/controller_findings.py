"""Controllers: particulars, officer, arrangement of joint controllers, statement."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Iterator

from privreg import lists
from privreg.errors import FieldProblem
from privreg.law.agreements import missing_arrangement
from privreg.law.completeness import missing_in_particulars
from privreg.law.officer import missing_officer
from privreg.law.transfers import destination
from privreg.registers.declaration import Finding, Surroundings, Values
from privreg.registers.raised import named
from privreg.registers.reading import date_of, key_of, keys_of, needed, text_of
from privreg.translation import N_


def check(values: Values) -> Iterator[FieldProblem]:
    """Yield a controller that acts together with itself."""
    if values.get("id") in keys_of(values, "partners"):
        yield needed("partners", N_("A controller cannot act jointly with itself."))


def findings(values: Values, around: Surroundings) -> Iterator[Finding]:
    """Yield what is missing of a controller."""
    controller = named("controllers", values)
    yield from controller.missing(
        missing_in_particulars(values, is_outside_eea=_is_outside_eea(values, around))
    )
    yield from controller.missing(missing_officer(values))
    yield from controller.missing(missing_arrangement(values))
    if not any(_informs(statement, values, around) for statement in around.records("statements")):
        yield controller.finding(
            N_("No privacy statement in force is recorded for this controller."), "AVG 13, 14"
        )


def _is_outside_eea(values: Values, around: Surroundings) -> bool:
    country = text_of(values, "country")
    where = destination(country, around.today, lists.transfer_lists()) if country else None
    return where is not None and where.is_transfer


def _informs(statement: Values, controller: Values, around: Surroundings) -> bool:
    in_force_on, ended_on = date_of(statement, "in_force_on"), date_of(statement, "ended_on")
    of_controller = key_of(statement, "controller_id") in (None, controller.get("id"))
    begun = in_force_on is not None and in_force_on <= around.today
    return of_controller and begun and (ended_on is None or ended_on >= around.today)
