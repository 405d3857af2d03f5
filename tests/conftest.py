from __future__ import annotations

import signal

from clipview.core.environment import prepare_environment

# Before any test imports torch: its threads would otherwise spin, and starve each other on a busy machine.
prepare_environment()

# Started in the background by a script, this process would ignore interrupts, and with it the programs that tests
# interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)
