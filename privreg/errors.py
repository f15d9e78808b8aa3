"""What can go wrong in the world, each told to the user in one sentence.

A `ProblemError` is told; anything else is a bug and opens a crash report.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privreg.translation import N_, Message

if TYPE_CHECKING:
    from collections.abc import Sequence

EXIT_FINE = 0
EXIT_REFUSED = 1
EXIT_WRONG_USE = 2
EXIT_DAMAGED = 3


class ProblemError(Exception):
    """Something the user must know: what happened and what to do, in one sentence."""

    exit_code = EXIT_REFUSED

    def __init__(self, problem: Message | str) -> None:
        self.problem = Message(problem) if isinstance(problem, str) else problem
        super().__init__(self.problem.template)


class UsageError(ProblemError):
    """The command or its arguments cannot be understood."""

    exit_code = EXIT_WRONG_USE


class CannotOpenError(ProblemError):
    """The register cannot be opened: missing, damaged, newer than the program."""

    exit_code = EXIT_DAMAGED


class CertificateError(CannotOpenError):
    """The certificate on this PC does not tell whether the office server is who it says."""


class WrongPasswordError(CannotOpenError):
    """The name or the password is not right; it does not say which."""


class LockedElsewhereError(ProblemError):
    """Another program holds the register open for writing."""


class ReadOnlyError(ProblemError):
    """The register is open for reading only."""


class NotAllowedError(ProblemError):
    """The user's roles do not allow this."""


class AccessEndedError(NotAllowedError):
    """The user's access to the register was ended while it was open."""


class InUseError(ProblemError):
    """A record cannot be deleted because something refers to it."""


class ConflictError(ProblemError):
    """The record changed since it was read; nothing of either version is lost."""


REASONS = {
    errno.ENOENT: N_("the folder or file is not there"),
    errno.ENOTDIR: N_("the folder or file is not there"),
    errno.EACCES: N_("you have no access"),
    errno.EPERM: N_("you have no access"),
    errno.EROFS: N_("it can only be read"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("your share of the disk is full"),
    errno.EBUSY: N_("another program uses it"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EINVAL: N_("the name is not allowed there"),
    errno.EIO: N_("the disk or the network drive fails"),
}


def reason_of(error: OSError) -> Message:
    """Say in a few words what the operating system objects to."""
    known = REASONS.get(error.errno or 0)
    if known is None:
        return Message(N_("fault {number} of the system"), {"number": error.errno or 0})
    return Message(known)


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field of a draft.

    `field` is the field's name; for a row of a child table `rows_name[3].field_name`.
    """

    field: str
    problem: Message


class InvalidRecordError(ProblemError):
    """A draft did not pass the gate; `problems` says which field and why."""

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            self.problems[0].problem
            if self.problems
            else Message(N_("This record cannot be saved as it is."))
        )
