"""Enumerations whose members carry the word a reader sees."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from enum import Enum
from typing import Self

from privreg.translation import Message


class Worded(Enum):
    """An enumeration declared as `NAME = "code", N_("what a reader sees"), "article"`.

    The value is the code; the article is empty where none applies.
    """

    label: str
    article: str

    def __new__(cls, code: str, label: str = "", article: str = "") -> Self:
        member = object.__new__(cls)
        member._value_ = code
        member.label = label
        member.article = article
        return member

    @property
    def message(self) -> Message:
        """The label, not yet in any language."""
        return Message(self.label)
