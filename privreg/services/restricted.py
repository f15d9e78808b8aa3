"""Data that may only be stored: hidden from who may not use it, opened with a reason.

Restricted by the person (article 18) or kept only under a statute or for the archive. The
officer reads what is restricted; others open one item at a time, and the journal says why.
What is hidden here is hidden at every door: list, form, search, journal, paper and file.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from privreg.clock import today
from privreg.errors import FieldProblem, InvalidRecordError, NotAllowedError
from privreg.law.retention import ItemState, ItemStatus
from privreg.registers.declaration import UNSEEN
from privreg.registers.kinds import CUSTOMER_FIELDS
from privreg.registers.register_list import register_of
from privreg.services.item_states import state_of
from privreg.services.roles import Right, may, must, sees_names
from privreg.store import journal, listing, search, stored_only
from privreg.store.item_reading import keys_of_customer, read_items
from privreg.store.journal import Change
from privreg.store.kept_only import fields_kept_only
from privreg.store.records import load
from privreg.store.stored_only import RESTRICTION, Sight
from privreg.store.untold import untold as untold_of
from privreg.translation import N_, Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from privreg.registers.declaration import Register, Values
    from privreg.services.desk import Desk
    from privreg.store.gate import Saver
    from privreg.store.item_reading import ItemsRead
    from privreg.store.listing import Wanted
    from privreg.store.remembered import Remembered
    from privreg.store.store import Connection

    Hidden: TypeAlias = dict[UUID, frozenset[str]]

OF_AN_ITEM = frozenset({"label", "content"})
OF_AN_EVENT = frozenset({"note"})
OF_A_CUSTOMER = frozenset(code for code, _label in CUSTOMER_FIELDS)
HIDES = {"items": OF_AN_ITEM, "events": OF_AN_EVENT, "customers": OF_A_CUSTOMER}
"""Per register the fields that may be hidden because the data may only be stored."""
PLACES = ("kind_id", "customer_id")
"""Where an item belongs: moved elsewhere it would no longer hide what is restricted."""
NOTHING: frozenset[str] = frozenset()
USUALLY_OPENED_BY = frozenset({"coordinator"})
READ_WHAT_IS_RESTRICTED = frozenset({"officer"})
AT_THE_END = "stored_only"
"""In the journal of a deletion: what was hidden then, from most and from who reads restrictions."""
STORED = N_("These data may only be stored; open them with a reason first.")


def sight_of(desk: Desk) -> Sight:
    """Return through whose eyes this desk looks."""
    sees = bool(desk.user.roles & READ_WHAT_IS_RESTRICTED)
    return Sight(today(desk.clock), sees, frozenset(desk.opened))


def hidden_fields(
    desk: Desk, connection: Connection, register: Register, keys: Iterable[UUID]
) -> Hidden:
    """Return, per record, the fields that this user may not see because they are only stored."""
    return _hidden(connection, register, list(keys), sight_of(desk), desk.store.remembered)


def _hidden(
    connection: Connection,
    register: Register,
    keys: Sequence[UUID],
    sight: Sight,
    remembered: Remembered,
) -> Hidden:
    if not keys:
        return {}
    if register.slug == "items":
        return dict.fromkeys(_hidden_items(connection, keys, sight), OF_AN_ITEM)
    if register.slug == "events":
        return _of_events(connection, keys, sight)
    if register.slug == "customers":
        return _of_customers(connection, keys, sight, remembered)
    return {}


def _hidden_items(connection: Connection, keys: Sequence[UUID], sight: Sight) -> set[UUID]:
    read = read_items(connection, keys)
    return {key for key in read.items if _is_hidden(sight, key, state_of(read, key, sight.on))}


def _of_events(connection: Connection, keys: Sequence[UUID], sight: Sight) -> Hidden:
    about = stored_only.items_of_events(connection, keys)
    named = {item_id for item_id in about.values() if item_id is not None}
    hidden = _hidden_items(connection, list(named), sight) if named else set()
    return {key: OF_AN_EVENT for key, item_id in about.items() if item_id in hidden}


def _of_customers(
    connection: Connection, keys: Sequence[UUID], sight: Sight, remembered: Remembered
) -> Hidden:
    found = fields_kept_only(connection, keys, sight.on, sight.opened, remembered)
    if sight.sees_restricted:
        return found
    restricted = stored_only.restricted_fields(connection, keys, sight, remembered)
    for key, fields in restricted.items():
        found[key] = found.get(key, NOTHING) | fields
    return found


def is_hidden(desk: Desk, item_id: UUID, state: ItemState) -> bool:
    """Say whether this user sees only that the item is there."""
    return _is_hidden(sight_of(desk), item_id, state)


def _is_hidden(sight: Sight, item_id: UUID, state: ItemState) -> bool:
    if item_id in sight.opened:
        return False
    if state.state is ItemStatus.RESTRICTED and not sight.sees_restricted:
        return True
    return state.underlying is ItemStatus.KEPT_ONLY


def without(values: Values, hidden: frozenset[str]) -> Values:
    """Return a record without what is hidden, and with the names of what was left out."""
    if not hidden:
        return values
    return {**values, **dict.fromkeys(hidden), UNSEEN: sorted(hidden)}


def untold(desk: Desk, connection: Connection, wanted: Wanted) -> Wanted:
    """Return the list wanted so that its order and filters tell nothing that is hidden.

    While rules are applied anew it is not known of whom a field is kept only: a list that would
    stand in the order of that field then stands in its own.
    """
    register = wanted.register
    asked = {wanted.sort or register.sort, *wanted.filters} & HIDES.get(register.slug, NOTHING)
    if not asked:
        return wanted
    sight = sight_of(desk)
    found = untold_of(connection, register, asked, sight)
    sort = "" if wanted.sort in found.unknown else wanted.sort
    return replace(
        wanted, sort=sort, untold=found.conditions, gathered=found.gathered, seen_by=sight
    )


def found_unseen(connection: Connection, wanted: Wanted, hidden: Hidden) -> frozenset[UUID]:
    """Return which of the records found a typed text finds only by data this user may not see.

    `hidden` is what `hidden_fields` says of the records found: of who hides nothing, what the
    text found is seen.
    """
    register = wanted.register
    if register.slug != "customers" or wanted.codes_only or not wanted.text.strip():
        return frozenset()
    rows = listing.by_keys(connection, register, list(hidden))
    seen = ({**row, **dict.fromkeys(hidden[row["id"]])} for row in rows)
    return frozenset(row["id"] for row in seen if not search.finds(register, row, wanted.text))


def must_be_seen(desk: Desk, connection: Connection, register: Register, record_id: UUID) -> None:
    """Raise `NotAllowedError` where a deletion would take away what this user may not see."""
    hidden = hidden_fields(desk, connection, register, [record_id])
    takes_items = register.slug == "customers" and _hidden_items(
        connection, keys_of_customer(connection, record_id), sight_of(desk)
    )
    if hidden.get(record_id) or takes_items:
        raise NotAllowedError(Message(STORED))


def at_the_end(desk: Desk, connection: Connection, register: Register, record_id: UUID) -> Any:
    """Return what the journal is to remember of a record that is deleted, None for nothing."""
    anybody = Sight(today(desk.clock))
    hidden = (
        _hidden(connection, register, [record_id], sight, desk.store.remembered)
        for sight in (anybody, replace(anybody, sees_restricted=True))
    )
    fields = [sorted(each.get(record_id, NOTHING)) for each in hidden]
    return fields if any(fields) else None


def hidden_in_journal(
    desk: Desk, connection: Connection, register: Register, keys: Iterable[UUID]
) -> Hidden:
    """Return what of these records is hidden, also of those that are gone.

    What was hidden when it was deleted stays so. Of what went unwritten, with the record it
    belonged to, nothing is known: it is hidden.
    """
    if register.slug not in HIDES:
        return {}
    wanted = set(keys)
    found = hidden_fields(desk, connection, register, wanted)
    gone = wanted - stored_only.there(connection, register, list(wanted)) - desk.opened
    place = int(sight_of(desk).sees_restricted)
    for key, contents in journal.deletions(connection, list(gone)).items():
        fields = contents.get(AT_THE_END)
        found[key] = frozenset(fields[place]) if fields else NOTHING
        gone.discard(key)
    return found | dict.fromkeys(gone, HIDES[register.slug])


def open_item(desk: Desk, item_id: UUID, reason: str) -> Values:
    """Open one restricted or kept-only item with a reason, which the journal keeps.

    It stays open until the register is locked. Raises `NotAllowedError` for a role the rule
    does not name, `InvalidRecordError` without a reason.
    """
    must(desk.user.roles, Right.READ, "items")
    if not reason.strip():
        raise InvalidRecordError([FieldProblem("reason", Message(N_("Say why you open this.")))])

    def work(saver: Saver) -> Values | None:
        read = read_items(saver.connection, [item_id])
        state = state_of(read, item_id, today(desk.clock))
        is_named = bool(desk.user.roles & _opened_by(read, state))
        if not is_named or not sees_names(desk.user.roles, "items"):
            raise NotAllowedError(
                Message(N_("Your role does not open this; the retention rule says who may."))
            )
        change = Change(
            action="open", slug="items", record_id=item_id, fields={"reason": (None, reason)}
        )
        journal.append(saver.connection, saver.now, saver.user_id, [change])
        return load(saver.connection, register_of("items"), item_id)

    found = desk.saved(work)
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


def must_not_lift(
    desk: Desk, register: Register, before: Values | None, after: Values | None
) -> None:
    """Raise `NotAllowedError` where somebody else than the coordinator lifts a restriction.

    The person is told before it is lifted (article 18(3)), and deciding is not for staff.
    """
    if register.slug != "holds" or before is None or not _lifts(before, after):
        return
    if may(desk.user.roles, Right.DECIDE, "holds"):
        return
    raise NotAllowedError(
        Message(
            N_(
                "Only the privacy coordinator lifts a restriction, after the person was told; "
                "ask the coordinator."
            )
        )
    )


def _lifts(before: Values, after: Values | None) -> bool:
    """Say whether less is restricted after a change of a hold than before it."""
    if before["reason"] != RESTRICTION:
        return False
    if after is None or after["reason"] != RESTRICTION:
        return True
    moved = after["customer_id"] != before["customer_id"] or after["since_on"] > before["since_on"]
    until, was_until = after.get("until_on"), before["until_on"]
    ends = until is not None and until != was_until
    return moved or ends or bool(set(before["items"]) - set(after["items"]))
