"""The plain text of a document, as snapshots keep it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta

from privreg.reports.document import (
    DONE,
    MARK,
    START,
    BulletList,
    ClockLine,
    ClockMark,
    Column,
    GroupRow,
    Heading,
    Matrix,
    MatrixRow,
    Missing,
    MissingItem,
    Pairs,
    Row,
    Signature,
    SignOff,
    Steps,
    Strong,
    Table,
)
from privreg.reports.kit.plain import plain
from tests.reports.kit.papers import MADE_AT, a_document, every_block

EXPECTED = """\
Register of processing activities
Article 30(1)
Bonenhof B.V.
Havenweg 12
Chamber of Commerce (KvK) 12345678
Data protection officer: A. Visser
Document number  RP-2026-0042
Period           01-01-2026 - 31-12-2026
Made by          M. de Wit
Made on          04/04/2026 14:30
Journal          3f9ac01b77de

Activities
==========

Letting  [GDPR 30(1)]
-------

Purpose  contract
         and rent
Owner    J. de Boer

What | Where
* Customers  [2]
Name | here

Kind | Tenants
Name | \u25cf

- first
- second

   ended
-> 5 years

What is missing
[ ] No term (GDPR 30(1)(f))

|- 04/04/2026 14:30  Known (start)
|- 05/04/2026 14:30  Told (done)

Name: J. de Boer   Function: ______   Date: ______   Signature: ______
"""


def test_the_plain_text_says_what_the_paper_says() -> None:
    document = a_document(
        Heading(1, "Activities"),
        Heading(2, "Letting", note="GDPR 30(1)"),
        Pairs((("Purpose", (Strong("contract"), "\nand rent")), ("Owner", "J. de Boer"))),
        Table(
            (Column("What"), Column("Where")), (GroupRow("Customers", "2"), Row(("Name", "here")))
        ),
        Matrix("Kind", ("Tenants",), (MatrixRow("Name", (MARK,)),)),
        BulletList(("first", "", "second")),
        Steps(("ended", "5 years")),
        Missing((MissingItem("No term", "GDPR 30(1)(f)"),)),
        ClockLine(
            (ClockMark(MADE_AT, "Known", START), ClockMark(MADE_AT + timedelta(1), "Told", DONE))
        ),
        SignOff((Signature("J. de Boer"),)),
    )
    assert plain(document) == EXPECTED


def test_every_block_has_a_plain_form() -> None:
    assert plain(a_document(*every_block("a text"))).count("a text") >= 20
