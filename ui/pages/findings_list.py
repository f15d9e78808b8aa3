"""What the registers lack, by weight; each finding opens its record at the field it is about."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from privreg import formats
from privreg.registers.register_list import BY_SLUG
from privreg.translation import N_, _
from ui import icons
from ui.empty_state import EmptyState
from ui.pages.why_tree import (
    KIND_ROLE,
    ROW,
    TARGET_ROLE,
    Index,
    WhyDelegate,
    WhyTree,
    cell_item,
    text,
)
from ui.widgets import STEP, as_tip, button, column, label, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter, QStandardItem
    from PySide6.QtWidgets import QStyleOptionViewItem

    from privreg.registers.declaration import Finding

ROW_HEIGHT = 46
WEIGHTS = {
    "law": N_("An obligation is not met"),
    "risk": N_("A risk"),
    "tidy": N_("To be tidied"),
}


def where(finding: Finding) -> str:
    """Write in which record something was found."""
    known = BY_SLUG.get(finding.register)
    kind = _(known.plural) if known is not None else _("Settings")
    return " · ".join(part for part in (finding.number, finding.title) if part) or kind


class FindingDelegate(WhyDelegate):
    """Paints a finding on two lines: what is the matter, and below it where, by which article."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give a finding two lines."""
        if index.data(KIND_ROLE) == ROW:
            return QSize(0, ROW_HEIGHT)
        return super().sizeHint(option, index)

    def paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a finding."""
        finding, palette = index.data(TARGET_ROLE), icons.palette_in_use()
        room = option.rect.adjusted(2 * STEP, STEP, -2 * STEP, -STEP)
        half = room.height() // 2
        painter.setPen(QColor(palette.text))
        text(painter, room.adjusted(0, 0, 0, -half), formats.text(finding.what))
        painter.setPen(QColor(palette.muted))
        below = room.adjusted(0, half, 0, 0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(below, int(right), finding.article)
        taken = painter.fontMetrics().horizontalAdvance(finding.article) + 3 * STEP
        text(painter, below.adjusted(0, 0, -taken, 0), where(finding))


class FindingsList(QWidget):
    """The findings. `opened` gives the one that was entered, `left` that the user goes back."""

    opened = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "surface")
        self.back = button(_("Back to the agenda"), self.left.emit, icon="chevron-left")
        self.tree = WhyTree(_("Findings"), opens_on_click=True)
        self.tree.setItemDelegate(FindingDelegate(self.tree))
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
        self.tree.open_groups()
        self.tree.setVisible(bool(findings))
        self.empty.setVisible(not findings)
        self.tree.go_to_first()

    def _add(self, group: QStandardItem, each: Finding) -> None:
        words = formats.text(each.what)
        spoken = ", ".join(part for part in (words, where(each), each.article) if part)
        cell = cell_item(spoken, target=each)
        cell.setToolTip(as_tip(words))
        self.tree.add_row((cell,), (), group)
