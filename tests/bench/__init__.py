"""How fast it is: `python -m tests.bench` measures the goals in ratios and prints a table."""

# SPDX-License-Identifier: EUPL-1.2
