"""A long short-term memory of 64 units, beside others; see `benchmarks.recurrent`."""

from functools import partial

from benchmarks import recurrent

run = partial(recurrent.run, "lstm")
