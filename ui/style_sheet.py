"""The style sheet of the application, filled in with a palette.

Widgets say what they are with the properties `look` (what sort of thing) and `tone` (what it
says); everything else follows from their class. Spacing goes in steps of 4 px.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import asdict
from string import Template
from typing import TYPE_CHECKING

from privreg.paths import TICKS

if TYPE_CHECKING:
    from privreg.palette import Palette

_SHEET = Template("""
QWidget { color: $text; }
QMainWindow, QDialog, QWidget[look="ground"] { background: $background; }
QWidget[look="surface"], QScrollArea[look="surface"] { background: $surface; }
QScrollArea { border: none; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px; }

QLabel[look="title"] { font-size: 16pt; font-weight: 600; }
QLabel[look="section"] { font-size: 12pt; font-weight: 600; }
QLabel[look="strong"] { font-weight: 600; }
QLabel[look="muted"] { color: $muted; }
QLabel[look="late"] { color: $late; }
QLabel[look="soon"] { color: $soon; }
QLabel[look="calm"] { color: $calm; }
QLabel[look="held"] { color: $held; }
QLabel[look="waiting"] { color: $waiting; }
QLabel[look="done"] { color: $done; }
QLabel[look="dot"] {
    background: $accent; border-radius: 3px; min-width: 6px; max-width: 6px; min-height: 6px;
    max-height: 6px;
}
QFrame[look="hairline"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[look="upright"] { background: $line; border: none; max-width: 1px; min-width: 1px; }

QLineEdit, QPlainTextEdit, QTextEdit {
    background: $surface; border: 1px solid $edge; border-radius: 4px; padding: 4px 8px;
    selection-background-color: $accent; selection-color: $accent_text;
}
QLineEdit { min-height: 20px; }
QLineEdit QToolButton { min-height: 0; padding: 0; border: none; background: transparent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus {
    border: 2px solid $focus; padding: 3px 7px;
}
QLineEdit[tone="wrong"], QPlainTextEdit[tone="wrong"] { border-color: $late; }
QLineEdit:read-only, QPlainTextEdit[readOnly="true"], QLineEdit:disabled,
QPlainTextEdit:disabled { background: $raised; color: $muted; border-color: $line; }

QPushButton, QToolButton {
    background: $surface; border: 1px solid $edge; border-radius: 4px; padding: 4px 12px;
    min-height: 20px;
}
QToolButton { padding: 4px 6px; max-height: 20px; }
QPushButton:hover, QToolButton:hover { background: $raised; }
QPushButton:pressed, QToolButton:pressed, QPushButton:checked { background: $selection; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: 3px 11px; }
QToolButton:focus { padding: 3px 5px; }
QPushButton:disabled, QToolButton:disabled { color: $muted; border-color: $line; }
QPushButton::menu-indicator, QToolButton::menu-indicator { image: none; width: 0; }
QPushButton[tone="primary"] {
    background: $accent; color: $accent_text; border-color: $accent; font-weight: 600;
}
QPushButton[tone="primary"]:hover { border-color: $text; }
QPushButton[tone="primary"]:focus { border: 2px solid $text; }
QPushButton[tone="primary"]:disabled { background: $raised; color: $muted; border-color: $line; }
QPushButton[tone="danger"] { color: $late; border-color: $late; }
QPushButton[tone="quiet"], QToolButton[tone="quiet"] {
    background: transparent; border-color: transparent;
}
QPushButton[tone="quiet"]:hover, QToolButton[tone="quiet"]:hover { background: $selection; }
QPushButton[tone="quiet"]:focus, QToolButton[tone="quiet"]:focus { border-color: $focus; }
QPushButton[tone="link"] {
    background: transparent; border: 1px solid transparent; color: $accent; padding: 0 2px;
    text-align: left;
}
QPushButton[tone="link"]:hover { text-decoration: underline; }
QPushButton[tone="link"]:focus { border: 1px solid $focus; padding: 0 2px; }

QRadioButton, QCheckBox {
    background: $surface; border: 1px solid $edge; border-radius: 4px; padding: 4px 10px 4px 8px;
    min-height: 20px; spacing: 6px;
}
QRadioButton:hover, QCheckBox:hover { background: $raised; }
QRadioButton:checked, QCheckBox:checked { background: $selection; border-color: $accent; }
QRadioButton:focus, QCheckBox:focus { border: 2px solid $focus; padding: 3px 9px 3px 7px; }
QRadioButton:disabled, QCheckBox:disabled { color: $muted; border-color: $line; }
QCheckBox[look="plain"] { background: transparent; border: 1px solid transparent; padding: 2px; }
QCheckBox[look="plain"]:focus { border: 1px solid $focus; padding: 2px; }

QRadioButton::indicator, QCheckBox::indicator {
    width: 12px; height: 12px; border: 1px solid $muted; background: $surface;
}
QRadioButton::indicator { border-radius: 7px; }
QCheckBox::indicator { border-radius: 3px; }
QRadioButton::indicator:checked {
    border: 4px solid $accent; width: 6px; height: 6px; background: $surface;
}
QCheckBox::indicator:checked {
    border: 1px solid $accent; background: $accent; image: url("$tick");
}
QRadioButton::indicator:disabled, QCheckBox::indicator:disabled { border-color: $line; }
QFrame[look="chip"] { background: $selection; border-radius: 4px; }
QFrame[look="box"] { background: $raised; border: 1px solid $line; border-radius: 4px; }
QFrame[look="card"] { background: $surface; border: 1px solid $line; border-radius: 6px; }
QFrame[look="row"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[look="row"]:hover { background: $raised; }
QFrame[look="row"]:focus { background: $selection; border: 2px solid $focus; }
QFrame[look="row"][tone="open"] { background: $raised; }

QFrame[look="notice"] { background: $raised; border: none; border-bottom: 1px solid $line; }
QFrame[look="notice"][tone="information"] { background: $selection; }
QFrame[look="notice"][tone="problem"] { border-left: 4px solid $late; }
QFrame[look="notice"][tone="question"] { border-left: 4px solid $accent; }
QFrame[look="notice"][tone="unsaved"] { border: none; border-top: 1px solid $line; }

QFrame[look="sidebar"] { background: $background; border: none; border-right: 1px solid $line; }
QPushButton[look="place"] {
    background: transparent; border: 1px solid transparent; border-left: 3px solid transparent;
    border-radius: 0; padding: 5px 12px 5px 13px; text-align: left;
}
QPushButton[look="place"]:hover { background: $raised; }
QPushButton[look="place"]:checked {
    background: $selection; border-left: 3px solid $accent; font-weight: 600;
}
QPushButton[look="place"]:focus { border: 1px solid $focus; border-left: 3px solid $focus; }
QPushButton[look="tile"] {
    border-color: $line; border-radius: 6px; padding: 0; min-height: 114px;
}
QPushButton[look="tile"]:hover { border-color: $accent; }
QPushButton[look="tile"]:focus { border: 2px solid $focus; padding: 0; }
QPushButton[look="step"] { padding: 3px 10px; text-align: left; }
QPushButton[look="step"]:checked { background: $selection; border-color: $accent; }
QPushButton[look="step"]:focus { padding: 2px 9px; }
QPushButton[look="tab"] {
    background: transparent; border: none; border-bottom: 2px solid transparent;
    border-radius: 0; padding: 6px 10px 4px 10px;
}
QPushButton[look="tab"]:hover { background: $raised; }
QPushButton[look="tab"]:checked { border-bottom: 2px solid $accent; color: $accent; }
QPushButton[look="tab"]:focus { border: 2px solid $focus; padding: 4px 8px 4px 8px; }
QLabel[look="clock"] { font-size: 26pt; font-weight: 600; }
QLabel[state="late"] { color: $late; }
QLabel[state="soon"] { color: $soon; }
QLabel[state="calm"] { color: $calm; }
QLabel[state="done"] { color: $done; }
QLabel[state="held"] { color: $held; }
QLabel[state="waiting"] { color: $waiting; }
QFrame[look="header"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[look="tools"] { background: $surface; border: none; }
QFrame[look="heading"] { background: $background; border: none; border-top: 1px solid $line; }
QFrame[look="status"] { background: $background; border: none; border-top: 1px solid $line; }
QPushButton[look="section"] {
    background: transparent; border: none; border-radius: 4px; padding: 4px; text-align: left;
    font-size: 12pt; font-weight: 600;
}
QPushButton[look="section"]:hover { background: $raised; }
QPushButton[look="section"]:focus { border: 2px solid $focus; padding: 2px; }
QPushButton[look="index"] {
    background: transparent; border: 1px solid transparent; border-radius: 4px;
    padding: 3px 8px; text-align: left;
}
QPushButton[look="index"]:hover { background: $raised; }
QPushButton[look="index"]:focus { border: 1px solid $focus; }

QTableView, QListView, QTreeView {
    background: $surface; border: none; gridline-color: $line; outline: none;
    selection-background-color: $selection; selection-color: $text;
}
QTableView::item { padding: 0 8px; border: none; border-bottom: 1px solid $line; }
QTableView::item:selected { background: $selection; color: $text; }
QTableView:focus { border: none; }
QListView::item { min-height: 24px; padding: 2px 8px; }
QListView::item:selected, QListView::item:hover { background: $selection; color: $text; }
QAbstractItemView[look="popup"] { border: 1px solid $edge; background: $surface; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section {
    background: $surface; color: $muted; border: none; border-bottom: 1px solid $edge;
    padding: 4px 11px; font-weight: 600; text-align: left;
}
QHeaderView::section:hover { color: $text; }
QTableCornerButton::section { background: $surface; border: none; }

QMenu { background: $surface; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { background: $line; height: 1px; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }

QSplitter::handle { background: $line; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:hover { background: $accent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar {
    background: $line; border: none; border-radius: 2px; max-height: 4px; min-height: 4px;
}
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QCalendarWidget QToolButton { border-color: transparent; }
QCalendarWidget QAbstractItemView { selection-background-color: $accent;
    selection-color: $accent_text; }
""")


def style_sheet(palette: Palette) -> str:
    """Return the whole style sheet in one palette."""
    tick = TICKS / f"{palette.accent_text.removeprefix('#')}.svg"
    edge = mixed(palette.line, palette.muted)
    return _SHEET.substitute(asdict(palette), edge=edge, tick=tick.as_posix())


def mixed(one: str, other: str, share: float = 0.35) -> str:
    """Return the colour that lies `share` of the way from one to the other."""
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
