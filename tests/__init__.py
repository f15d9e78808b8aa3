"""The tests, arranged as the program is."""

# SPDX-License-Identifier: EUPL-1.2
