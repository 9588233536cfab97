"""Images: maps, what is covered, and receptive fields against the formula."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.activations import relu
from nnlib.layers import conv, max_pool, sequential
from nnlib.module import Array, Module, static
from nnlib.probe import feature_maps, occlusion_map, receptive_field

KEY = jax.random.key(0)


class Slide(Module):
    """A square kernel, as a sum of shifted slices; valid."""

    K: Array  # (k, k, C, M)
    stride: int = static(1)

    def __call__(self, x):
        k, s = self.K.shape[0], self.stride
        height, width = (x.shape[1] - k) // s + 1, (x.shape[2] - k) // s + 1
        parts = [x[:, i : i + s * height : s, j : j + s * width : s] @ self.K[i, j] for i in range(k) for j in range(k)]
        return sum(part[:, :height, :width] for part in parts)


def largest(x):
    """The largest of each 2 by 2 square."""
    n, h, w, c = x.shape
    return x[:, : h // 2 * 2, : w // 2 * 2].reshape(n, h // 2, 2, w // 2, 2, c).max((2, 4))


def slide(k, c, m, stride=1):
    return Slide(jax.random.normal(KEY, (k, k, c, m)), stride)


def test_feature_maps_are_the_outputs_that_are_maps():
    model = sequential(slide(3, 1, 4), relu, largest, lambda x: x.reshape(len(x), -1))
    image = jax.random.normal(KEY, (8, 8, 1))
    maps = feature_maps(model, image)
    assert [m.shape for m in maps] == [(6, 6, 4), (6, 6, 4), (3, 3, 4)]
    np.testing.assert_array_equal(maps[1], relu(model.layers[0](image[None]))[0])
    film = jax.tree.map(lambda leaf: jnp.stack([leaf, 2 * leaf]), model)
    assert jax.vmap(feature_maps, (0, None))(film, image)[0].shape == (2, 6, 6, 4)


@pytest.mark.parametrize(("size", "stride"), [(1, 1), (3, 1), (2, 2), (3, 2), (5, 1)])
def test_occlusion_against_covering_by_hand(size, stride):
    image = jax.random.normal(KEY, (7, 5, 2))
    weights = jax.random.normal(jax.random.key(1), (7, 5, 2))

    def score(images):
        return jnp.tanh(jnp.sum(images * weights, (1, 2, 3)))

    found = occlusion_map(score, image, size, stride, fill=0.5)
    for i in range((7 - size) // stride + 1):
        for j in range((5 - size) // stride + 1):
            covered = np.array(image)
            covered[i * stride : i * stride + size, j * stride : j * stride + size] = 0.5
            assert found[i, j] == pytest.approx(float(score(image[None])[0] - score(covered[None])[0]), abs=1e-5)
    assert found.shape == ((7 - size) // stride + 1, (5 - size) // stride + 1)
    jitted = jax.jit(lambda image, fill: occlusion_map(score, image, size, stride, fill))(image, 0.5)
    np.testing.assert_allclose(jitted, found, atol=1e-5)


@pytest.mark.parametrize(
    ("layers", "reach"),
    [
        ([slide(3, 1, 2)], 3),
        ([slide(3, 1, 2), relu, slide(3, 2, 2)], 5),
        ([slide(3, 1, 2), relu, slide(5, 2, 1)], 7),
        ([slide(3, 1, 2, 2), relu, slide(3, 2, 1)], 7),
        ([slide(3, 1, 2), largest, slide(3, 2, 2), relu, slide(2, 2, 1)], 3 + 1 + 2 * 2 + 1 * 2),
        ([slide(2, 1, 1, 3), slide(3, 1, 1, 2), slide(2, 1, 1)], 2 + 2 * 3 + 1 * 6),
    ],
)
def test_the_field_is_one_plus_the_sum_of_kernels_and_strides(layers, reach):
    field = np.asarray(receptive_field(sequential(*layers), (20, 20, 1), (0, 0)))
    rows, columns = np.nonzero(field)
    assert (rows.min(), rows.max() + 1, columns.min(), columns.max() + 1) == (0, reach, 0, reach)
    if all(getattr(layer, "stride", 1) < layer.K.shape[0] for layer in layers if isinstance(layer, Slide)):
        assert field.sum() == reach**2  # no gaps


def test_weights_of_zero_and_units_that_are_off_do_not_hide_it():
    model = jax.tree.map(lambda w: -0.0 * w, sequential(slide(3, 1, 4), relu, slide(3, 4, 1)))
    assert receptive_field(model, (9, 9, 1), (2, 2)).sum() == 25
    off = sequential(Slide(-jnp.ones((3, 3, 1, 4))), relu, slide(3, 4, 1))
    assert receptive_field(off, (9, 9, 1), (2, 2)).sum() == 25
    everywhere = jax.vmap(lambda i: receptive_field(off, (9, 9, 1), (i, i)).argmax())(jnp.arange(5))
    assert everywhere.tolist() == [0, 10, 20, 30, 40]


def test_the_library_s_own_layers():
    model = sequential(conv(KEY, 1, 4, 3), relu, max_pool(2), conv(KEY, 4, 4, 3), relu)
    rows, columns = np.nonzero(receptive_field(model, (20, 20, 1), (2, 3)))
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (4, 11, 6, 13)  # 1 + 2 + 1 + 2 * 2 = 8 a side


def test_a_row_in_time():
    def mean_of_three(x):  # (N, T, C) -> (N, T - 2, C)
        return (x[:, :-2] + x[:, 1:-1] + x[:, 2:]) / 3

    field = receptive_field(sequential(mean_of_three, mean_of_three), (10, 2), (3,))
    assert np.flatnonzero(field).tolist() == [3, 4, 5, 6, 7]


def test_messages():
    with pytest.raises(ValueError, match=r"occlusion_map: expected a size from 1 to 4, .*, got 5 and 1; "):
        occlusion_map(lambda x: x[:, 0, 0, 0], jnp.zeros((4, 6, 1)), 5)
