"""Blank forms for a breach and for a request, to fill in by hand when the computer is down."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.registers.declaration import Kind
from privreg.registers.options import options_of
from privreg.registers.register_list import register_of
from privreg.reports.controllers import head_of
from privreg.reports.document import (
    Choices,
    Heading,
    Note,
    Paragraph,
    Signature,
    SignOff,
    WriteLines,
)
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privreg.registers.declaration import FieldSpec
    from privreg.reports.book import Book
    from privreg.reports.document import Block, Document

_TICKED_AT_MOST = 16
_LINES_OF_A_TEXT = 2

BREACH_FIELDS = (
    *("title", "description", "natures", "incident", "cause"),
    *("happened_from_at", "happened_until_at"),
    *("detected_at", "detected_how", "detected_by", "processor_told_at", "aware_at"),
    *("general_data", "special_data", "people_groups", "people_exact", "protections"),
    *("consequences_data", "consequences_people", "risk", "risk_note"),
    *("authority_decision", "authority_reason", "authority_decided_by"),
    *("people_decision", "people_reason", "people_told_at"),
)
REQUEST_FIELDS = (
    *("kinds", "about", "received_on", "channel", "purpose"),
    *("person_name", "person_email", "person_phone", "person_address", "person_country"),
    *("representative", "authority_proof"),
    *("identity", "identity_reason", "identity_how", "identity_by"),
    *("extended_on", "extension_reason"),
    *("decision", "decision_reason", "decided_on", "decided_by", "answered_on", "answered_how"),
)


def blank_breach(book: Book) -> Document:
    """Return an empty breach form; what is written on it is entered later, with both moments."""
    return book.paper(
        "blank_breach",
        _("Breach form"),
        (
            Paragraph(
                _(
                    "Write down at once when you knew: the authority must be told within 72 hours "
                    "from that moment, at night and at weekends too."
                )
            ),
            *_form("breaches", BREACH_FIELDS),
            Heading(2, _("Measures"), in_contents=False),
            WriteLines(_("Corrective: what was done at once, by whom, when"), 3),
            WriteLines(_("Preventive: what keeps it from happening again"), 3),
            Heading(2, _("Timeline"), in_contents=False),
            WriteLines(_("Date, time, what, by whom"), 5),
            SignOff((Signature(), Signature())),
            Note(_("Enter this form in the register as soon as the program works again.")),
        ),
        controller=head_of(book),
        subtitle=_("To fill in by hand"),
    )


def blank_request(book: Book) -> Document:
    """Return an empty request form."""
    return book.paper(
        "blank_request",
        _("Request form"),
        (
            Paragraph(
                _(
                    "The answer is due within one month of receipt, or sooner where the statement "
                    "promises it. Never keep a copy of an identity document."
                )
            ),
            *_form("requests", REQUEST_FIELDS),
            Heading(2, _("Steps"), in_contents=False),
            WriteLines(_("Date, what, by whom, result"), 5),
            SignOff((Signature(),)),
            Note(_("Enter this form in the register as soon as the program works again.")),
        ),
        controller=head_of(book),
        subtitle=_("To fill in by hand"),
    )


def _form(slug: str, names: tuple[str, ...]) -> Iterator[Block]:
    register = register_of(slug)
    for section in register.sections:
        wanted = [spec for spec in section.fields if spec.name in names]
        if wanted:
            yield Heading(2, _(section.title), in_contents=False)
            for spec in wanted:
                yield _question(spec)


def _question(spec: FieldSpec) -> Block:
    if spec.kind is Kind.YES_NO:
        return Choices(_(spec.label), (_("yes"), _("no")))
    options = options_of(spec) if spec.kind in (Kind.CHOICE, Kind.CHOICES) else ()
    if options and len(options) <= _TICKED_AT_MOST:
        return Choices(_(spec.label), tuple(option.text for option in options))
    lines = _LINES_OF_A_TEXT if spec.kind is Kind.TEXT else 1
    return WriteLines(_(spec.label), lines)
