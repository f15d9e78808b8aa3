"""Where an office server is: its particulars, tried in the background before anything is made."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from privreg.errors import InvalidRecordError
from privreg.formats import text
from privreg.services.office_server import DEFAULT_PORT, particulars
from privreg.translation import _
from ui.ask import Ask
from ui.notices import announce
from ui.widgets import button, column, icon_button, label, line

if TYPE_CHECKING:
    from collections.abc import Callable

    from privreg.errors import ProblemError
    from privreg.services.office_server import ServerSettings
    from ui.start import Start
    from ui.worker import Worker

PORT_WIDTH = 96


class ServerFields(QWidget):
    """Asks for host, database, user, password and certificate. `fits` when a register can be made.

    What fails is `said` in one sentence under the fields.
    """

    fits = Signal()
    said = Signal()

    def __init__(self, start: Start, worker: Worker) -> None:
        super().__init__()
        self.start = start
        self.worker = worker
        self.host = Ask(_("Server"))
        self.port = Ask(_("Port"))
        self.port.setFixedWidth(PORT_WIDTH)
        self.database = Ask(_("Database, still empty"))
        self.user = Ask(_("User of the database"))
        self.password = Ask(_("Password of the server"), is_secret=True)
        self.certificate = Ask(_("Certificate, where the server has its own"))
        pick = icon_button("folder", _("Choose the file of the certificate"), self.ask_certificate)
        self.certificate.beside.addWidget(pick)
        self.proves = QRadioButton(_("Encrypted, and the server proves who it is"))
        self.only = QRadioButton(_("Encrypted only"))
        self.group = QButtonGroup(self)
        for choice in (self.proves, self.only):
            self.group.addButton(choice)
        self.trier = button(_("Test the connection"), self.try_it, icon="check")
        self.told = label("", "muted", wraps=True)
        self.told.hide()
        notes = label(
            _(
                "On the server PrivReg encrypts nothing itself: its disk and its write-ahead log "
                "must be encrypted there, and the server makes the backups, for instance every "
                "night with pg_dump. The folder holds keys and settings only; put it on a share "
                "and open it there from every PC."
            ),
            "muted",
            wraps=True,
        )
        self.setLayout(
            column(
                line(self.host, self.port, space=3),
                halves(self.database, self.user),
                self.password,
                self.certificate,
                line(self.proves, self.only, None),
                line(self.trier, None),
                self.told,
                notes,
                space=2,
            )
        )
        self.begin()

    def begin(self) -> None:
        """Start anew."""
        for ask in (self.host, self.database, self.user, self.password, self.certificate):
            ask.input.clear()
            ask.show_problem(None)
        self.port.input.setText(str(DEFAULT_PORT))
        self.proves.setChecked(True)
        self.told.hide()

    def ask_certificate(self) -> None:
        """Let the user point at the file of who signed the server's certificate."""
        found = self.start.ask_certificate(self)
        if found is not None:
            self.certificate.input.setText(str(found))

    def settings(self) -> ServerSettings | None:
        """Return what was filled in; None when something lacks, told beside its field."""
        asks = {"host": self.host, "database": self.database, "user": self.user, "port": self.port}
        for ask in asks.values():
            ask.show_problem(None)
        try:
            return particulars(
                self.host.text,
                self.database.text,
                self.user.text,
                port=self.port.text,
                ssl_mode="verify-full" if self.proves.isChecked() else "require",
                root_certificate=self.certificate.text,
            )
        except InvalidRecordError as error:
            for each in error.problems:
                asks[each.field].show_problem(each.problem)
            asks[error.problems[0].field].input.setFocus()
            return None

    def try_it(self) -> None:
        """Try the connection and say how it went."""
        self._try(self._connected)

    def try_and_go_on(self) -> None:
        """Try the connection and give `fits` when it is good."""
        self._try(self._good)

    def _try(self, then: Callable[[None], object]) -> None:
        settings = self.settings()
        if settings is None:
            return
        password = self.password.text
        self._say(_("Looking for the server…"), "muted")
        self.trier.setEnabled(False)
        self.worker.run(
            lambda: self.start.try_server(settings, password),
            then,
            self._failed,
            latest="server",
        )

    def _connected(self, _none: None) -> None:
        self.trier.setEnabled(True)
        self._say(_("The server answers, and a register can be made in this database."), "strong")

    def _good(self, _none: None) -> None:
        self.trier.setEnabled(True)
        self.told.hide()
        self.fits.emit()

    def _failed(self, error: ProblemError) -> None:
        self.trier.setEnabled(True)
        self._say(text(error.problem), "late")

    def _say(self, words: str, look: str) -> None:
        self.told.setText(words)
        self.told.setProperty("look", look)
        self.told.style().polish(self.told)
        self.told.show()
        announce(self.trier, words)
        self.said.emit()


def halves(left: QWidget, right: QWidget) -> QHBoxLayout:
    """Put two questions beside each other, as wide as each other and their labels on one line."""
    layout = line(space=3)
    for each in (left, right):
        each.setMinimumWidth(0)
        each.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addWidget(each, 1, Qt.AlignmentFlag.AlignTop)
    return layout
