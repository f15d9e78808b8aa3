"""Tests of the report kit."""

# SPDX-License-Identifier: EUPL-1.2
