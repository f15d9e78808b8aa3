"""What the screen shows: PySide6 on top of services and the registers' declarations."""

# SPDX-License-Identifier: EUPL-1.2

from ui.lasting_none import make_none_last

make_none_last()
