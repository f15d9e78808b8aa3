"""What the journal calls what it keeps beside the fields of a register, on screen and on paper."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from privreg.translation import N_

BESIDE_FIELDS = {
    "number": N_("Number"),
    "sort_name": N_("Name to sort by"),
    "entered": N_("Moments of entry"),
    "created_at": N_("Entered at"),
    "changed_at": N_("Changed at"),
    "reason": N_("Reason"),
    "change_reason": N_("Reason"),
    "file_kind": N_("Kind of file"),
    "records": N_("Records in it"),
}
"""Labels by the name under which the journal keeps the value."""
