"""Colleagues: giving access, resetting passwords, ending access, emergency sheets."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from privreg.clock import today
from privreg.errors import (
    FieldProblem,
    InvalidRecordError,
    NotAllowedError,
    ProblemError,
    WrongPasswordError,
)
from privreg.registers.register_list import register_of
from privreg.services.changes import Changes
from privreg.services.roles import SignedIn
from privreg.store import gate, passwords
from privreg.store.keys import WRONG_PASSWORD
from privreg.store.records import load, load_all
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk
    from privreg.store.gate import Saver
    from privreg.store.keys import KeyRing

USERS = register_of("users")


def check_password(password: str, *known: str) -> None:
    """Raise `InvalidRecordError` when a new password will not do, saying why."""
    problem = passwords.problem_with(password, known)
    if problem is not None:
        raise InvalidRecordError([FieldProblem("password", problem)])


def add_user(desk: Desk, values: Values, password: str) -> Changes:
    """Give a colleague access with a first password, which the colleague then changes."""
    _must_administer(desk)
    check_password(password, values.get("login", ""), values.get("name", ""))
    user_id = uuid4()
    with desk.changing_keys() as ring:

        def work(saver: Saver) -> tuple[Values, KeyRing]:
            after = gate.save(saver, USERS, {**values, "id": user_id, "version": 0})
            login = after["login"]
            return after, ring.add_user(
                desk.data_key, user_id=user_id, name=login, password=password
            )

        after, added = desk.saved(work)
        _keep(desk, added)
    return _changed(N_("{user} can now open the register"), after)


def save_user(desk: Desk, values: Values) -> Changes:
    """Change a colleague's particulars and roles; there is always an administrator left."""
    _must_administer(desk)
    with desk.changing_keys() as ring:

        def work(saver: Saver) -> tuple[Values, KeyRing]:
            _must_have_access(load(saver.connection, USERS, values["id"]))
            after = gate.save(saver, USERS, {**values, "state": "active", "ended_on": None})
            _must_leave_an_administrator(load_all(saver.connection, USERS))
            return after, _renamed(desk, ring, after)

        after, renamed = desk.saved(work)
        if renamed is not ring:
            _keep(desk, renamed)
        desk.ring = renamed
    if after["id"] == desk.user.id:
        desk.granted = frozenset(after["roles"])
        desk.user = SignedIn(after["id"], after["login"], after["name"], frozenset(after["roles"]))
    return _changed(N_("Particulars of {user} changed"), after)


def _renamed(desk: Desk, ring: KeyRing, user: Values) -> KeyRing:
    """Return the ring with the name a user now logs in with."""
    if any(each.user_id == user["id"] and each.name != user["login"] for each in ring.users):
        return ring.rename_user(desk.data_key, user["id"], user["login"])
    return ring


def _keep(desk: Desk, ring: KeyRing) -> None:
    """Save changed keys, once the user's record is kept.

    A crash in between leaves a user without a key, whom another password gives one; the other
    way round it would leave a key and no user.
    """
    ring.save(desk.folder.path)
    desk.ring = ring


def reset_password(desk: Desk, user_id: UUID, password: str) -> Changes:
    """Give a colleague another password, without knowing the old one.

    Also who is in the register and not in its keys, because those were made anew.
    """
    _must_administer(desk)
    user = _user(desk, user_id)
    _must_have_access(user)
    check_password(password, user["login"], user["name"])
    with desk.changing_keys() as ring:
        if _holds_key(ring, user_id):
            desk.ring = ring.reset_password(desk.data_key, user_id, password)
        else:
            desk.ring = ring.add_user(
                desk.data_key, user_id=user_id, name=user["login"], password=password
            )
        desk.ring.save(desk.folder.path)
    return _changed(N_("{user} has a new password"), user)


def change_password(desk: Desk, old: str, new: str) -> None:
    """Let the user at the desk choose another password; the old one must be right."""
    check_password(new, desk.user.login, desk.user.name)
    with desk.changing_keys() as ring:
        desk.ring = ring.change_password(desk.user.login, old, new)
        desk.ring.save(desk.folder.path)


def end_access(desk: Desk, user_id: UUID) -> Changes:
    """End a leaver's access: the data key is changed, and only the others get the new one.

    Slow on a large register, because the file is encrypted anew. The user's record stays,
    for the journal's sake.
    """
    _must_administer(desk)
    if user_id == desk.user.id:
        raise NotAllowedError(Message(N_("You cannot end your own access; ask a colleague.")))
    with desk.changing_keys() as found:
        ring = _settled(desk, found)
        has_key = _holds_key(ring, user_id)

        def work(saver: Saver) -> Values:
            user = load(saver.connection, USERS, user_id)
            if user is None or not has_key:
                _must_have_access(user)
            ended = {**(user or {}), "state": "ended", "ended_on": today(desk.clock)}
            after = gate.save(saver, USERS, ended)
            _must_leave_an_administrator(load_all(saver.connection, USERS))
            return after

        after = desk.saved(work)
        if has_key:
            desk.take_keys(*ring.remove_user(desk.data_key, user_id))
    return _changed(N_("Access of {user} ended"), after)


def renew_recovery_key(desk: Desk) -> str:
    """Make a new recovery key for a new emergency sheet; the old sheet is void from now on.

    Once it is saved it is told, also where the file could not be encrypted anew yet.
    """
    _must_administer(desk)
    with desk.changing_keys() as found:
        renewed, data_key, text = _settled(desk, found).renew_recovery(desk.data_key)
        try:
            desk.take_keys(renewed, data_key)
        except ProblemError:
            if desk.data_key != data_key:
                raise
    return text


def _settled(desk: Desk, ring: KeyRing) -> KeyRing:
    """Finish a change of the data key that a reader held up, before the next one begins."""
    if desk.data_key.coming is None or desk.ring is None:
        return ring
    desk.take_keys(ring, desk.data_key)
    return desk.ring


def _holds_key(ring: KeyRing, user_id: UUID) -> bool:
    return any(each.user_id == user_id for each in ring.users)


def confirm_password(desk: Desk, password: str) -> None:
    """Check the password of the user at the desk, for what must not be done by a passer-by."""
    with desk.changing_keys() as ring:
        if ring.unlock(desk.user.login, password).user_id != desk.user.id:
            raise WrongPasswordError(Message(WRONG_PASSWORD))


def _must_administer(desk: Desk) -> None:
    if "administrator" not in desk.user.roles:
        raise NotAllowedError(Message(N_("Only an administrator may do this.")))


def _must_have_access(user: Values | None) -> None:
    """Refuse who left: what is changed of them would give the keys back."""
    if user is None or user["state"] == "ended":
        raise ProblemError(Message(N_("This user's access has ended already.")))


def _user(desk: Desk, user_id: UUID) -> Values:
    with desk.store.read() as connection:
        found = load(connection, USERS, user_id)
    if found is None:
        raise ProblemError(Message(N_("There is no user of that name in this register.")))
    return found


def _must_leave_an_administrator(users: list[Values]) -> None:
    if not any(each["state"] == "active" and "administrator" in each["roles"] for each in users):
        raise NotAllowedError(
            Message(N_("There must be an administrator left; give somebody else that role first."))
        )


def _changed(template: str, user: Values) -> Changes:
    who = user["name"] or user["login"]
    return Changes(message(template, user=who), frozenset({("users", user["id"])}))
