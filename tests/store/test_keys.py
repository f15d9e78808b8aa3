"""The key ring: who can open a register, and who cannot any more."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from privreg.errors import CannotOpenError, ProblemError, UsageError, WrongPasswordError
from privreg.store import keys, recovery, sealing
from privreg.store.holder import Holder
from privreg.store.keys import KeyRing
from privreg.store.recovery_copy import RecoveryCopy
from privreg.store.sealing import CannotUnsealError, Cost
from tests.store.conftest import CHEAP, JAN_ID, PASSWORD, REGISTER_ID

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.store.conftest import Made

ANNE_ID = UUID("00000000-0000-4000-8000-00000000000b")
ANNE_PASSWORD = "lamp fiets wolk stoel"


@pytest.fixture
def two(register: Made) -> KeyRing:
    """A ring with Jan and Anne."""
    return register.ring.add_user(
        register.data_key, user_id=ANNE_ID, name="Anne", password=ANNE_PASSWORD, cost=CHEAP
    )


def test_the_password_opens_the_data_key_after_a_trip_over_the_disk(register: Made) -> None:
    ring = KeyRing.load(register.folder.path)
    assert ring == register.ring
    assert ring.unlock("jan", PASSWORD) == register.data_key


def test_nothing_secret_stands_in_clear(register: Made) -> None:
    for path in register.folder.path.rglob("*.json"):
        content = path.read_bytes()
        for secret in (register.data_key.key, PASSWORD.encode(), register.recovery_key.encode()):
            assert secret not in content
            assert b64encode(secret) not in content
            assert secret.hex().encode() not in content
    assert register.data_key.key.hex() not in repr(register.data_key)
    assert repr(register.data_key.key) not in repr(register.data_key)


@pytest.mark.parametrize("name", ["jan", "JAN", "  Jan "])
def test_capitals_and_spaces_in_the_name_do_not_matter(register: Made, name: str) -> None:
    assert register.ring.unlock(name, PASSWORD).user_id == JAN_ID


def test_the_only_user_need_not_say_who_he_is(register: Made, two: KeyRing) -> None:
    assert register.ring.unlock(None, PASSWORD).user_id == JAN_ID
    with pytest.raises(UsageError):
        two.unlock(None, PASSWORD)


def test_the_same_password_typed_on_another_system_opens_too(register: Made) -> None:
    composed, decomposed = "café met crème", "cafe\u0301 met cre\u0300me"
    ring = register.ring.reset_password(register.data_key, JAN_ID, composed, cost=CHEAP)
    assert ring.unlock("jan", decomposed).key == register.data_key.key


def test_a_wrong_password_and_an_unknown_name_say_the_same_and_cost_the_same(
    register: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    costs: list[Cost] = []
    stretched = sealing.stretched

    def counted(password: bytes, salt: bytes, cost: Cost) -> bytes:
        costs.append(cost)
        return stretched(password, salt, cost)

    monkeypatch.setattr(sealing, "stretched", counted)
    told = []
    for name in ("jan", "piet"):
        with pytest.raises(WrongPasswordError) as caught:
            register.ring.unlock(name, "niet dit wachtwoord")
        told.append(caught.value.problem)
    assert told[0] == told[1]
    assert costs == [CHEAP, CHEAP]


def test_an_unknown_name_does_not_open_with_the_first_user_s_password(register: Made) -> None:
    with pytest.raises(WrongPasswordError):
        register.ring.unlock("piet", PASSWORD)


def test_the_usual_cost_is_what_the_standard_asks() -> None:
    assert Cost(passes=3, memory_kib=65536, lanes=4) == sealing.USUAL_COST


def test_a_colleague_opens_the_same_register(register: Made, two: KeyRing) -> None:
    opened = two.unlock("anne", ANNE_PASSWORD)
    assert opened.key == register.data_key.key
    assert opened.user_id == ANNE_ID
    assert two.unlock("jan", PASSWORD).key == register.data_key.key
    assert two.unlock_with_recovery(register.recovery_key).key == register.data_key.key


def test_two_users_cannot_have_the_same_name(register: Made, two: KeyRing) -> None:
    with pytest.raises(ProblemError):
        two.add_user(register.data_key, user_id=uuid4(), name="ANNE ", password="x", cost=CHEAP)
    with pytest.raises(ProblemError):
        two.rename_user(register.data_key, JAN_ID, "anne")
    with pytest.raises(ProblemError):
        two.rename_user(register.data_key, JAN_ID, "  ")


def test_a_renamed_user_logs_in_under_the_new_name(register: Made) -> None:
    ring = register.ring.rename_user(register.data_key, JAN_ID, "Johan")
    assert ring.unlock("johan", PASSWORD).key == register.data_key.key
    with pytest.raises(WrongPasswordError):
        ring.unlock("jan", PASSWORD)


def test_another_password_voids_the_old_one_and_its_key_pair(register: Made) -> None:
    ring = register.ring.change_password("jan", PASSWORD, "lamp fiets wolk", cost=CHEAP)
    assert ring.unlock("jan", "lamp fiets wolk").key == register.data_key.key
    assert ring.users[0].public_key != register.ring.users[0].public_key
    with pytest.raises(WrongPasswordError):
        ring.unlock("jan", PASSWORD)
    with pytest.raises(WrongPasswordError):
        register.ring.change_password("jan", "fout", "lamp fiets wolk", cost=CHEAP)


def test_a_reset_password_opens_without_the_old_one(register: Made, two: KeyRing) -> None:
    ring = two.reset_password(register.data_key, ANNE_ID, "nieuw en lang genoeg", cost=CHEAP)
    assert ring.unlock("anne", "nieuw en lang genoeg").key == register.data_key.key
    with pytest.raises(WrongPasswordError):
        ring.unlock("anne", ANNE_PASSWORD)
    with pytest.raises(KeyError):
        ring.reset_password(register.data_key, uuid4(), "x", cost=CHEAP)


def test_a_leaver_is_gone_and_the_others_get_the_new_key_without_their_passwords(
    register: Made, two: KeyRing
) -> None:
    ring, opened = two.remove_user(register.data_key, ANNE_ID)
    assert opened.coming not in {None, register.data_key.key}
    assert str(ANNE_ID) not in json.dumps(ring._content())
    settled, newest = ring.with_newest_only(opened)
    assert newest.key == opened.coming
    assert settled.unlock("jan", PASSWORD) == newest
    assert settled.unlock_with_recovery(register.recovery_key).key == newest.key
    with pytest.raises(WrongPasswordError):
        settled.unlock("anne", ANNE_PASSWORD)


def test_while_the_key_changes_everybody_opens_both(register: Made, two: KeyRing) -> None:
    ring, opened = two.with_new_data_key(register.data_key)
    assert ring.unlock("anne", ANNE_PASSWORD).all_keys == opened.all_keys
    assert ring.unlock_with_recovery(register.recovery_key).all_keys == opened.all_keys
    with pytest.raises(ValueError, match="1"):
        ring.with_new_data_key(opened)


def test_the_last_user_stays(register: Made) -> None:
    with pytest.raises(ProblemError):
        register.ring.remove_user(register.data_key, JAN_ID)
    with pytest.raises(KeyError):
        register.ring.remove_user(register.data_key, ANNE_ID)


def test_a_new_sheet_voids_the_old_one_and_changes_the_data_key(register: Made) -> None:
    ring, opened, text = register.ring.renew_recovery(register.data_key)
    assert ring.unlock_with_recovery(text).all_keys == opened.all_keys
    with pytest.raises(WrongPasswordError):
        ring.unlock_with_recovery(register.recovery_key)
    ring, opened = ring.with_newest_only(opened)
    assert opened.key != register.data_key.key


def test_the_register_s_public_key_belongs_to_its_data_key(register: Made) -> None:
    context = b"a note from the lock screen"
    note = sealing.seal(register.ring.register_public_key, b"laptop weg", context)
    private_key = keys.register_private_key(register.data_key.key)
    assert sealing.unseal(private_key, note, context) == b"laptop weg"


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["users"][0].update(name="piet"),
        lambda content: content.update(recovery_public_key=content["register_public_key"]),
        lambda content: content["users"][1].update(public_key=content["register_public_key"]),
        lambda content: content["users"].pop(),
        lambda content: content.update(authentic=content["register_public_key"]),
    ],
)
def test_a_ring_changed_by_another_hand_is_not_trusted(
    register: Made, two: KeyRing, change: Callable[[dict[str, Any]], None]
) -> None:
    two.save(register.folder.path)
    content = json.loads(register.folder.keys.read_text())
    change(content)
    register.folder.keys.write_text(json.dumps(content))
    ring = KeyRing.load(register.folder.path)
    with pytest.raises(CannotOpenError) as caught:
        ring.unlock(ring.users[0].name, PASSWORD)
    assert caught.value.problem.template == keys.KEYS_CHANGED
    with pytest.raises(CannotOpenError):
        ring.unlock_with_recovery(register.recovery_key)


def test_a_user_s_entry_opens_in_no_other_register(register: Made) -> None:
    user = register.ring.users[0]
    assert user.open(REGISTER_ID, PASSWORD)
    with pytest.raises(CannotUnsealError):
        user.open(uuid4(), PASSWORD)


def test_what_is_sealed_for_one_place_opens_in_no_other() -> None:
    private_key = sealing.fresh_secret()
    sealed = sealing.seal(sealing.public_key_of(private_key), b"secret", b"here")
    assert sealing.unseal(private_key, sealed, b"here") == b"secret"
    for key, box, context in (
        (private_key, sealed, b"there"),
        (sealing.fresh_secret(), sealed, b"here"),
        (private_key, sealed[:-1] + bytes([sealed[-1] ^ 1]), b"here"),
        (private_key, sealed[:20], b"here"),
        (private_key, bytes(len(sealed)), b"here"),
    ):
        with pytest.raises(CannotUnsealError):
            sealing.unseal(key, box, context)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"format": 1}',
        b'{"format": "x"}',
        b"\xff\xfe",
        b'{"format":1e999}',
    ],
)
def test_a_damaged_file_of_keys_is_told(register: Made, content: bytes) -> None:
    register.folder.keys.write_bytes(content)
    with pytest.raises(CannotOpenError) as caught:
        KeyRing.load(register.folder.path)
    assert caught.value.problem.args == {"file": "keys.json"}


def test_keys_of_a_newer_program_are_told(register: Made) -> None:
    content = json.loads(register.folder.keys.read_text())
    register.folder.keys.write_text(json.dumps({**content, "format": 2}))
    with pytest.raises(CannotOpenError, match="newer version"):
        KeyRing.load(register.folder.path)


def test_missing_keys_are_told_with_the_way_back(register: Made) -> None:
    register.folder.keys.unlink()
    with pytest.raises(CannotOpenError, match="recovery key"):
        KeyRing.load(register.folder.path)


@pytest.mark.parametrize(
    "cost", [Cost(0, 64, 1), Cost(1, 2**30, 1), Cost(1, 4, 1), Cost(99, 64, 1)]
)
def test_a_cost_that_would_hang_the_pc_or_cost_nothing_is_refused(cost: Cost) -> None:
    user = Holder(JAN_ID, "jan", cost, bytes(16), bytes(32), bytes(60))
    with pytest.raises(ValueError, match="Cost"):
        Holder.of(user.content())


def test_the_recovery_key_opens_when_keys_and_one_copy_are_gone(register: Made) -> None:
    register.folder.keys.unlink()
    (register.folder.path / "recovery.json").unlink()
    copy = RecoveryCopy.load(register.folder.path)
    assert copy.unlock(register.recovery_key).key == register.data_key.key
    (register.folder.backups / "recovery.json").write_text("{}")
    with pytest.raises(CannotOpenError, match="Neither"):
        RecoveryCopy.load(register.folder.path)


def test_another_recovery_key_is_refused(register: Made) -> None:
    copy = RecoveryCopy.load(register.folder.path)
    with pytest.raises(WrongPasswordError):
        copy.unlock(recovery.fresh_recovery_key())


def test_a_ring_made_anew_opens_the_same_data_with_the_same_sheet(register: Made) -> None:
    copy = RecoveryCopy.load(register.folder.path)
    ring, opened = KeyRing.rebuild(
        copy,
        register.recovery_key,
        user_id=ANNE_ID,
        user_name="anne",
        password=ANNE_PASSWORD,
        cost=CHEAP,
    )
    assert opened.key == register.data_key.key
    assert ring.unlock("anne", ANNE_PASSWORD) == opened
    assert ring.unlock_with_recovery(register.recovery_key).key == opened.key
    with pytest.raises(WrongPasswordError):
        ring.unlock("jan", PASSWORD)


def test_a_save_that_fails_leaves_the_old_ring(
    register: Made, two: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(ProblemError, match="disk is full"):
        two.save(register.folder.path)
    monkeypatch.undo()
    assert KeyRing.load(register.folder.path) == register.ring
    assert not list(register.folder.path.glob(".*"))
