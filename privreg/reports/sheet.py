"""The emergency sheet (noodblad): the recovery key on paper, made once and kept nowhere else."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg import formats
from privreg.reports.controllers import head_of
from privreg.reports.document import (
    BigCode,
    BulletList,
    Heading,
    Note,
    Pairs,
    Paragraph,
    Signature,
    SignOff,
    WriteLines,
)
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privreg.reports.book import Book
    from privreg.reports.document import Block, Document

KIND = "sheet"


def sheet(book: Book, register_name: str, recovery_key: str) -> Document:
    """Return the sheet; call it right after the key was made, and do not keep the document."""
    return book.paper(
        KIND,
        _("Emergency sheet"),
        _blocks(book, register_name, recovery_key),
        controller=head_of(book),
        subtitle=_("Recovery key of the register '{name}'").format(name=register_name),
    )


def _blocks(book: Book, register_name: str, recovery_key: str) -> Iterator[Block]:
    yield Paragraph(
        _(
            "With this key the register can be opened when nobody knows a password any more, or "
            "when the file with the keys is lost. Who has this sheet and the folder has everything."
        )
    )
    yield BigCode(recovery_key)
    yield Pairs(
        (
            (_("Register"), register_name),
            (_("Key made on"), formats.moment(book.made_at)),
            (_("Made by"), book.made_by),
        )
    )
    yield Heading(2, _("What to do with this sheet"), in_contents=False)
    yield BulletList(
        (
            _("Put it in a closed envelope, in a safe or with a notary, not beside the computer."),
            _("Do not photograph, scan or mail it; the program keeps no copy of the key."),
            _("When a new key is made, this sheet is void: destroy it then."),
        )
    )
    yield Heading(2, _("When it is needed"), in_contents=False)
    yield BulletList(
        (
            _("Open the program and choose the register."),
            _("At the password, choose 'Use the recovery key' and type the key over."),
            _("Give a user a new password, and print a new sheet."),
        ),
        numbered=True,
    )
    yield WriteLines(_("Where this sheet is kept"), 1)
    yield SignOff((Signature(book.made_by),), _("Put away by:"))
    yield Note(_("Dashes and capitals in the key do not matter when it is typed."))
