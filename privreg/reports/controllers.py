"""The controller on paper: at the head of every report, and in full in the register."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.registers.reading import key_of, keys_of, text_of
from privreg.reports.document import ControllerHead, Heading, Pairs
from privreg.reports.written import country, pair, pairs, words_of
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from privreg.registers.declaration import Values
    from privreg.reports.book import Book
    from privreg.reports.document import Block, Labelled

_SHORT = 160
HOME = "NL"


def head_of(book: Book, values: Values | None = None) -> ControllerHead | None:
    """Return the controller of a record for the head; without a record, all of them."""
    known = _controllers_of(book, values) or list(book.records("controllers"))
    if not known:
        return None
    first, *others = known
    jointly = tuple(text_of(each, "name") for each in (*_partners(book, first), *others))
    return ControllerHead(
        name=text_of(first, "name"),
        address=(*address_lines(first), *_apart(known)),
        kvk=text_of(first, "kvk"),
        abroad=_is_abroad(first),
        officer=officer_line(first),
        contact=" · ".join(
            part for part in (text_of(first, "email"), text_of(first, "phone")) if part
        ),
        jointly_with=tuple(dict.fromkeys(jointly)) if _is_joint(known) else (),
    )


def _controllers_of(book: Book, values: Values | None) -> list[Values]:
    if values is None:
        return []
    keys = [key_of(values, "controller_id"), *keys_of(values, "controllers")]
    return book.several("controllers", [key for key in keys if key is not None])


def _partners(book: Book, controller: Values) -> list[Values]:
    return book.several("controllers", keys_of(controller, "partners"))


def _is_joint(known: list[Values]) -> bool:
    return any(text_of(each, "relation") == "joint" for each in known)


def _apart(known: list[Values]) -> tuple[str, ...]:
    if _is_joint(known):
        return ()
    return tuple(_("and apart: {name}").format(name=text_of(each, "name")) for each in known[1:])


def address_lines(values: Values) -> tuple[str, ...]:
    """Return street, postcode with town, and the country when it is not the Netherlands."""
    town = f"{text_of(values, 'postcode')} {text_of(values, 'city')}".strip()
    abroad = text_of(values, "country")
    lines = (text_of(values, "street"), town, country(abroad) if abroad != HOME else "")
    return tuple(line for line in lines if line)


def officer_line(values: Values) -> str:
    """Return the officer with e-mail and telephone, or why there is none, on one line."""
    if values.get("has_officer"):
        parts = (text_of(values, f"officer_{part}") for part in ("name", "email", "phone"))
        return " · ".join(part for part in parts if part)
    if values.get("has_officer") is False:
        reason = text_of(values, "no_officer_reason")
        if reason and len(reason) <= _SHORT:
            return _("none, because {reason}").format(reason=reason)
        return _("none")
    return ""


def particulars(book: Book, controllers: Iterable[Values]) -> Iterator[Block]:
    """Return everything article 30(1)(a) asks of each controller."""
    for values in controllers:
        yield Heading(2, text_of(values, "name"), note=text_of(values, "number"))
        yield _identity(book, values)
        yield from arrangement(book, values)
        yield _officer(book, values)


def _identity(book: Book, values: Values) -> Pairs:
    rows = (
        pair(book, "controllers", values, "trade_name"),
        (_("Address"), "\n".join(address_lines(values))),
        _trade_number(book, values),
        *pairs(
            book,
            "controllers",
            values,
            *("vat", "email", "phone", "website", "contact_name", "sector"),
            *("representative", "book_year_end", "promised_within"),
        ).rows,
        (_("Supervisory authority"), authority_of(values)),
    )
    return Pairs(rows)


def _trade_number(book: Book, values: Values) -> Labelled:
    label, number = pair(book, "controllers", values, "kvk")
    return (_("Registration number") if _is_abroad(values) else label), number


def _is_abroad(values: Values) -> bool:
    return text_of(values, "country") not in ("", HOME)


def authority_of(values: Values) -> str:
    """Return the supervisory authority: the chosen one, or that of the country."""
    code = text_of(values, "authority") or text_of(values, "country")
    return words_of("authorities", code)


def _officer(book: Book, values: Values) -> Pairs:
    names = ("has_officer", "officer_name", "officer_email", "officer_phone", "officer_number")
    return pairs(book, "controllers", values, *names, "officer_since_on", "no_officer_reason")


def arrangement(book: Book, values: Values) -> Iterator[Block]:
    """Return the arrangement between joint controllers (article 26)."""
    if text_of(values, "relation") == "alone":
        return
    names = ("relation", "partners", "arrangement", "arrangement_on", "arrangement_document")
    yield pairs(book, "controllers", values, *names)


def address(values: Values) -> str:
    """Return the address on one line."""
    return ", ".join(address_lines(values))
