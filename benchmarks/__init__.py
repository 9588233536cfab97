"""Benchmarks: the course beside others, in one run on one machine.

    python -m benchmarks [NAME ...] [--json]

Each name is a module or a package here with `run() -> Report`; to add one, write it and list it below.
"""

NAMES = ("small_mlp", "digits_mlp", "digits_cnn", "lstm", "gru", "sweep", "scale", "live", "race",
         "playground")  # fmt: skip
