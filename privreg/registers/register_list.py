"""Every register of the program, in the order in which they are shown."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from privreg.registers import (
    activities,
    breaches,
    controllers,
    customer_entries,
    customers,
    disposals,
    groups,
    kinds,
    measures,
    parties,
    requests,
    rules,
    statements,
    users,
)
from privreg.registers.declaration import Register

REGISTERS: tuple[Register, ...] = (
    breaches.REGISTER,
    requests.REGISTER,
    customers.REGISTER,
    customer_entries.ITEMS,
    customer_entries.EVENTS,
    customer_entries.HOLDS,
    customer_entries.CONSENTS,
    disposals.REGISTER,
    activities.REGISTER,
    rules.REGISTER,
    parties.REGISTER,
    controllers.REGISTER,
    groups.REGISTER,
    kinds.REGISTER,
    measures.REGISTER,
    statements.REGISTER,
    users.REGISTER,
)

BY_SLUG = {register.slug: register for register in REGISTERS}


def register_of(slug: str) -> Register:
    """Return the register with that slug; `KeyError` when there is none."""
    return BY_SLUG[slug]
