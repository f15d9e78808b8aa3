"""How keys are written: names of the files, texts of bytes, contexts, and reading with care."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import base64
import json
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from privreg.errors import CannotOpenError
from privreg.store import sealing
from privreg.translation import N_, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

FORMAT = 1
KEYS = "keys.json"
RECOVERY = "recovery.json"
BACKUPS = "backups"
RECOVERY_HOLDER = "recovery"

DAMAGED = N_("The file {file} is damaged; open the register with the recovery key.")
NEWER = N_("This register was made by a newer version of PrivReg; install that version.")

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError)

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class DataKey:
    """The opened key, and whose password opened it (None: the recovery key's).

    `coming` is there only while the file is being encrypted anew; the file then opens with
    one of the two.
    """

    key: bytes = field(repr=False)
    coming: bytes | None = field(default=None, repr=False)
    user_id: UUID | None = None

    @classmethod
    def of(cls, keys: list[bytes], user_id: UUID | None) -> DataKey:
        """Take the one or two keys that were opened, the older first."""
        return cls(keys[0], keys[1] if len(keys) > 1 else None, user_id)

    @property
    def newest(self) -> bytes:
        """Return the key that will stay."""
        return self.coming or self.key

    @property
    def all_keys(self) -> tuple[bytes, ...]:
        """Return both keys or the one, the older first."""
        return (self.key,) if self.coming is None else (self.key, self.coming)


def folded(name: str) -> str:
    """Return a name as it is compared: without regard to capitals and spaces around it."""
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()


def password_bytes(password: str) -> bytes:
    """Return a password as it is hashed, the same from every keyboard and system."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def canonical(content: object) -> bytes:
    """Return one and the same text for the same content."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def seal_context(register_id: UUID, holder: str, generation: int) -> bytes:
    """Bind a sealed data key to its register, its holder and its place in the row of keys."""
    return canonical(["privreg data key", FORMAT, str(register_id), holder, generation])


def unsealed(
    private_key: bytes, sealed: Iterable[bytes], register_id: UUID, holder: str, generation: int
) -> list[bytes]:
    """Open a holder's data keys, the older first; raises `CannotUnsealError`."""
    return [
        sealing.unseal(private_key, each, seal_context(register_id, holder, number))
        for number, each in enumerate(sealed, start=generation)
    ]


def text_of(secret: bytes) -> str:
    """Write bytes as base64."""
    return base64.b64encode(secret).decode("ascii")


def bytes_of(text: object) -> bytes:
    """Read base64; raises `ValueError`."""
    return base64.b64decode(str(text).encode("ascii"), validate=True)


def read_content(content: bytes, file: str, build: Callable[[dict[str, Any]], Read]) -> Read:
    """Read one of the files; a file that is not whole is told, never a bug."""
    try:
        parsed = json.loads(content)
        if int(parsed["format"]) <= FORMAT:
            return build(parsed)
    except UNREADABLE as error:
        raise CannotOpenError(message(DAMAGED, file=file)) from error
    raise CannotOpenError(NEWER)
