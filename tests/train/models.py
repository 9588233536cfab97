"""Layers that do something of their own in training."""

import jax

from nnlib.module import Array, Module, buffer


class Standardise(Module):
    """Carries an average that training updates, and a count; neither is trained."""

    w: Array
    mean: Array = buffer()
    count: Array = buffer()

    def __call__(self, x):
        return self.w * (x - self.mean)

    def train_call(self, x, key):
        mean = 0.9 * self.mean + 0.1 * x.mean(0)
        return self.w * (x - x.mean(0)), Standardise(self.w, mean, self.count + 1)


class Jitter(Module):
    """Its inputs are noisy in training."""

    w: Array

    def __call__(self, x):
        return self.w * x

    def train_call(self, x, key):
        return self.w * (x + jax.random.normal(key, x.shape)), self
