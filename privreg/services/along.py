"""What one save brings along: an objection to direct marketing marks the customer at once."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.registers import customers, requests
from privreg.registers.request_checks import stops_marketing
from privreg.store import gate
from privreg.store.records import load

if TYPE_CHECKING:
    from privreg.registers.declaration import Register, Values


def stop_marketing(
    saver: gate.Saver, register: Register, before: Values | None, after: Values
) -> tuple[Values, Values] | None:
    """Mark the customer of a request that just became an objection to direct marketing.

    In the transaction of the request, with its number as the reason in the journal. Returns
    the customer as it was and is, or None where there is nothing to mark: a mark that was
    taken away by hand later does not come back with every save of the request.
    """
    if register is not requests.REGISTER or not _marks(after):
        return None
    key = after["customer_id"]
    if before is not None and _marks(before) and before["customer_id"] == key:
        return None
    found = load(saver.connection, customers.REGISTER, key)
    if found is None or found["do_not_mail"]:
        return None
    draft = {**found, "do_not_mail": True}
    return found, gate.save(saver, customers.REGISTER, draft, reason=after["number"])


def _marks(request: Values) -> bool:
    return request["customer_id"] is not None and stops_marketing(request)
