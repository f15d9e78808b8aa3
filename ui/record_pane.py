"""One record under its list: heading, an optional panel of its own, the form, what can be done."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from privreg.errors import ConflictError, InvalidRecordError
from privreg.services.drafts import Draft
from privreg.translation import N_, _, message
from ui import icons
from ui.cells import counted
from ui.conflict_panel import ConflictPanel, linked_by
from ui.field_words import naming_field
from ui.form.form import Form
from ui.history_panel import HistoryPanel
from ui.later import is_made, later, make
from ui.printing import kind_about, kind_of_list, print_record
from ui.widgets import ElidedLabel, boxed, button, column, icon_button, label, line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent

    from privreg.errors import ProblemError
    from privreg.registers.declaration import Linked, Register, Values
    from privreg.services.changes import Changes
    from privreg.translation import Message
    from ui.office import Office

LEAST_OF_THE_FORM = 140
PanelFactory = "Callable[[RecordPane], QWidget]"


class RecordPane(QWidget):
    """Shows, edits and saves one record of a register.

    `shown` gives the values after each load or save; `gone` that there is nothing to show any
    more; `left` that the user wants back to the list.
    """

    shown = Signal(object)
    gone = Signal()
    left = Signal()

    def __init__(self, office: Office, register: Register, panel: Any = None) -> None:
        super().__init__()
        self.setProperty("look", "surface")
        self.office = office
        self.register = register
        self.last: Changes | None = None
        self.undo_part: Callable[[], object] | None = None
        self.is_saving = False
        self.refusal: ProblemError | None = None
        self.focused: QWidget | None = None
        self.conflict: ConflictPanel | None = None
        self.bodies = QStackedWidget()
        self.heading = ElidedLabel("", "section")
        self.make_panel = panel
        self.unsaved = self._unsaved_bar()
        self.setLayout(self._laid_out())

    def _laid_out(self) -> Any:
        row = line(self.heading, *self._buttons(), edges=(4, 2, 3, 2), space=1)
        row.setStretch(0, 1)
        self.head = boxed(row, "heading")
        stack = column(self.head, self.bodies, self.unsaved, space=0)
        stack.setStretch(1, 1)
        return stack

    @later
    def form(self) -> Form:
        """Make the form."""
        form = Form(self.office, self.register)
        form.edited.connect(self._show_unsaved)
        self.bodies.addWidget(form)
        return form

    @later
    def history(self) -> HistoryPanel:
        """Make what shows who changed what and when."""
        history = HistoryPanel(self.office, self.register)
        self.bodies.addWidget(history)
        return history

    @later
    def panel(self) -> QWidget | None:
        """Make what the register shows of its own above the form."""
        if self.make_panel is None:
            return None
        panel: QWidget = self.make_panel(self)
        stack = self.layout()
        assert isinstance(stack, QVBoxLayout)  # noqa: S101  (as the pane is laid out)
        stack.insertWidget(1, panel)
        return panel

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the panel anew."""
        super().resizeEvent(event)
        self.place_panel()

    def place_panel(self) -> None:
        """Let the panel scroll with the form where not enough of the form would be in sight."""
        if not is_made(self, "panel"):
            return
        if self.panel is None or not self.panel.property("may_scroll"):
            return
        room = self.height() - self.head.height() - height_at(self.panel, self.width())
        is_above = room >= LEAST_OF_THE_FORM
        if is_above is not (self.panel.parentWidget() is self):
            focused = QApplication.focusWidget()
            place = self.layout() if is_above else self.form.stack
            place.insertWidget(1 if is_above else 0, self.panel)  # type: ignore[union-attr]
            if focused is not None and self.panel.isAncestorOf(focused):
                focused.setFocus()

    @property
    def is_panel_in_form(self) -> bool:
        """Whether the panel scrolls with the form."""
        return is_made(self, "panel") and self.form.content.isAncestorOf(self.panel or self)

    def _buttons(self) -> list[QWidget]:
        self.menu = QMenu(self)
        self.printer = self._act(N_("Print…"), "print", self.print)
        self.duplicator = self._act(N_("Duplicate"), "duplicate", self.duplicate)
        self.historian = self._act(N_("History"), "history", self.show_history)
        self.undoer = self._act(N_("Undo the last save"), "undo", self.undo)
        self.deleter = self._act(N_("Delete…"), "delete", self.ask_delete)
        more = icon_button("more", _("More with this record"))
        more.setMenu(self.menu)
        more.setPopupMode(more.ToolButtonPopupMode.InstantPopup)
        self.more = more
        self.back_to_form = button(_("Back to the form"), self.show_form)
        self.back_to_form.hide()
        return [self.back_to_form, more]

    def _act(self, words: str, icon: str, act: Callable[[], object]) -> QAction:
        made = self.menu.addAction(_(words), act)
        icons.put(made, icon, "muted")
        return made

    def _unsaved_bar(self) -> QFrame:
        self.unsaved_words = label("", "soon")
        self.saver = button(_("Save"), self.save, icon="save", tone="primary", tip="Ctrl+S")
        back = button(_("Put back"), self.put_back)
        bar = boxed(line(self.unsaved_words, None, back, self.saver, edges=(4, 2, 4, 2)), "notice")
        bar.setProperty("tone", "unsaved")
        bar.hide()
        return bar

    @property
    def values(self) -> Values:
        """The record as it stands on the form."""
        return self.form.values

    @property
    def record_id(self) -> UUID | None:
        """The key of the record that is shown; None for a new one."""
        if not is_made(self, "form"):
            return None
        found = self.form.before.get("id") if self.form.before.get("version") else None
        return found if isinstance(found, UUID) else None

    @property
    def is_new(self) -> bool:
        """Whether the record was never saved."""
        return not self.form.before.get("version")

    def load(self, record_id: UUID, then: Callable[[], object] | None = None) -> None:
        """Fetch a record in the background and show it."""
        records, desk, slug = self.office.records, self.office.desk, self.register.slug

        def show(values: Values) -> None:
            self.show_values(values)
            if then is not None:
                then()

        self.office.worker.run(
            lambda: records.load(desk, slug, record_id), show, latest=f"load:{slug}:{id(self)}"
        )

    def show_values(self, values: Values) -> None:
        """Show a record, or a draft of a new one."""
        make(self, "panel")  # so that it hears of the values too
        self._forget_refusal()
        self.show_form()
        if values.get("id") != self.form.before.get("id") and self.is_panel_in_form:
            self.form.area.verticalScrollBar().setValue(0)  # the clock of another record
        self.form.show_values(values)
        right = "edit" if values.get("version") else "create"
        self.form.make_read_only(is_read_only=not self.office.may(right, self.register.slug))
        self._show_heading()
        self._show_unsaved()
        self._show_possible()
        self.shown.emit(values)
        self._go_to_asked(values.get("id"))

    def _go_to_asked(self, record_id: UUID | None) -> None:
        name = self.office.take_field(record_id)
        if any(field.name == name for box in self.form.boxes for field in box.fields):
            self.show_form()
            QTimer.singleShot(0, self, lambda: self.go_to_field(name))

    def go_to_field(self, name: str) -> None:
        """Unfold the section of a field, bring it into sight and put the cursor in it."""
        row = self.form.row(name)
        self.form.go_to(next(box for box in self.form.boxes if name in box.rows))
        QTimer.singleShot(0, self, lambda: self.form.area.ensureWidgetVisible(row))
        row.editor.target.setFocus()

    def _show_heading(self) -> None:
        if self.is_new:
            self.heading.setText(_("New: {what}").format(what=_(self.register.singular)))
            return
        values = self.form.before
        parts = (str(values.get("number") or ""), self.register.title(values))
        self.heading.setText(" · ".join(part for part in parts if part))

    def _show_possible(self) -> None:
        slug, is_old = self.register.slug, not self.is_new
        is_reported = any(find(self.office, slug) for find in (kind_about, kind_of_list))
        self.printer.setVisible(is_reported)
        self.printer.setEnabled(is_old and is_reported)
        self.duplicator.setEnabled(is_old and self.office.may("create", slug))
        self.historian.setEnabled(is_old)
        self.deleter.setEnabled(is_old and self.office.may("edit", slug))
        self.undoer.setEnabled(self.last is not None or self.undo_part is not None)

    def _show_unsaved(self) -> None:
        count = len(self.form.changed)
        is_edited = self.form.is_edited or (self.is_new and not self.form.is_read_only)
        self.unsaved.setVisible(is_edited and bool(self.form.before))
        words = counted(
            count, N_("{count} field is not saved yet"), N_("{count} fields are not saved yet")
        )
        self.unsaved_words.setText(words if count else _("Not saved yet"))

    def print(self) -> None:
        """Show the report about this record, ready to be printed."""
        if self.record_id is not None:
            print_record(self.office, self.register.slug, self.record_id)

    def show_form(self) -> None:
        """Show the form, in place of the history or a conflict."""
        self.bodies.setCurrentWidget(self.form)
        self.back_to_form.hide()
        if self.conflict is not None:
            self.bodies.removeWidget(self.conflict)
            self.conflict.deleteLater()
            self.conflict = None

    def show_history(self) -> None:
        """Show who changed what and when."""
        if self.record_id is not None:
            self.history.load(self.record_id)
            self.bodies.setCurrentWidget(self.history)
            self.back_to_form.show()

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save what was typed, if anything; what cannot be read is said beside its field."""
        if self.is_saving or self.form.is_read_only or not self.form.before:
            return
        if not self.is_new and not self.form.is_edited:
            if then is not None:
                then()
            return
        unreadable = self.form.unreadable()
        if unreadable:
            self.form.show_problems(unreadable)
            return
        self._save(self.form.values, then)

    def _save(self, values: Values, then: Callable[[], object] | None = None) -> None:
        records, desk, slug = self.office.records, self.office.desk, self.register.slug
        self.is_saving = True
        self.focused = QApplication.focusWidget()
        self.form.setEnabled(False)

        def saved(changes: Changes) -> None:
            self._saved(changes)
            if then is not None:
                then()

        self.office.worker.run(
            lambda: records.save(desk, slug, values), saved, self._not_saved, writes=True
        )

    def _end_saving(self) -> None:
        self.is_saving = False
        self.form.setEnabled(True)
        self._focus_again()

    def _focus_again(self) -> None:
        """Put the cursor back where it was: a field that cannot be typed in loses it."""
        focused, self.focused = self.focused, None
        is_free = QApplication.focusWidget() in (None, self.window())
        if is_free and focused is not None and isValid(focused) and focused.isVisible():
            focused.setFocus()

    def _saved(self, changes: Changes) -> None:
        self._end_saving()
        self.last, self.undo_part = changes, None
        if changes.after is not None:
            self.show_values(changes.after)
        self.office.announce(changes)
        self.office.notices.offer(changes.action, _("Undo"), self.undo)

    def _not_saved(self, error: ProblemError) -> None:
        self._end_saving()
        theirs = getattr(error, "theirs", None)
        if isinstance(error, ConflictError) and theirs is not None:
            self._name_conflict(theirs)
        elif isinstance(error, InvalidRecordError) and error.problems:
            self.form.show_problems(error.problems)
        self.refusal = naming_field(self.register, error)
        self.office.notices.problem(self.refusal)

    def _forget_refusal(self) -> None:
        """Take away what was said of a save that was refused: it was saved, or left."""
        self.office.notices.solved(self.refusal)
        self.refusal = None

    def _name_conflict(self, theirs: Values) -> None:
        """Fetch what the records are called that both versions point at, then show them."""
        records, desk = self.office.records, self.office.desk
        versions = (self.form.before, self.form.values, theirs)
        wanted = linked_by(self.register, *versions)
        self.office.worker.run(
            lambda: records.titles(desk, wanted),
            lambda titles: self._show_conflict(*versions, titles),
        )

    def _show_conflict(
        self, before: Values, mine: Values, theirs: Values, titles: Mapping[UUID, Linked]
    ) -> None:
        if self.form.before.get("id") != before.get("id"):
            return  # another record is shown by now
        self.conflict = ConflictPanel(self.register, before, mine, theirs, titles)
        self.conflict.settled.connect(self._save)
        self.conflict.dropped.connect(lambda: self.show_values(theirs))
        self.bodies.addWidget(self.conflict)
        self.bodies.setCurrentWidget(self.conflict)
        self.back_to_form.show()

    def undo(self) -> None:
        """Turn the last save or deletion back: of a part of the record, when that came after."""
        undo_part, self.undo_part = self.undo_part, None
        if undo_part is not None:
            undo_part()
            return
        if self.last is None:
            return
        records, desk, changes = self.office.records, self.office.desk, self.last
        self.office.worker.run(
            lambda: records.undo(desk, changes), partial(self._undone, changes.action), writes=True
        )

    def part_changed(self, undo: Callable[[], object]) -> None:
        """Remember how a part of the record, saved apart just now, is put back."""
        self.undo_part = undo
        self.undoer.setEnabled(True)

    def _undone(self, action: Message, changes: Changes) -> None:
        self.last = None
        self.office.announce(changes)
        self.office.notices.tell(message(N_("Undone: {action}."), action=action))
        if changes.after is None:
            self.clear()
        else:
            self.show_values(changes.after)

    def duplicate(self) -> None:
        """Show a copy that is not saved yet."""
        if self.record_id is None:
            return
        records, desk, slug = self.office.records, self.office.desk, self.register.slug
        record_id = self.record_id
        self.may_leave(
            lambda: self.office.worker.run(
                lambda: records.duplicate(desk, slug, record_id), self._show_copy
            )
        )

    def _show_copy(self, values: Values) -> None:
        self.show_values(values)
        self.form.focus_first()

    def ask_delete(self) -> None:
        """Ask once, saying what goes and that it can be undone."""
        values = self.form.before
        what = values.get("number") or self.register.title(values) or _(self.register.singular)
        self.office.notices.ask(
            message(
                N_("Delete 1 record, {what}? You can undo this until you close the program."),
                what=str(what),
            ),
            _("Delete"),
            self.delete,
            is_danger=True,
        )

    def delete(self) -> None:
        """Delete the record."""
        record_id, version = self.record_id, self.form.before.get("version", 0)
        if record_id is None:
            return
        records, desk, slug = self.office.records, self.office.desk, self.register.slug
        self.office.worker.run(
            lambda: records.delete(desk, slug, record_id, version), self._deleted, writes=True
        )

    def _deleted(self, changes: Changes) -> None:
        self.last, self.undo_part = changes, None
        self.clear()
        self.office.announce(changes)
        self.office.notices.offer(changes.action, _("Undo"), self.undo)

    def clear(self) -> None:
        """Show nothing."""
        self._forget_refusal()
        self.form.show_values({})
        self._show_unsaved()
        self.gone.emit()

    def put_back(self) -> None:
        """Forget what was typed; a new record is forgotten whole."""
        if self.is_new:
            self.clear()
        else:
            self.show_values(self.form.before)

    @property
    def is_edited(self) -> bool:
        """Whether something typed would be lost."""
        return is_made(self, "form") and bool(self.form.before) and self.form.is_edited

    def draft(self) -> Draft | None:
        """Return what was typed and not saved, or None."""
        if not self.is_edited:
            return None
        values = self.form.values
        changed = {name: values[name] for name in self.form.changed if name in self.form.names}
        return Draft(
            self.register.slug, self.record_id, self.form.before.get("version") or 0, changed
        )

    def take_draft(self, draft: Draft) -> None:
        """Fetch the record and show on it what was typed; a later save by others still counts."""
        records, desk, slug = self.office.records, self.office.desk, self.register.slug
        key = draft.record_id

        def read() -> Values:
            return records.new(desk, slug) if key is None else records.load(desk, slug, key)

        def show(values: Values) -> None:
            self.show_values(values)
            self.form.take(draft.changed, version=draft.version)

        self.office.worker.run(read, show)

    def may_leave(self, then: Callable[[], object]) -> None:
        """Call `then` at once, or after the user said what to do with unsaved changes."""
        if not self.is_edited:
            then()
            return

        def drop() -> None:
            self.put_back()
            then()

        self.office.notices.ask(
            message(
                N_("{what} has changes that are not saved. Save them first?"),
                what=self.heading.text(),
            ),
            _("Save"),
            lambda: self.save(then),
            other=(_("Drop changes"), drop),
        )

    def focus_form(self) -> None:
        """Put the cursor in the first field, once it is there."""
        self.show_form()
        QTimer.singleShot(0, self, self.form.focus_first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def height_at(widget: QWidget, width: int) -> int:
    """Return the height a widget wants at a width."""
    wanted = widget.heightForWidth(width) if widget.hasHeightForWidth() else -1
    return wanted if wanted >= 0 else widget.sizeHint().height()
