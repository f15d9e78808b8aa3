"""The reports: choose one, look at it, print it or save it as a PDF."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QWidget

from privreg import formats
from privreg.errors import ProblemError
from privreg.registers.register_list import register_of
from privreg.services import paper as papers
from privreg.services.timers import Only
from privreg.translation import N_, _, message, messages
from ui.empty_state import EmptyState
from ui.page import Page
from ui.pages.asks import Asks
from ui.pages.desk_of import desk_of
from ui.pages.page_printer import PagePrinter
from ui.pages.paper_view import PaperView
from ui.pages.report_choice import Order, ReportChoice
from ui.widgets import ElidedLabel, boxed, button, column, hairline, label, line

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtPrintSupport import QPrinter

    from privreg.services.desk import Desk
    from privreg.services.paper import Paper
    from ui.office import Office
    from ui.worker import Progress

ALL = 100


class ReportsPage(Page):
    """Kinds at the left, the paper at the right. A preview has no number and is on no disk."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.asks = Asks()
        self.paper: Paper | None = None
        self.order: Order | None = None
        self.number = ""
        self.making: Progress | None = None
        self.printing: PagePrinter | None = None
        self.choice = ReportChoice(office)
        self.view = PaperView()
        self.empty = EmptyState()
        self.bodies = QStackedWidget()
        self.title = ElidedLabel("", "section")
        self.told = label("", "muted")
        self.saver = button(_("Save as PDF…"), self.save, icon="save", tip="Ctrl+S")
        self.printer = button(_("Print…"), self.print, icon="print", tone="primary", tip="Ctrl+P")
        self._lay_out()
        self._shortcuts()
        self.choice.chosen.connect(self.make)
        self._show_possible()

    def _lay_out(self) -> None:
        self.bar = QProgressBar()
        self.bar.setRange(0, ALL)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.stopper = button(_("Stop"), self.stop, icon="close")
        self.busy_words = label("", "muted")
        busy = column(self.busy_words, self.bar, line(None, self.stopper, None), space=3)
        self.busy = QWidget()
        self.busy.setProperty("look", "surface")
        self.busy.setLayout(column(None, busy, None, None, edges=(40, 0, 40, 0)))
        self.busy_words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for body in (self.empty, self.busy, self.view):
            self.bodies.addWidget(body)
        head = line(self.title, self.told, self.saver, self.printer, edges=(4, 2, 4, 2))
        head.setStretch(0, 1)
        right = column(boxed(head, "tools"), hairline(), self.bodies, space=0)
        right.setStretch(2, 1)
        row = line(self.choice, hairline(upright=True), right, space=0)
        row.setStretch(2, 1)
        self.setLayout(row)
        self._show_empty()

    def _shortcuts(self) -> None:
        for keys, act in {"Ctrl+P": self.print, "Ctrl+S": self.save}.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda act=act: act())

    def enter(self) -> None:
        """Take up what was asked for, or begin with the first kind."""
        asked, self.office.paper_asked = self.office.paper_asked, None
        if asked is not None:
            self.choice.choose(*asked)
        else:
            self.choice.choose_first()

    def take_focus(self) -> None:
        """Begin in the list of kinds, or at the printer when a record waits for it."""
        self.choice.kinds.setFocus()

    def make(self, order: Order | None) -> None:
        """Make a report in the background, in place of one that is being made."""
        self._forget_making()
        self.paper, self.order = None, order
        self._show_title()
        if order is None:
            self._show_empty()
            self._show_possible()
            return
        desk = desk_of(self.office)
        self._show_busy(_("Making the report…"))
        self.making = self.office.worker.run_long(
            lambda progress: _made(desk, order, progress),
            lambda made: self._made(order, made),
            self._advance,
            self._not_made,
            aside=True,
        )

    def _made(self, order: Order, made: tuple[Paper, str] | None) -> None:
        if order is not self.order or made is None:
            return
        self.making = None
        self.paper, self.number = made
        self.view.show_pdf(self.paper.pdf)
        self.bodies.setCurrentWidget(self.view)
        self._show_title()
        self._show_possible()

    def _not_made(self, error: ProblemError) -> None:
        self.making = None
        self.office.notices.problem(error)
        self._show_stopped()

    def _forget_making(self) -> None:
        if self.making is not None:
            self.making.cancelled.set()
            self.making = None

    def _advance(self, done: int, _total: int) -> None:
        self.bar.setValue(done)

    def stop(self) -> None:
        """Stop what is being made or printed."""
        if self.printing is not None:
            self.printing.stop()
        self._forget_making()
        if self.paper is not None:
            self.bodies.setCurrentWidget(self.view)
        else:
            self.order = None
            self._show_stopped()
        self._show_possible()

    def _show_title(self) -> None:
        kind = self.choice.kind
        self.title.setText(formats.text(kind.message) if kind is not None else "")
        pages = self.paper.pages if self.paper is not None else 0
        words = messages(N_("{count} page"), N_("{count} pages"), pages)
        self.told.setText(formats.text(words) if pages else "")
        self.told.setToolTip(_("It gets its number when it is printed or saved."))

    def _show_busy(self, words: str) -> None:
        self.busy_words.setText(words)
        self.bar.setValue(0)
        self.bodies.setCurrentWidget(self.busy)
        self._show_possible()

    def _show_possible(self) -> None:
        is_ready = self.paper is not None and self.making is None and self.printing is None
        self.saver.setEnabled(is_ready)
        self.printer.setEnabled(is_ready)

    def _show_empty(self) -> None:
        kind = self.choice.kind
        if kind is not None and kind.needs_record and not self.choice.order:
            singular = _(register_of(kind.slug).singular)
            self.empty.show_words(
                formats.text(kind.message),
                _("Choose at the left which one: {what}.").format(what=singular),
            )
        else:
            self.empty.show_words(_("Reports"), _("Choose at the left what is to be put on paper."))
        self.bodies.setCurrentWidget(self.empty)

    def _show_stopped(self) -> None:
        self.empty.show_words(
            self.title.text(),
            _("This report was not made."),
            _("Make it again"),
            lambda: self.make(self.choice.order),
        )
        self.bodies.setCurrentWidget(self.empty)
        self._show_possible()

    def file_name(self) -> str:
        """Return the name suggested for the PDF: the kind and a number, no personal data."""
        kind = self.choice.kind
        words = formats.text(kind.message) if kind is not None else _("Report")
        return f"{' '.join(part for part in (words, self.number) if part)}.pdf"

    def save(self) -> None:
        """Ask where, give the report its number and write it there."""
        paper = self.paper
        if paper is None or not self.saver.isEnabled():
            return
        path = self.asks.pdf(self, self.file_name())
        if path is None:
            return
        desk = desk_of(self.office)
        self._show_busy(_("Saving…"))
        self.making = self.office.worker.run_long(
            lambda progress: papers.save(
                desk, paper, path, progress=_per_cent(progress), cancelled=_asked(progress)
            ),
            lambda is_saved: self._saved(path, is_saved=is_saved),
            self._advance,
            self._not_printed,
            aside=True,
        )

    def _saved(self, path: Path, *, is_saved: bool) -> None:
        self._end()
        if is_saved:
            self.office.notices.offer(
                message(N_("Saved as {file}."), file=path.name),
                _("Show in folder"),
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))),
            )

    def print(self) -> None:
        """Ask for a printer, give the report its number and print it."""
        paper = self.paper
        if paper is None or not self.printer.isEnabled():
            return
        printer = self.asks.printer(self)
        if printer is None:
            return
        desk = desk_of(self.office)
        self._show_busy(_("Printing…"))
        self.making = self.office.worker.run_long(
            lambda progress: papers.printed(
                desk, paper, progress=_per_cent(progress), cancelled=_asked(progress)
            ),
            lambda numbered: self._print(numbered, printer),
            self._advance,
            self._not_printed,
            aside=True,
        )

    def _print(self, numbered: Paper | None, printer: QPrinter) -> None:
        if numbered is None:
            self._end()
            return
        self.making = None
        printer.setDocName(formats.text(message(N_("Report"))))
        self.printing = PagePrinter(self, numbered.pdf, printer)
        self.printing.printed.connect(lambda done, total: self.bar.setValue(ALL * done // total))
        self.printing.finished.connect(lambda pages: self._printed(numbered, pages))
        self.printing.start()

    def _printed(self, numbered: Paper, pages: int) -> None:
        self._end()
        if pages == 0:
            self.office.notices.problem(
                ProblemError(message(N_("Nothing was printed; look whether the printer is on.")))
            )
            return
        self.office.notices.tell(
            messages(
                N_("{number}: {count} page went to the printer; printed is not sent."),
                N_("{number}: {count} pages went to the printer; printed is not sent."),
                pages,
                number=numbered.document.number or self.title.text(),
            )
        )

    def _not_printed(self, error: ProblemError) -> None:
        self._end()
        self.office.notices.problem(error)

    def _end(self) -> None:
        self.making = self.printing = None
        if self.paper is not None:
            self.bodies.setCurrentWidget(self.view)
        self._show_possible()

    def lock(self) -> None:
        """Let go of the paper."""
        if self.printing is not None:
            self.printing.stop()
        self._forget_making()
        self.paper = self.order = None
        self.view.forget()
        self._show_empty()


def _made(desk: Desk, order: Order, progress: Progress) -> tuple[Paper, str] | None:
    """Read and paint a report; off the window's thread."""
    number = ""
    if order.record_id is not None:
        number = papers.number_of(desk, order.kind.slug, order.record_id)
    made = papers.preview(
        desk,
        order.kind.code,
        record=number or None,
        at=order.at,
        language=order.language or None,
        period=order.period,
        only=Only(**order.only),
        progress=_per_cent(progress),
        cancelled=_asked(progress),
    )
    return None if made is None else (made, number)


def _per_cent(progress: Progress) -> papers.Told:
    return lambda done: progress(done, ALL)


def _asked(progress: Progress) -> papers.Asks:
    return lambda: progress.is_cancelled
