"""The one form, made from a register's declaration."""

# SPDX-License-Identifier: EUPL-1.2
