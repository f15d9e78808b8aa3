"""Where the certificate of an office server lies on this PC: each PC has a place of its own.

A path of one PC says nothing on another, so it stands beside the settings of this user and not
in the register. That a certificate is needed stands in `register.json`, under the same seal as
the password of the connection.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from privreg.errors import CertificateError
from privreg.settings import settings_folder, write
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from uuid import UUID

    from privreg.store.server import ServerSettings

FILE = "certificates.json"
LACKS = N_(
    "This PC does not have the certificate of the office server yet; choose the file the "
    "administrator gave you, or name it with privreg server and --root-certificate."
)
NOT_THERE = N_(
    "The certificate file {path} is not there; choose the file the administrator gave you."
)


def kept() -> dict[str, str]:
    """Return the file per register; a list that is missing or damaged holds none."""
    try:
        content = json.loads((settings_folder() / FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(content, dict):
        return {}
    return {key: file for key, file in content.items() if isinstance(file, str)}


def remember(register_id: UUID, file: Path) -> None:
    """Keep where this PC has the certificate of a register's server; raises `ProblemError`."""
    write(settings_folder() / FILE, {**kept(), str(register_id): str(file.absolute())})


def must_be_there(file: str) -> None:
    """Raise `CertificateError` where there is no such file."""
    if not Path(file).is_file():
        raise CertificateError(message(NOT_THERE, path=file))


def here(register_id: UUID, server: ServerSettings) -> ServerSettings:
    """Return the settings with the certificate as this PC has it.

    What was chosen here counts first, then what a register of an earlier version says. Raises
    `CertificateError` where one is needed and not there.
    """
    known = [each for each in (kept().get(str(register_id)), server.root_certificate) if each]
    if not known:
        if server.needs_certificate:
            raise CertificateError(Message(LACKS))
        return server
    found = next((each for each in known if Path(each).is_file()), known[0])
    must_be_there(found)
    return replace(server, root_certificate=found)
