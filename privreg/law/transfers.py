"""Transfers outside the EEA (doorgifte): chapter V GDPR, articles 44-49."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from privreg.law.missing import Missing, is_blank
from privreg.law.words import Worded
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from privreg.law.lists import DatedEntry, DatedList

    Values = Mapping[str, object]


class Destination(Worded):
    """Where a country or an international organisation stands in chapter V."""

    EEA = "eea", N_("within the EEA")
    ADEQUATE = "adequate", N_("outside the EEA, with an adequacy decision"), "AVG 45"
    PARTLY_ADEQUATE = (
        "partly_adequate",
        N_("outside the EEA, with an adequacy decision for some recipients"),
        "AVG 45",
    )
    THIRD = "third", N_("outside the EEA, without an adequacy decision"), "AVG 46, 49"
    ORGANISATION = "organisation", N_("an international organisation"), "AVG 44"

    @property
    def is_transfer(self) -> bool:
        """Whether data that go there are transferred in the sense of chapter V."""
        return self is not Destination.EEA


class Route(Worded):
    """The three routes of chapter V; a mechanism in the list names its own."""

    ADEQUACY = "adequacy", N_("adequacy decision"), "AVG 45"
    SAFEGUARDS = "safeguards", N_("appropriate safeguards"), "AVG 46"
    DEROGATION = "derogation", N_("derogation for a specific situation"), "AVG 49"


@dataclass(frozen=True, slots=True)
class TransferLists:
    """The dated lists that judge a transfer, each under its own name."""

    eea: DatedList
    adequacy: DatedList
    mechanisms: DatedList
    countries: DatedList


def destination(country: str, day: date, lists: TransferLists) -> Destination:
    """Return where a country (ISO 3166, two letters) stands on a day."""
    if lists.eea.entry(country, day):
        return Destination.EEA
    decision = lists.adequacy.entry(country, day)
    if decision is None:
        return Destination.THIRD
    return Destination.PARTLY_ADEQUATE if _is_partial(decision) else Destination.ADEQUATE


def _is_partial(decision: DatedEntry) -> bool:
    return bool(decision.details.get("only_for_nl"))


def missing_for_transfer(transfer: Values, day: date, lists: TransferLists) -> tuple[Missing, ...]:
    """Return what a transfer lacks on a day; nothing for a country of the EEA.

    `transfer` holds `country` or `organisation`, `mechanism` (a code of the list),
    `assessment`, `supplementary` and `document`. An international organisation is outside
    every country, so its seat within the EEA takes nothing away (article 44).
    """
    country = str(transfer.get("country") or "")
    organisation = str(transfer.get("organisation") or "").strip()
    if not country and not organisation:
        what = message(N_("No country and no international organisation is named."))
        return (Missing(article="AVG 30(1)(e)", what=what, field="country"),)
    where = Destination.ORGANISATION if organisation else destination(country, day, lists)
    if not where.is_transfer:
        return ()
    name = organisation or lists.countries.entry(country) or country
    mechanism = lists.mechanisms.entry(str(transfer.get("mechanism") or ""), day)
    if mechanism is None:
        what = message(N_("The transfer to {country} has no mechanism."), country=name)
        return (Missing(article="AVG 44", what=what, field="mechanism"),)
    return _by_route(mechanism, transfer, where, name)


def _by_route(
    mechanism: DatedEntry, transfer: Values, where: Destination, country: DatedEntry | str
) -> tuple[Missing, ...]:
    route = Route(mechanism.details["route"])
    if route is Route.ADEQUACY:
        return _adequacy(transfer, where, country)
    if mechanism.code == COMPELLING_INTEREST:
        return _lacking(transfer, country, COMPELLING_INTEREST_NEEDS)
    if route is Route.DEROGATION:
        return _lacking(transfer, country, DEROGATION_NEEDS)
    return _lacking(transfer, country, SAFEGUARDS_NEED)


def _adequacy(
    transfer: Values, where: Destination, country: DatedEntry | str
) -> tuple[Missing, ...]:
    if where is Destination.THIRD:
        what = message(
            N_("There is no adequacy decision for {country}: choose another mechanism."),
            country=country,
        )
        return (Missing(article="AVG 45", what=what, field="mechanism"),)
    if where is Destination.ORGANISATION:
        return _lacking(transfer, country, ADEQUATE_ORGANISATION_NEEDS)
    if where is Destination.PARTLY_ADEQUATE:
        return _lacking(transfer, country, PARTLY_ADEQUATE_NEEDS)
    return ()


@dataclass(frozen=True, slots=True)
class _Need:
    field: str
    article: str
    what: str
    soft: bool = False


SAFEGUARDS_NEED = (
    _Need(
        "assessment",
        "AVG 46(1)",
        N_("The transfer to {country} has no assessment of law and practice there."),
    ),
    _Need(
        "supplementary",
        "AVG 46(1)",
        N_("The transfer to {country} names no supplementary measures, nor that none are needed."),
        soft=True,
    ),
    _Need(
        "document",
        "AVG 46(2)",
        N_("The transfer to {country} has no document with the safeguards, to show on request."),
    ),
)
DEROGATION_NEEDS = (
    _Need(
        "assessment",
        "AVG 49(1)",
        N_("The transfer to {country} rests on an exception: say why it applies."),
    ),
    _Need(
        "document",
        "AVG 5(2)",
        N_("The transfer to {country} rests on an exception: keep the reasoning in a document."),
        soft=True,
    ),
)
COMPELLING_INTEREST = "compelling_interest"
COMPELLING_INTEREST_NEEDS = (
    _Need(
        "assessment",
        "AVG 49(6)",
        N_(
            "The transfer to {country} rests on a compelling interest: weigh it, and say when "
            "the authority and the people were told."
        ),
    ),
    _Need(
        "supplementary",
        "AVG 49(1)",
        N_("The transfer to {country} rests on a compelling interest: name the safeguards."),
    ),
    _Need(
        "document",
        "AVG 30(1)(e)",
        N_("The transfer to {country} has no document with the safeguards, to show on request."),
    ),
)
ADEQUATE_ORGANISATION_NEEDS = (
    _Need(
        "assessment",
        "AVG 45",
        N_("Name the adequacy decision for {country}: the list holds those for countries."),
    ),
)
PARTLY_ADEQUATE_NEEDS = (
    _Need(
        "assessment",
        "AVG 45",
        N_("The decision for {country} covers some recipients only: say that this one is covered."),
    ),
)


def _lacking(
    transfer: Values, country: DatedEntry | str, needs: tuple[_Need, ...]
) -> tuple[Missing, ...]:
    return tuple(
        Missing(
            article=need.article,
            what=Message(need.what, {"country": country}),
            soft=need.soft,
            field=need.field,
        )
        for need in needs
        if is_blank(transfer.get(need.field))
    )
