"""What a password must be: long, and not one of those that are tried first.

No rules about digits, capitals or changing it every month: they make passwords worse
(NIST SP 800-63B, section 3.1.1.2). What is refused is what a list of leaked passwords
opens: an entry of the list, two of them together, one of them repeated, a row of the
keyboard, or the own name, with digits and signs around it or not.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from privreg.paths import LISTS
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Iterable

AT_LEAST = 12  # characters
LEFT_OVER = 4  # characters of one's own beside a common word that make it no better
LONG_ENOUGH_IN_DIGITS = 16  # a date, a phone number or an account's digits are shorter
SHORTEST_NAME = 3
SHORTEST_ROW = 3
ROWS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")

TOO_SHORT = N_("Use at least {count} characters; four words in a row are easy to remember.")
TOO_COMMON = N_(
    "This password is among the first that are tried; choose a few words that do not belong "
    "together."
)
TOO_NEAR = N_("This password is little more than a name others know; choose a few other words.")


def problem_with(password: str, known: Iterable[str] = ()) -> Message | None:
    """Say what is wrong with a new password; None where it will do.

    `known` are words that others know of this user: the login name, the organisation.
    """
    word = _folded(password)
    if len(word) < AT_LEAST:
        return message(TOO_SHORT, count=AT_LEAST)
    if any(_is_little_more_than(word, _folded(name)) for name in known):
        return message(TOO_NEAR)
    return message(TOO_COMMON) if is_common(word) else None


def is_common(password: str) -> bool:
    """Say whether a list of leaked passwords, with simple changes, opens this one."""
    word = _folded(password)
    core = word.strip("".join({letter for letter in word if not letter.isalpha()}))
    if len(core) <= LEFT_OVER:
        return len(word) < LONG_ENOUGH_IN_DIGITS or _is_tried_first(word)
    return _is_tried_first(word) or _is_tried_first(core)


def _is_tried_first(word: str) -> bool:
    if len(set(word)) <= LEFT_OVER or _is_known(word):
        return True
    halves = ((word[:cut], word[cut:]) for cut in range(1, len(word)))
    return any(_is_known(first) and _is_known(rest) for first, rest in halves) or any(
        _is_known(word[:size]) and word == (word[:size] * len(word))[: len(word)]
        for size in range(3, len(word) // 2 + 1)
    )


def _is_known(word: str) -> bool:
    return word in _list() or _is_row(word)


def _is_row(word: str) -> bool:
    if len(word) < SHORTEST_ROW:
        return False
    return any(word in row * 2 or word in row[::-1] * 2 for row in ROWS)


def _is_little_more_than(word: str, name: str) -> bool:
    if len(name) < SHORTEST_NAME:
        return False
    added = word.replace(name, "")
    return added != word and sum(letter.isalpha() for letter in added) <= LEFT_OVER


def _folded(password: str) -> str:
    return unicodedata.normalize("NFKC", password).casefold().strip()


@cache
def _list() -> frozenset[str]:
    lines = (LISTS / "common_passwords.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
