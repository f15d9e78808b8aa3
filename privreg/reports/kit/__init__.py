"""Paints a `Document`: the only place that knows ReportLab, imported when first used."""

# SPDX-License-Identifier: EUPL-1.2
