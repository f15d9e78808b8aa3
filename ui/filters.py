"""The filters above a list: a menu for each field the register filters by."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from privreg.registers.declaration import Kind
from privreg.registers.options import options_of
from privreg.translation import _
from ui.cells import caption
from ui.widgets import as_caption, as_tip, line, menu_button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from privreg.registers.declaration import FieldSpec, Linked, Register
    from ui.office import Office

MOST_OFFERED = 60
LONGEST_WORD = 18


class FilterMenu(QMenu):
    """The choices of one filter. `chosen` is emitted when another one is picked."""

    chosen = Signal()

    def __init__(self, office: Office, field: FieldSpec) -> None:
        super().__init__()
        self.office = office
        self.field = field
        self.value: Any = None
        self.word = _("all")
        self.group = QActionGroup(self)
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        if self.field.kind is Kind.LINK:
            records, desk, slug = self.office.records, self.office.desk, self.field.to
            self.office.worker.run(
                lambda: records.options(desk, slug, "", MOST_OFFERED), self._offer_records
            )
        self._offer([] if self.field.kind is Kind.LINK else self._choices())

    def _choices(self) -> list[tuple[Any, str]]:
        if self.field.kind is Kind.YES_NO:
            return [(True, _("Yes")), (False, _("No"))]
        return list(options_of(self.field))

    def _offer_records(self, options: Sequence[Linked]) -> None:
        self._offer([(each.id, caption(each)) for each in options])

    def _offer(self, pairs: list[tuple[Any, str]]) -> None:
        self.clear()
        for value, word in [(None, _("all")), *pairs]:
            act = self.addAction(as_caption(word))
            act.setCheckable(True)
            act.setChecked(value == self.value)
            self.group.addAction(act)
            act.triggered.connect(lambda _on, value=value, word=word: self.choose(value, word))

    def choose(self, value: Any, word: str = "") -> None:
        """Filter by a value; None shows all."""
        self.value = value
        self.word = (word or str(value)) if value is not None else _("all")
        self.chosen.emit()


class FilterBar(QWidget):
    """The filters of a register side by side. `changed` is emitted when one is chosen."""

    changed = Signal()

    def __init__(self, office: Office, register: Register) -> None:
        super().__init__()
        seen = {field.name for field in office.fields(register)}
        names = [name for name in register.filters if name in seen]
        self.menus = {name: FilterMenu(office, register.field(name)) for name in names}
        self.buttons = {
            name: menu_button("", menu, tone="quiet") for name, menu in self.menus.items()
        }
        self.whole = QMenu(self)
        for menu in self.menus.values():
            self.whole.addMenu(menu)
        self.together = menu_button(_("Filter"), self.whole, tone="quiet")
        self.setLayout(line(*self.buttons.values(), self.together, space=0))
        self.together.hide()
        for name, menu in self.menus.items():
            menu.chosen.connect(self._chosen)
            self._show(name)

    @property
    def chosen(self) -> dict[str, object]:
        """The filters in use, by field."""
        menus = self.menus.items()
        return {name: menu.value for name, menu in menus if menu.value is not None}

    def minimumSizeHint(self) -> QSize:
        """Ask for no more than the one button under which all of them go."""
        return self.together.minimumSizeHint()

    def fit(self, room: int) -> None:
        """Stand side by side, or under one button where there is less room."""
        wanted = sum(each.sizeHint().width() for each in self.buttons.values())
        is_narrow = wanted > room
        self.together.setVisible(is_narrow and bool(self.menus))
        for each in self.buttons.values():
            each.setVisible(not is_narrow)

    def clear(self) -> None:
        """Show all."""
        for menu in self.menus.values():
            menu.value, menu.word = None, _("all")
        self._chosen()

    def _chosen(self) -> None:
        for name in self.menus:
            self._show(name)
        self.changed.emit()

    def _show(self, name: str) -> None:
        menu, shown = self.menus[name], self.buttons[name]
        label = _(menu.field.short or menu.field.label)
        word = menu.word if len(menu.word) <= LONGEST_WORD else f"{menu.word[:LONGEST_WORD]}…"
        shown.setText(as_caption(_("{label}: {word}").format(label=label, word=word)))
        shown.setAccessibleName(_("Filter by {label}: {word}").format(label=label, word=menu.word))
        shown.setToolTip(as_tip(menu.word))
        menu.setTitle(shown.text())
        count = len(self.chosen)
        self.together.setText(_("Filter: {count}").format(count=count) if count else _("Filter"))
