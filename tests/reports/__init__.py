"""Tests of what paper says."""

# SPDX-License-Identifier: EUPL-1.2
