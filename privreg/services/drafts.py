"""Unsaved edits, encrypted for their own user: while the register is locked, and against a crash.

Against a crash they lie in a file of this PC, beside the settings, until they are saved or dropped,
or were left for so long as `draft_files` says.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from privreg import __version__
from privreg.registers.register_list import register_of
from privreg.services import draft_files
from privreg.services.plain_values import restored
from privreg.store.plain import plain
from privreg.store.sealing import CannotUnsealError, derived, unwrap, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk

PURPOSE = "privreg drafts 1"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed in one form: the fields changed, of which version of which record.

    A record never saved has no `record_id` and version 0. A part of another record (an event,
    say) also names that record in `changed`.
    """

    slug: str
    record_id: UUID | None
    version: int
    changed: Values


def put_away(desk: Desk, drafts: Sequence[Draft]) -> bytes:
    """Encrypt drafts under a key that the register's password gives back, for this user only."""
    content = [
        [each.slug, plain(each.record_id), each.version, plain(each.changed)] for each in drafts
    ]
    return wrap(_key(desk), json.dumps(content).encode(), desk.user.id.bytes)


def take_out(desk: Desk, sealed: bytes) -> list[Draft]:
    """Return the drafts; none where another user came, or the register has another key now."""
    try:
        content = json.loads(unwrap(_key(desk), sealed, desk.user.id.bytes))
    except CannotUnsealError:
        return []
    return [
        Draft(slug, UUID(key) if key else None, version, _values(slug, changed))
        for slug, key, version, changed in content
    ]


def _values(slug: str, changed: Values) -> Values:
    register = register_of(slug)
    fields = {each.name: each for each in register.fields}
    return {
        name: UUID(value) if name == register.parent_field else restored(fields[name], value)
        for name, value in changed.items()
    }


def keep(desk: Desk, drafts: Sequence[Draft]) -> None:
    """Write drafts where a crash leaves them, or with none forget those kept before.

    Raises `ProblemError` where nothing can be written.
    """
    sealed = put_away(desk, drafts) if drafts else b""
    draft_files.keep(_path(desk), desk.folder.path, sealed)


def kept(desk: Desk) -> list[Draft]:
    """Return what this user typed here and a crash kept from being saved.

    None where another program version wrote them: its fields may not be these.
    """
    sealed = draft_files.kept(_path(desk))
    return take_out(desk, sealed) if sealed else []


def _path(desk: Desk) -> Path:
    register_id = desk.folder.about().register_id
    return draft_files.folder() / __version__ / f"{register_id}-{desk.user.id}.sealed"


def _key(desk: Desk) -> bytes:
    return derived(desk.data_key.newest, PURPOSE)
