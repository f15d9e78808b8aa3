"""What paper says: each report builds a pure `Document`, the kit paints it."""

# SPDX-License-Identifier: EUPL-1.2
