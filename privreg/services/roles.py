"""Who may see and do what: the table of roles, read by every service."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from privreg.errors import NotAllowedError
from privreg.translation import N_, Message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID


class Right(StrEnum):
    """What a role may do with a register."""

    READ = "read"
    CODES = "codes"  # read without personal fields
    CREATE = "create"
    EDIT = "edit"
    DECIDE = "decide"
    EXPORT = "export"
    PRINT = "print"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The user at the desk."""

    id: UUID
    login: str
    name: str
    roles: frozenset[str]


OF_CUSTOMERS = frozenset({"customers", "items", "events", "holds", "consents"})
OF_USERS = frozenset({"users"})
ENTERED_BY_STAFF = frozenset({"breaches", "requests"})
READ = frozenset({Right.READ, Right.PRINT})
ALL = frozenset({Right.READ, Right.CREATE, Right.EDIT, Right.DECIDE, Right.EXPORT, Right.PRINT})
WORK = frozenset({Right.READ, Right.CREATE, Right.EDIT, Right.PRINT})
NONE: frozenset[Right] = frozenset()


def _administrator(slug: str) -> frozenset[Right]:
    return WORK if slug in OF_USERS else NONE


def _coordinator(slug: str) -> frozenset[Right]:
    return READ if slug in OF_USERS else ALL


def _staff(slug: str) -> frozenset[Right]:
    if slug in OF_USERS or slug == "disposals":
        return NONE
    if slug in OF_CUSTOMERS or slug in ENTERED_BY_STAFF:
        return WORK
    return READ


def _officer(slug: str) -> frozenset[Right]:
    return NONE if slug in OF_USERS else READ


def _reader(slug: str) -> frozenset[Right]:
    if slug in OF_CUSTOMERS or slug == "requests":
        return frozenset({Right.CODES, Right.PRINT})
    return NONE if slug in OF_USERS else READ


RIGHTS: Mapping[str, object] = {
    "administrator": _administrator,
    "coordinator": _coordinator,
    "staff": _staff,
    "officer": _officer,
    "reader": _reader,
}


def rights(roles: frozenset[str], slug: str) -> frozenset[Right]:
    """Return what these roles together may do with a register."""
    found: frozenset[Right] = NONE
    for role in roles:
        of_role = RIGHTS.get(role)
        if callable(of_role):
            found |= of_role(slug)
    return found


def may(roles: frozenset[str], right: Right | str, slug: str) -> bool:
    """Say whether these roles may do this; reading codes only counts as reading."""
    held = rights(roles, slug)
    return Right(right) in held or (right == Right.READ and Right.CODES in held)


def sees_names(roles: frozenset[str], slug: str) -> bool:
    """Say whether these roles may see personal fields, and not the code only."""
    return Right.READ in rights(roles, slug)


def must(roles: frozenset[str], right: Right, slug: str) -> None:
    """Raise `NotAllowedError` unless these roles may do this."""
    if not may(roles, right, slug):
        raise NotAllowedError(
            Message(N_("Your role does not allow this; ask the privacy coordinator."))
        )
