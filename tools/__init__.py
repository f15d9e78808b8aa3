"""What the project's own upkeep needs; no part of the program."""

# SPDX-License-Identifier: EUPL-1.2
