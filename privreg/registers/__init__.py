"""What is kept: one module per register, with its tables and its declaration."""

# SPDX-License-Identifier: EUPL-1.2
