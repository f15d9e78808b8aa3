"""The desk as the services know it; the rest of the screen knows its protocol only."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from privreg.services.desk import Desk
    from ui.office import Office


def desk_of(office: Office) -> Desk:
    """Return the open register for a service that no page of the foundation calls."""
    return office.desk
