"""The recovery key: how it is written on the emergency sheet and read back from it.

Eight groups of five characters in Crockford's alphabet (no I, L, O, U). Four characters of
a group carry 20 of the 160 random bits, the fifth is a check over the group and its place:
one wrong character, two changed places or two changed groups are noticed and named before
anything is tried. Capitals, spaces and hyphens do not matter; O is read as 0, I and L as 1.

The recovery key stands nowhere on disk. From it a key pair is derived, and the data key
is sealed to its public half in `keys.json`, in `recovery.json` beside it and in
`backups/recovery.json`. So the sheet opens the register when `keys.json` is gone; whoever
has the files alone can do nothing with them.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os

from privreg.errors import ProblemError
from privreg.store import sealing
from privreg.translation import N_, message

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = {**{letter: place for place, letter in enumerate(ALPHABET)}, "O": 0, "I": 1, "L": 1}
BITS = 5  # of one character
GROUPS = 8
CARRYING = 4  # characters of a group that carry the key
GROUP = CARRYING + 1
KEY_BYTES = GROUPS * CARRYING * BITS // 8
FIELD_SIZE = 1 << BITS
FIELD_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, of which x is a generator


def fresh_recovery_key() -> str:
    """Return a new recovery key as it is printed."""
    return written(os.urandom(KEY_BYTES))


def written(key: bytes) -> str:
    """Write 20 bytes as eight groups, with hyphens between them."""
    bits = int.from_bytes(key, "big")
    values = [bits >> BITS * place & FIELD_SIZE - 1 for place in reversed(range(GROUPS * CARRYING))]
    groups = (values[start : start + CARRYING] for start in range(0, len(values), CARRYING))
    return "-".join(
        "".join(ALPHABET[value] for value in (*group, _check(place, group)))
        for place, group in enumerate(groups, start=1)
    )


def read(text: str) -> bytes:
    """Read what was typed from the sheet; a slip is told with the number of its group."""
    typed = [letter for letter in text.upper() if not letter.isspace() and letter not in "-–—._"]  # noqa: RUF001
    strange = next((letter for letter in typed if letter not in READ_AS), None)
    if strange is not None:
        raise ProblemError(
            message(
                N_("{letter} is not used in a recovery key; look at the sheet once more."),
                letter=strange,
            )
        )
    if len(typed) != GROUPS * GROUP:
        raise ProblemError(
            message(
                N_("A recovery key has {wanted} characters and here are {typed}; check the sheet."),
                wanted=GROUPS * GROUP,
                typed=len(typed),
            )
        )
    values = [READ_AS[letter] for letter in typed]
    bits = 0
    for place, start in enumerate(range(0, len(values), GROUP), start=1):
        *group, check = values[start : start + GROUP]
        if _check(place, group) != check:
            raise ProblemError(
                message(
                    N_("Group {place} of the recovery key is not right; check it on the sheet."),
                    place=place,
                )
            )
        for value in group:
            bits = bits << BITS | value
    return bits.to_bytes(KEY_BYTES, "big")


def private_key_of(text: str) -> bytes:
    """Derive the private key that the data key was sealed for from the typed recovery key."""
    return sealing.derived(read(text), "privreg recovery key 1")


def _check(place: int, group: list[int]) -> int:
    """Weigh each character by another power of x in the field of 32 elements."""
    sum_ = place
    for value in group:
        sum_ = _times_x(sum_) ^ value
    return _times_x(sum_)


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ FIELD_POLYNOMIAL if doubled & FIELD_SIZE else doubled
