from __future__ import annotations

from clipview.core.environment import prepare_environment

# Before any test imports torch: its threads would otherwise spin, and starve each other on a busy machine.
prepare_environment()
