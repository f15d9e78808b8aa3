"""Tests of what a person can do."""

# SPDX-License-Identifier: EUPL-1.2
