"""The steps by which the tables of older registers are brought up to date (Alembic)."""

# SPDX-License-Identifier: EUPL-1.2
