"""Data that may only be stored: hidden from who may not use it, opened with a reason.

Restricted by the person (article 18) or kept only under a statute or for the archive. The
officer reads what is restricted; others open one item at a time, and the journal says why.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.clock import today
from privreg.errors import FieldProblem, InvalidRecordError, NotAllowedError
from privreg.law.retention import ItemState, ItemStatus
from privreg.registers.register_list import register_of
from privreg.services.item_states import state_of
from privreg.services.roles import Right, must
from privreg.store import journal, listing, search
from privreg.store.item_reading import read_items, restricted_kinds
from privreg.store.journal import Change
from privreg.store.records import load
from privreg.translation import N_, Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from privreg.registers.declaration import Register, Values
    from privreg.services.desk import Desk
    from privreg.store.item_reading import ItemsRead
    from privreg.store.listing import Wanted
    from privreg.store.store import Connection

OF_AN_ITEM = frozenset({"label", "content"})
NOTHING: frozenset[str] = frozenset()
USUALLY_OPENED_BY = frozenset({"coordinator"})
READ_WHAT_IS_RESTRICTED = frozenset({"officer"})


def hidden_fields(
    desk: Desk, connection: Connection, register: Register, keys: Iterable[UUID]
) -> dict[UUID, frozenset[str]]:
    """Return, per record, the fields that this user may not see because of a restriction."""
    keys = list(keys)
    if register.slug == "items":
        return _of_items(desk, connection, keys)
    if register.slug == "customers" and not desk.user.roles & READ_WHAT_IS_RESTRICTED:
        found = restricted_kinds(connection, keys, today(desk.clock), desk.opened)
        return {key: frozenset(fields) for key, fields in found.items()}
    return {}


def _of_items(desk: Desk, connection: Connection, keys: list[UUID]) -> dict[UUID, frozenset[str]]:
    read = read_items(connection, keys)
    on = today(desk.clock)
    return {key: OF_AN_ITEM for key in read.items if is_hidden(desk, key, state_of(read, key, on))}


def is_hidden(desk: Desk, item_id: UUID, state: ItemState) -> bool:
    """Say whether this user sees only that the item is there."""
    if item_id in desk.opened:
        return False
    if state.state is ItemStatus.RESTRICTED:
        return not desk.user.roles & READ_WHAT_IS_RESTRICTED
    return state.underlying is ItemStatus.KEPT_ONLY


def found_unseen(desk: Desk, connection: Connection, wanted: Wanted) -> frozenset[UUID]:
    """Return what a typed text finds only by data that this user may not see."""
    register = wanted.register
    is_all_seen = wanted.codes_only or desk.user.roles & READ_WHAT_IS_RESTRICTED
    if register.slug != "customers" or is_all_seen or not wanted.text.strip():
        return frozenset()
    hidden = hidden_fields(desk, connection, register, listing.keys(connection, wanted))
    rows = listing.by_keys(connection, register, list(hidden))
    seen = ({**row, **dict.fromkeys(hidden[row["id"]])} for row in rows)
    return frozenset(row["id"] for row in seen if not search.finds(register, row, wanted.text))


def open_item(desk: Desk, item_id: UUID, reason: str) -> Values:
    """Open one restricted or kept-only item with a reason, which the journal keeps.

    It stays open until the register is locked. Raises `NotAllowedError` for a role the rule
    does not name, `InvalidRecordError` without a reason.
    """
    must(desk.user.roles, Right.READ, "items")
    if not reason.strip():
        raise InvalidRecordError([FieldProblem("reason", Message(N_("Say why you open this.")))])
    with desk.saving() as saver:
        read = read_items(saver.connection, [item_id])
        state = state_of(read, item_id, today(desk.clock))
        if not desk.user.roles & _opened_by(read, state):
            raise NotAllowedError(
                Message(N_("Your role does not open this; the retention rule says who may."))
            )
        change = Change(
            action="open", slug="items", record_id=item_id, fields={"reason": (None, reason)}
        )
        journal.append(saver.connection, saver.now, saver.user_id, [change])
        found = load(saver.connection, register_of("items"), item_id)
    assert found is not None  # noqa: S101  (its state was read just above)
    desk.opened.add(item_id)
    return found


def _opened_by(read: ItemsRead, state: ItemState) -> frozenset[str]:
    if state.state is ItemStatus.RESTRICTED:
        return USUALLY_OPENED_BY
    rule: Mapping[str, object] = next(
        (each for key, each in read.rules.items() if str(key) == state.rule_key), {}
    )
    named = rule.get("opened_by")
    return frozenset(named) if isinstance(named, list) and named else USUALLY_OPENED_BY
