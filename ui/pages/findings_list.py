"""What the registers lack, by weight; each finding opens its record at the field it is about."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from privreg import formats
from privreg.registers.register_list import register_of
from privreg.translation import N_, _
from ui.empty_state import EmptyState
from ui.pages.why_tree import WhyTree, cell_item
from ui.widgets import button, column, label, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QStandardItem

    from privreg.registers.declaration import Finding

WEIGHTS = {
    "law": N_("An obligation is not met"),
    "risk": N_("A risk"),
    "tidy": N_("To be tidied"),
}


class FindingsList(QWidget):
    """The findings. `opened` gives the one that was entered, `left` that the user goes back."""

    opened = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "surface")
        self.back = button(_("Back to the agenda"), self.left.emit, icon="chevron-left")
        self.tree = WhyTree(
            _("Findings"), (_("What"), _("Where"), _("Article")), opens_on_click=True
        )
        self.tree.share_width((0.6, 0.4, 128))
        self.tree.opened.connect(self.opened)
        self.empty = EmptyState()
        self.empty.show_words(
            _("Nothing is missing"),
            _("Every register has what the law and the office ask of it."),
            _("Back to the agenda"),
            self.left.emit,
        )
        self.empty.hide()
        head = line(label(_("Findings"), "section"), None, self.back, edges=(2, 1, 2, 1))
        self.setLayout(column(head, self.tree, self.empty, space=0))

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these findings, the heaviest first."""
        self.tree.empty()
        for weight, heading in WEIGHTS.items():
            found = [each for each in findings if each.weight == weight]
            if not found:
                continue
            group = self.tree.add_group(_(heading), formats.number(len(found)))
            for each in found:
                self._add(group, each)
        self.tree.setVisible(bool(findings))
        self.empty.setVisible(not findings)
        self.tree.go_to_first()

    def _add(self, group: QStandardItem, each: Finding) -> None:
        words = cell_item(formats.text(each.what), target=each)
        words.setToolTip(formats.text(each.what))
        kind = _(register_of(each.register).plural)
        where = " · ".join(part for part in (each.number, each.title) if part) or kind
        place, article = cell_item(where, target=each), cell_item(each.article, target=each)
        place.setToolTip(where)
        self.tree.add_row((words, place, article), (), group)
