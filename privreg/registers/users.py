"""Users and their roles; the keys that open the register stand in `keys.json`."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field

from privreg.registers import reviews
from privreg.registers.declaration import (
    Column,
    Kind,
    Register,
    Section,
    choice,
    choices,
    day,
    line,
    of,
    prose,
)
from privreg.registers.tables import Record, at, codes
from privreg.translation import N_

ROLES = (
    ("administrator", N_("administrator")),
    ("coordinator", N_("privacy coordinator")),
    ("staff", N_("staff")),
    ("officer", N_("data protection officer")),
    ("reader", N_("reader or auditor")),
)


class User(Record, table=True):
    """A person who may open the register; kept after leaving, for the journal's sake."""

    __tablename__ = "users"
    login: str = Field(index=True, unique=True)
    name: str = ""
    function: str = ""
    email: str = ""
    roles: list[str] = codes()
    secrecy_declared_on: date | None = None
    secrecy_note: str = ""
    state: str = "active"
    ended_on: date | None = None
    last_seen_at: datetime | None = at()


REGISTER = Register(
    slug="users",
    model=User,
    plural=N_("Users"),
    singular=N_("user"),
    prefix="GE",
    icon="user",
    empty=N_("The colleagues who may open this register stand here."),
    title=lambda values: str(values.get("name") or values.get("login") or ""),
    findings=reviews.user_findings,
    sort="login",
    sections=(
        Section(
            N_("User"),
            (
                line(
                    "login",
                    N_("User name"),
                    required=True,
                    max_length=60,
                    help=N_("Short; with this name one logs in."),
                ),
                line("name", N_("Name"), wanted=True),
                line("function", N_("Function")),
                of(Kind.EMAIL, "email", N_("E-mail")),
                choices(
                    "roles",
                    N_("Roles"),
                    ROLES,
                    required=True,
                    help=N_("One person may hold several; in a one-person office all."),
                ),
                day(
                    "secrecy_declared_on",
                    N_("Declaration of secrecy signed on"),
                    short=N_("Secrecy declared"),
                    wanted=True,
                    past=True,
                    dated=True,
                    article="AVG 32(4)",
                    help=N_("Without it the user stands among the findings."),
                ),
                prose(
                    "secrecy_note",
                    N_("About the declaration"),
                    help=N_("Where the signed paper lies."),
                    article="AVG 32(4)",
                ),
                choice(
                    "state",
                    N_("State"),
                    (("active", N_("active")), ("ended", N_("ended"))),
                    required=True,
                    default="active",
                    help=N_("A user who left stays here, because the journal names people."),
                ),
                day(
                    "ended_on",
                    N_("Access ended on"),
                    dated=True,
                    help=N_("From this day on the register no longer opens for this user."),
                ),
            ),
        ),
    ),
    columns=(
        Column("login", 16),
        Column("name", 24),
        Column("roles", 36),
        Column("state", 10),
        Column("secrecy_declared_on", 14),
    ),
    filters=("state",),
)
