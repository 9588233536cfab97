"""A gated recurrent unit (reset after the product) of 64 units, beside others; see `benchmarks.recurrent`."""

from functools import partial

from benchmarks import recurrent

run = partial(recurrent.run, "gru")
