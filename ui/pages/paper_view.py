"""A PDF on the screen, from memory: pages, zoom, search."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QIntValidator, QKeySequence, QPalette, QShortcut
from PySide6.QtPdf import QPdfSearchModel
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from privreg import formats
from privreg.translation import N_, _
from ui import icons
from ui.cells import counted
from ui.pages.page_printer import POINTS_PER_INCH, PdfInMemory
from ui.widgets import STEP, boxed, button, column, hairline, icon_button, label, line

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

PAGE_WIDTH = 44
SEARCH_WIDTH = 180
ROOM_FOR_WORDS = 640
ZOOM_STEP = 1.2
LEAST_ZOOM, MOST_ZOOM = 0.25, 4.0
FIT_WIDTH = QPdfView.ZoomMode.FitToWidth


class PaperView(QWidget):
    """Shows a PDF from memory. `turned` tells the page in sight, from 1."""

    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "ground")
        self.document = PdfInMemory(self)
        self.found = QPdfSearchModel(self)
        self.found.setDocument(self.document)
        self.view = self._view()
        self.page = self._page_line()
        self.pages = label("", "muted")
        self.search = self._search_line()
        self.hits = label("", "muted")
        self.zoom_words = button("", self.fit_width, tone="quiet", tip=_("Fit to the width"))
        self.setLayout(column(boxed(self._tools(), "tools"), hairline(), self.view, space=0))
        self._connect()

    def _view(self) -> QPdfView:
        view = QPdfView(self)
        view.setDocument(self.document)
        view.setSearchModel(self.found)
        view.setPageMode(QPdfView.PageMode.MultiPage)
        view.setZoomMode(FIT_WIDTH)
        view.setFrameShape(QPdfView.Shape.NoFrame)
        view.setAccessibleName(_("Preview of the report"))
        view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        view.setDocumentMargins(QMargins(*(4 * STEP for _side in range(4))))
        return view

    def _page_line(self) -> QLineEdit:
        page = QLineEdit()
        page.setFixedWidth(PAGE_WIDTH)
        page.setAlignment(Qt.AlignmentFlag.AlignRight)
        page.setValidator(QIntValidator(1, 99_999, page))
        page.setAccessibleName(_("Page"))
        return page

    def _search_line(self) -> QLineEdit:
        search = QLineEdit()
        search.setPlaceholderText(_("Search in the report…"))
        search.setAccessibleName(_("Search in the report"))
        search.setToolTip("Ctrl+F")
        search.setFixedWidth(SEARCH_WIDTH)
        search.setClearButtonEnabled(True)
        look = search.addAction(icons.icon("search", "muted"), search.ActionPosition(0))
        look.setProperty("icon_name", "search")
        look.setProperty("icon_tone", "muted")
        return search

    def _tools(self) -> QHBoxLayout:
        self.back = icon_button("chevron-up", _("Previous page"), lambda: self.turn(-1))
        self.onward = icon_button("chevron-down", _("Next page"), lambda: self.turn(1))
        smaller = button(
            "\N{MINUS SIGN}", lambda: self.zoom(1 / ZOOM_STEP), tone="quiet", tip="Ctrl+-"
        )
        smaller.setAccessibleName(_("Smaller"))
        larger = button("+", lambda: self.zoom(ZOOM_STEP), tone="quiet", tip="Ctrl++")
        larger.setAccessibleName(_("Larger"))
        self.earlier = icon_button("chevron-left", _("Previous match"), lambda: self.go_to_hit(-1))
        self.later = icon_button("chevron-right", _("Next match"), lambda: self.go_to_hit(1))
        for each in (self.earlier, self.later):
            each.setEnabled(False)
        return line(
            *(self.back, self.onward, self.page, self.pages, None),
            *(smaller, self.zoom_words, larger, None),
            *(self.search, self.hits, self.earlier, self.later),
            space=1,
            edges=(3, 1, 3, 1),
        )

    def _connect(self) -> None:
        self.view.pageNavigator().currentPageChanged.connect(self._show_page)
        self.view.zoomFactorChanged.connect(self._show_zoom)
        self.view.zoomModeChanged.connect(self._show_zoom)
        self.page.returnPressed.connect(lambda: self.go_to(int(self.page.text() or 1)))
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(lambda: self.go_to_hit(1))
        self.found.countChanged.connect(self._show_hits)
        self._shortcuts()
        self._show_page()
        self._show_zoom()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave words out of the tools where there is no room for them."""
        super().resizeEvent(event)
        has_room = self.width() >= ROOM_FOR_WORDS
        self.zoom_words.setVisible(has_room)
        self.hits.setVisible(has_room)

    def _shortcuts(self) -> None:
        acts: dict[str, Callable[[], object]] = {
            "Ctrl+F": self._to_search,
            "F3": lambda: self.go_to_hit(1),
            "Shift+F3": lambda: self.go_to_hit(-1),
            "Ctrl++": lambda: self.zoom(ZOOM_STEP),
            "Ctrl+=": lambda: self.zoom(ZOOM_STEP),
            "Ctrl+-": lambda: self.zoom(1 / ZOOM_STEP),
            "Ctrl+0": self.fit_width,
        }
        for keys, act in acts.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda act=act: act())

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def show_pdf(self, pdf: bytes) -> None:
        """Show another PDF from its first page; empty bytes show none."""
        self.dress()
        self.document.show_bytes(pdf)
        self.view.pageNavigator().jump(0, QPointF())
        self.found.setSearchString(self.search.text())
        self._show_page()

    def dress(self) -> None:
        """Give the desk under the paper the colour of the theme in use."""
        palette = self.view.palette()
        ground = QColor(icons.palette_in_use().line)
        for role in (QPalette.ColorRole.Dark, QPalette.ColorRole.Mid):
            palette.setColor(role, ground)
        self.view.setPalette(palette)

    def forget(self) -> None:
        """Let go of the PDF and of what was searched for."""
        self.search.clear()
        self.document.show_bytes(b"")
        self._show_page()

    @property
    def at(self) -> int:
        """The page in sight, from 1."""
        return self.view.pageNavigator().currentPage() + 1

    def go_to(self, page: int) -> None:
        """Show a page, from 1; the nearest there is."""
        count = self.document.pageCount()
        self.view.pageNavigator().jump(max(1, min(page, count)) - 1, QPointF())
        self._show_page()

    def turn(self, pages: int) -> None:
        """Go some pages on or back."""
        self.go_to(self.at + pages)

    def zoom(self, factor: float) -> None:
        """Show the paper larger or smaller."""
        wanted = self._factor() * factor
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(max(LEAST_ZOOM, min(wanted, MOST_ZOOM)))

    def fit_width(self) -> None:
        """Make the paper as wide as the room there is."""
        self.view.setZoomMode(FIT_WIDTH)

    def _factor(self) -> float:
        """Return the size shown; when fitted, what the width comes to."""
        if self.view.zoomMode() is not FIT_WIDTH or not self.document.pageCount():
            return self.view.zoomFactor()
        margins = self.view.documentMargins()
        room = self.view.viewport().width() - margins.left() - margins.right()
        inches = self.document.pagePointSize(0).width() / POINTS_PER_INCH
        return max(room / (inches * self.view.logicalDpiX()), LEAST_ZOOM)

    def _show_page(self, *_place: object) -> None:
        count = self.document.pageCount()
        self.page.setText(str(self.at) if count else "")
        self.pages.setText(_("of {pages}").format(pages=formats.number(count)) if count else "")
        self.back.setEnabled(self.at > 1)
        self.onward.setEnabled(self.at < count)
        self.turned.emit(self.at)

    def _show_zoom(self, *_zoom: object) -> None:
        is_fitted = self.view.zoomMode() is FIT_WIDTH
        words = _("Page width") if is_fitted else formats.percent(self.view.zoomFactor())
        self.zoom_words.setText(words)

    def _search(self, words: str) -> None:
        self.found.setSearchString(words.strip())
        self._show_hits()

    def _show_hits(self) -> None:
        count = self.found.rowCount(self.found.index(-1, -1))
        for each in (self.earlier, self.later):
            each.setEnabled(count > 0)
        wanted = self.search.text().strip()
        self.hits.setText(
            counted(count, N_("{count} match"), N_("{count} matches")) if wanted else ""
        )

    def go_to_hit(self, steps: int) -> None:
        """Show the next place where the words stand, and after the last the first again."""
        count = self.found.rowCount(self.found.index(-1, -1))
        if not count:
            return
        place = (self.view.currentSearchResultIndex() + steps) % count
        self.view.setCurrentSearchResultIndex(place)
        hit = self.found.resultAtIndex(place)
        self.view.pageNavigator().jump(hit.page(), hit.location())
