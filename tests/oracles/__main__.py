"""python -m tests.oracles: the table of all parts, their oracles and the largest differences, in Markdown."""

import jax
import numpy as np
import optax
import scipy
import sklearn

from tests.oracles import initializers, measure
from tests.oracles.part import VERSIONS
from tests.oracles.table import PARTS, TOPICS


def line(part):
    gradient = f"{measure.gradient_difference(part):.0e}" if measure.has_gradient(part) else "-"
    values = (f"{measure.difference(part, bits):.0e}" for bits in (32, 64))
    return f"| {part.name} | {part.oracle} | {' | '.join(values)} | {gradient} |"


def main():
    print(f"{len(PARTS)} parts; value: largest |a - b| / (1 + |b|); gradient: largest gap between jax.grad and central")
    print("differences in float64, relative to the largest entry. " + ", ".join(versions()) + ".\n")
    for topic, module in TOPICS.items():
        print(f"| {topic} | oracle | float32 | float64 | gradient |\n|---|---|--:|--:|--:|")
        for part in module.PARTS:
            print(line(part), flush=True)
        print()
    print("| Initializers | distribution | p (Kolmogorov-Smirnov) |\n|---|---|--:|")
    for name, distribution in initializers.DISTRIBUTIONS.items():
        said = f"{distribution.dist.name}, standard deviation {distribution.std():.4f}"
        print(f"| {name} | {said} | {initializers.p_value(name, initializers.drawn(name, 64)):.2f} |")


def versions():
    yield f"jax {jax.__version__}"
    yield f"PyTorch {VERSIONS['torch']} (stored values)"
    yield from (f"{module.__name__} {module.__version__}" for module in (optax, scipy, sklearn, np))


if __name__ == "__main__":
    main()
