"""How the screen looks: fonts, spacing and the palette in use, light or dark with the system."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from privreg.palette import DARK, LIGHT, Palette
from privreg.paths import FONTS
from ui import icons
from ui.style_sheet import style_sheet

STEP = 4
ROW_HEIGHT = 32
CHOSEN = {"light": LIGHT, "dark": DARK}
BODY_POINTS = 10
FAMILY = "Noto Sans"
SECOND_FAMILIES = ("DejaVu Sans", "Symbola")


class Theme(QObject):
    """Dresses the application and follows the system between light and dark.

    `changed` is emitted when the colours changed; painters ask `palette` each time.
    """

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.application = application
        self.is_following = True
        load_fonts()
        application.setStyle(QStyleFactory.create("Fusion"))
        application.setFont(body_font())
        application.styleHints().colorSchemeChanged.connect(self.follow)
        self.follow(application.styleHints().colorScheme())

    @property
    def palette(self) -> Palette:
        """The colours in use."""
        return icons.palette_in_use()

    def follow(self, scheme: Qt.ColorScheme) -> None:
        """Take the colours that go with the system's scheme, unless others were chosen."""
        if self.is_following:
            self.wear(DARK if scheme is Qt.ColorScheme.Dark else LIGHT)

    def choose(self, word: str) -> None:
        """Wear 'light' or 'dark', or follow the 'system'."""
        self.is_following = word not in CHOSEN
        if self.is_following:
            self.follow(self.application.styleHints().colorScheme())
        else:
            self.wear(CHOSEN[word])

    def wear(self, palette: Palette) -> None:
        """Dress the whole application in a palette."""
        icons.use_palette(palette)
        self.application.setPalette(qt_palette(palette))
        self.application.setStyleSheet(style_sheet(palette))
        icons.retint(QApplication.allWidgets())
        self.changed.emit()


def load_fonts() -> None:
    """Make the bundled typefaces known to Qt."""
    known = set(QFontDatabase.families())
    if FAMILY not in known or QFontDatabase.styles(FAMILY) == []:
        for path in sorted(FONTS.glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(path))


def body_font() -> QFont:
    """Return the font of all running text."""
    font = QFont(FAMILY, BODY_POINTS)
    font.setFamilies([FAMILY, *SECOND_FAMILIES])
    return font


def qt_palette(palette: Palette) -> QPalette:
    """Translate our colours into Qt's roles, for what the style sheet does not reach."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: palette.background,
        QPalette.ColorRole.WindowText: palette.text,
        QPalette.ColorRole.Base: palette.surface,
        QPalette.ColorRole.AlternateBase: palette.raised,
        QPalette.ColorRole.Text: palette.text,
        QPalette.ColorRole.PlaceholderText: palette.muted,
        QPalette.ColorRole.Button: palette.raised,
        QPalette.ColorRole.ButtonText: palette.text,
        QPalette.ColorRole.ToolTipBase: palette.raised,
        QPalette.ColorRole.ToolTipText: palette.text,
        QPalette.ColorRole.Highlight: palette.selection,
        QPalette.ColorRole.HighlightedText: palette.text,
        QPalette.ColorRole.Accent: palette.accent,
        QPalette.ColorRole.Link: palette.accent,
        QPalette.ColorRole.LinkVisited: palette.accent,
        QPalette.ColorRole.Light: palette.raised,
        QPalette.ColorRole.Mid: palette.line,
        QPalette.ColorRole.Dark: palette.line,
        QPalette.ColorRole.BrightText: palette.late,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.ButtonText,
    ):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(palette.muted))
    return made


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again at a widget whose property changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def mark(control: QWidget, *, is_wrong: bool) -> None:
    """Give a control the look of something wrong, or take it away."""
    tone = "wrong" if is_wrong else ""
    if (control.property("tone") or "") != tone:
        control.setProperty("tone", tone)
        restyle(control)
