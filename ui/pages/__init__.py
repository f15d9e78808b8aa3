"""The pages that are made by hand; `ui.places` names them and imports each when it is opened."""

# SPDX-License-Identifier: EUPL-1.2
