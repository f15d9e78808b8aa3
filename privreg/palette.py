"""The one home of colours: a light and a dark palette, the calm of a well-kept ledger.

Every colour is `#rrggbb`. There is one accent; red and amber belong to clocks and errors only.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of screen and paper by what they are for.

    `text`, `muted`, `accent` and the states stand as letters on `background`, `surface`,
    `raised` and `selection`; `accent_text` stands on `accent`.
    """

    background: str
    surface: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    accent_text: str
    selection: str
    focus: str
    late: str
    soon: str
    calm: str
    done: str
    held: str
    waiting: str


LIGHT = Palette(
    background="#f4f3ef",
    surface="#ffffff",
    raised="#faf9f6",
    line="#d9d6cd",
    text="#20242a",
    muted="#5a5f66",
    accent="#1f5c7a",
    accent_text="#ffffff",
    selection="#dde9ef",
    focus="#2b7ba3",
    late="#a3201c",
    soon="#7d4d00",
    calm="#3c6350",
    done="#4f5a55",
    held="#5d4a80",
    waiting="#53606d",
)

DARK = Palette(
    background="#1a1d21",
    surface="#22262b",
    raised="#2a2f35",
    line="#3d444c",
    text="#e8e6e1",
    muted="#aab0b7",
    accent="#84bfdd",
    accent_text="#10202a",
    selection="#2c4351",
    focus="#6fb3d6",
    late="#ff9c92",
    soon="#edb85c",
    calm="#93c5a9",
    done="#a9b5af",
    held="#c3aeea",
    waiting="#a6b4c2",
)
