"""Tests of the example registers."""

# SPDX-License-Identifier: EUPL-1.2
