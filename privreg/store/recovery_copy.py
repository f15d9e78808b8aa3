"""What the recovery key opens when `keys.json` is gone: a copy here and beside the backups."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from privreg.errors import CannotOpenError, WrongPasswordError
from privreg.store import recovery
from privreg.store.key_format import (
    BACKUPS,
    FORMAT,
    RECOVERY,
    RECOVERY_HOLDER,
    DataKey,
    bytes_of,
    read_content,
    text_of,
    unsealed,
)
from privreg.store.safe_write import replace_json
from privreg.store.sealing import CannotUnsealError
from privreg.translation import N_

if TYPE_CHECKING:
    from pathlib import Path

WRONG_RECOVERY_KEY = N_(
    "This recovery key does not open this register; use the emergency sheet printed last."
)
NOTHING_LEFT = N_(
    "Neither keys.json nor recovery.json can be read, so no key can open this register; "
    "restore the latest backup."
)


@dataclass(frozen=True, slots=True)
class RecoveryCopy:
    """The data keys of a register, the older first, sealed to its recovery key."""

    register_id: UUID
    generation: int  # of the first
    sealed: tuple[bytes, ...]

    @classmethod
    def load(cls, folder: Path) -> RecoveryCopy:
        """Read the copy in a register's folder, or else the one beside its backups."""
        for path in places(folder):
            try:
                return read_content(path.read_bytes(), RECOVERY, cls._of)
            except (OSError, CannotOpenError):
                continue
        raise CannotOpenError(NOTHING_LEFT)

    @classmethod
    def _of(cls, content: dict[str, Any]) -> RecoveryCopy:
        sealed = tuple(bytes_of(each) for each in content["data_keys"])
        if not sealed:
            raise ValueError(sealed)
        return cls(UUID(content["register"]), int(content["generation"]), sealed)

    def save(self, folder: Path) -> None:
        """Write both copies; the one beside the backups where that folder is there."""
        for path in places(folder):
            if path.parent.is_dir():
                replace_json(path, self.content())

    def is_in(self, folder: Path) -> bool:
        """Say whether both copies on disk are this one."""
        try:
            return all(
                read_content(path.read_bytes(), RECOVERY, self._of) == self
                for path in places(folder)
                if path.parent.is_dir()
            )
        except (OSError, CannotOpenError):
            return False

    def content(self) -> dict[str, Any]:
        """Return what is written."""
        return {
            "format": FORMAT,
            "register": str(self.register_id),
            "generation": self.generation,
            "data_keys": [text_of(sealed) for sealed in self.sealed],
        }

    def unlock(self, text: str) -> DataKey:
        """Open the data key with the recovery key as typed; a slip is told, else refused."""
        private_key = recovery.private_key_of(text)
        try:
            keys = unsealed(
                private_key, self.sealed, self.register_id, RECOVERY_HOLDER, self.generation
            )
        except CannotUnsealError as error:
            raise WrongPasswordError(WRONG_RECOVERY_KEY) from error
        return DataKey.of(keys, None)


def places(folder: Path) -> tuple[Path, Path]:
    """Return where the copies lie."""
    return folder / RECOVERY, folder / BACKUPS / RECOVERY
