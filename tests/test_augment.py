"""Augmentation against SciPy and NumPy, identities, draws, ranges, traces, messages."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.tree_util import Partial
from scipy import ndimage

import nnlib.augment
from nnlib.augment import (
    blur,
    brightness,
    chain,
    colour,
    contrast,
    crop,
    flip,
    noise,
    occlude,
    pad,
    rotate,
    rotation,
    translate,
    viewpoint,
    warp,
)
from nnlib.data import digits
from tests.helpers import assert_same, float64

KEY = jax.random.key(0)
STILL = [  # each transform with the amounts that leave an image as it is
    (brightness, {"amount": 0}), (contrast, {"amount": 0}), (colour, {"amount": 0}), (noise, {"amount": 0}),
    (flip, {"horizontal": 0, "vertical": 0}), (rotate, {"degrees": 0}), (translate, {"pixels": 0}),
    (crop, {"share": 1}), (viewpoint, {"tilt": 0}), (occlude, {"side": 0}), (blur, {"sigma": 0}), (pad, {"pixels": 0}),
]  # fmt: skip
ALL = [transform for transform, _ in STILL]
TRACED = [(transform, name) for transform, amounts in STILL if transform is not pad for name in amounts]
TYPES = [(jnp.float32, 1e-5), (jnp.float64, 1e-10)]


def pictures(n=3, height=7, width=10, channels=3, dtype=jnp.float32):
    return jax.random.uniform(jax.random.key(1), (n, height, width, channels), dtype)


def seen_through(image, matrix):
    """The map of `warp` in NumPy, read with SciPy: image (H, W, C)."""
    middle = (np.array(image.shape[:2]) - 1) / 2
    at = np.indices(image.shape[:2]).reshape(2, -1).T - middle
    a, b, c = np.asarray(matrix, float) @ np.column_stack([at, np.ones(len(at))]).T
    places = np.stack([a / c + middle[0], b / c + middle[1]]).reshape(2, *image.shape[:2])
    read = partial(ndimage.map_coordinates, order=1, mode="grid-constant")
    return np.stack([read(image[..., k], places) for k in range(image.shape[2])], -1)


@pytest.mark.parametrize(("transform", "amounts"), STILL)
@pytest.mark.parametrize("dtype", [jnp.float32, jnp.float64])
def test_nothing_is_done_exactly(transform, amounts, dtype):
    with jax.enable_x64(dtype == jnp.float64):
        images = pictures(dtype=dtype)  # an odd height, an even width
        changed = transform(images, KEY, **amounts)
        assert changed.dtype == dtype
        np.testing.assert_array_equal(changed, images)


@pytest.mark.parametrize("transform", ALL)
@pytest.mark.parametrize("dtype", [jnp.float32, jnp.float64])
def test_draws_range_and_type(transform, dtype):
    with jax.enable_x64(dtype == jnp.float64):
        one = pictures(1, dtype=dtype)
        images = jnp.concatenate([one] * 3)
        changed = transform(images, KEY)
        assert changed.dtype == dtype and changed.min() >= 0 and changed.max() <= 1
        assert_same(transform(images, KEY), changed)
        assert len({image.tobytes() for image in np.asarray(changed)}) > 1  # each image has its own draw
        others = [transform(images, jax.random.key(seed)) for seed in (5, 6, 7)]
        assert any(not np.array_equal(other, changed) for other in others)
        assert transform(images[:0], KEY).shape == (0, *changed.shape[1:])


@pytest.mark.parametrize("transform", ALL)
def test_jit_is_eager_and_vmap_is_a_loop(transform):
    stack, keys = pictures(6).reshape(2, 3, 7, 10, 3), jax.random.split(KEY, 2)
    eager = [transform(images, key) for images, key in zip(stack, keys, strict=True)]
    np.testing.assert_allclose(jax.jit(transform)(stack[0], keys[0]), eager[0], atol=1e-6)
    np.testing.assert_allclose(jax.vmap(transform)(stack, keys), jnp.stack(eager), atol=1e-6)


@pytest.mark.parametrize(("transform", "name"), TRACED)
def test_a_hundred_amounts_are_one_trace(transform, name):
    traces = []

    @jax.jit
    def run(images, augment):
        traces.append(augment)
        return augment(images, KEY)

    images = pictures(2, 4, 5, 1)
    for value in [*np.linspace(0.01, 0.44, 100).tolist(), 0, np.float32(0.1), np.float64(0.1), jnp.array(0.1)]:
        run(images, chain(flip, Partial(transform, **{name: value})))
    assert len(traces) == 1


def test_amounts_are_traced_without_a_jit_around_too(monkeypatch):
    traces, inside = [], nnlib.augment._warp
    monkeypatch.setattr(nnlib.augment, "_warp", lambda *given: (traces.append(given), inside(*given))[1])
    for value in [*np.linspace(0, 90, 100).tolist(), 1, np.float32(0.3), jnp.array(4.0)]:
        rotate(pictures(2, 5, 3, 1), KEY, value)
    assert len(traces) == 1


@pytest.mark.parametrize(("dtype", "atol"), TYPES)
def test_warp_is_scipy_s(dtype, atol):
    maps = {
        "turned": rotation(33.0),
        "sheared and moved": [[1.1, 0.3, 0.7], [-0.2, 0.8, -1.3], [0, 0, 1]],
        "from the side": [[1, 0, 0.2], [0, 1, 0], [0.08, -0.05, 1]],
    }
    with jax.enable_x64(dtype == jnp.float64):
        images = pictures(dtype=dtype)
        for matrix in maps.values():
            expected = [seen_through(image, matrix) for image in np.asarray(images, np.float64)]
            np.testing.assert_allclose(warp(images, jnp.array(matrix)), np.stack(expected), atol=atol, rtol=0)


@pytest.mark.parametrize(("dtype", "atol"), TYPES)
def test_an_affine_warp_is_scipy_s_affine_transform(dtype, atol):
    with jax.enable_x64(dtype == jnp.float64):
        images = pictures(dtype=dtype)
        turn, move, middle = np.asarray(rotation(25.0), float)[:2, :2], np.array([0.5, -1.25]), np.array([3.0, 4.5])
        matrix = np.eye(3)
        matrix[:2, :2], matrix[:2, 2] = turn, move
        for k in range(3):
            plane = np.asarray(images[0, ..., k], np.float64)
            offset = middle + move - turn @ middle
            expected = ndimage.affine_transform(plane, turn, offset, order=1, mode="grid-constant")
            np.testing.assert_allclose(warp(images, matrix)[0, ..., k], expected, atol=atol, rtol=0)


@pytest.mark.parametrize(("dtype", "atol"), TYPES)
def test_quarter_and_half_turns(dtype, atol):
    with jax.enable_x64(dtype == jnp.float64):
        images = pictures(dtype=dtype)
        np.testing.assert_allclose(warp(images, rotation(180.0)), images[:, ::-1, ::-1], atol=atol)
        square = pictures(2, 6, 6, dtype=dtype)
        np.testing.assert_allclose(warp(square, rotation(90.0)), jnp.rot90(square, axes=(1, 2)), atol=atol)


@pytest.mark.parametrize(("down", "right"), [(2, 0), (0, -3), (-1, 4)])
def test_whole_pixels_roll_with_zeros(down, right):
    images = pictures()
    rolled = np.roll(images, (down, right), (1, 2))
    rolled[:, : max(down, 0)] = rolled[:, images.shape[1] + min(down, 0) :] = 0
    rolled[:, :, : max(right, 0)] = rolled[:, :, images.shape[2] + min(right, 0) :] = 0
    np.testing.assert_array_equal(warp(images, jnp.eye(3).at[:2, 2].set(-jnp.array([down, right]))), rolled)


def bump(places):
    """A smooth hill in a picture of 41 by 41: its centre of mass shows where it went."""
    y, x = np.mgrid[-20.0:21, -20:21]
    return jnp.asarray([np.exp(-((y - a) ** 2 + (x - b) ** 2) / 8)[..., None] for a, b in places])


def centres(images):
    mass = np.asarray(images[..., 0], np.float64)
    y, x = np.mgrid[-20.0:21, -20:21]
    return np.stack([(mass * y).sum((1, 2)), (mass * x).sum((1, 2))], -1) / mass.sum((1, 2))[:, None]


def test_the_random_maps_stay_in_their_ranges_and_fill_them():
    many = 200
    moved = centres(translate(bump([(0, 0)] * many), KEY, pixels=6.0))
    assert abs(moved).max() <= 6.01 and (moved.max(0) > 5).all() and (moved.min(0) < -5).all()
    turned = centres(rotate(bump([(0, 8)] * many), KEY, degrees=30.0))
    angle = np.rad2deg(np.arctan2(-turned[:, 0], turned[:, 1]))
    assert abs(angle).max() <= 30.1 and angle.max() > 27 and angle.min() < -27
    np.testing.assert_allclose(np.hypot(*turned.T), 8, atol=0.05)
    ones = jnp.ones((many, 9, 12, 2))
    np.testing.assert_allclose(crop(ones, KEY, share=0.5), 1, atol=1e-6)  # the part never leaves the image
    ramp = jnp.broadcast_to(jnp.linspace(0, 1, 12)[:, None], (many, 9, 12, 1))
    part = np.asarray(crop(ramp, KEY, share=0.5))[:, 4, :, 0]
    share = part[:, -1] - part[:, 0]
    assert share.min() >= 0.499 and share.min() < 0.53 and share.max() > 0.97
    assert part[:, 0].max() > 0.4 and part[:, 0].min() < 0.02


def test_flips():
    images = pictures()
    np.testing.assert_array_equal(flip(images, KEY, horizontal=1), images[:, :, ::-1])
    np.testing.assert_array_equal(flip(images, KEY, horizontal=0, vertical=1), images[:, ::-1])
    many = jnp.broadcast_to(images[:1], (400, *images.shape[1:]))
    assert float((flip(many, KEY, 0.25) != many).any((1, 2, 3)).mean()) == pytest.approx(0.25, abs=0.07)


def test_light_and_colour():
    grey = jnp.full((300, 4, 4, 3), 0.5)
    light = brightness(grey, KEY, 0.2)
    assert jnp.ptp(light, axis=(1, 2, 3)).max() == 0 and abs(light - 0.5).max() <= 0.2 and jnp.ptp(light) > 0.36
    tinted = colour(grey, KEY, 0.2)
    assert jnp.ptp(tinted, axis=(1, 2)).max() == 0 and (jnp.ptp(tinted[:, 0, 0], axis=1) > 0).all()
    assert abs(tinted - 0.5).max() <= 0.1
    images = 0.4 + 0.2 * pictures(50)
    deviations = contrast(images, KEY, 0.5).std((1, 2, 3)) / images.std((1, 2, 3))
    np.testing.assert_allclose(contrast(images, KEY, 0.5).mean((1, 2, 3)), images.mean((1, 2, 3)), atol=1e-6)
    assert deviations.min() >= 0.5 and deviations.max() <= 1.5 and jnp.ptp(deviations) > 0.8
    noisy = noise(jnp.full((20, 20, 20, 1), 0.5), KEY, 0.1)
    assert float(noisy.std()) == pytest.approx(0.1, rel=0.05) and float(noisy.mean()) == pytest.approx(0.5, abs=0.01)
    assert float(brightness(jnp.ones((50, 1, 1, 1)), KEY, 9.0).max()) == 1.0  # clipped


@pytest.mark.parametrize(("dtype", "atol"), TYPES)
def test_blur_is_scipy_s(dtype, atol):
    with jax.enable_x64(dtype == jnp.float64):
        images = pictures(4, dtype=dtype)
        blurred = blur(images, KEY, 2.0)
        for image, key, ours in zip(images, jax.random.split(KEY, 4), blurred, strict=True):
            width = float(2.0 * jax.random.uniform(key, (), dtype))
            plane = np.asarray(image, np.float64)
            expected = ndimage.gaussian_filter(plane, width, mode="nearest", radius=6, axes=(0, 1))
            np.testing.assert_allclose(ours, expected, atol=atol, rtol=0)


def test_occlusion_covers_its_share():
    images = jnp.ones((300, 20, 30, 2))
    hidden = np.asarray(occlude(images, KEY, 0.5)) == 0
    rows, columns = hidden.any((2, 3)).sum(1), hidden.any((1, 3)).sum(1)
    assert set(rows.tolist()) <= {9, 10, 11} and set(columns.tolist()) <= {14, 15, 16}
    assert (hidden.sum((1, 2, 3)) == rows * columns * 2).all()  # one rectangle, in all channels
    assert hidden.any((0, 2, 3)).all() and hidden.any((0, 1, 3)).all()  # it reaches all four edges
    assert (occlude(images, KEY, 1) == 0).all()


def test_padding_keeps_every_pixel():
    images = pictures(100) + 0.001
    images = images / images.max()
    framed = np.asarray(pad(images, KEY, 2))
    assert framed.shape == (100, 11, 14, 3)
    places = set()
    for image, frame in zip(np.asarray(images), framed, strict=True):
        (top, *_), (left, *_) = np.nonzero(frame.any((1, 2)))[0], np.nonzero(frame.any((0, 2)))[0]
        np.testing.assert_array_equal(frame[top : top + 7, left : left + 10], image)
        assert np.count_nonzero(frame) == np.count_nonzero(image)
        places.add((int(top), int(left)))
    assert len(places) > 20 and {top for top, _ in places} == {left for _, left in places} == set(range(5))


def test_a_chain_gives_each_transform_its_key():
    images = pictures()
    augment = chain(Partial(rotate, degrees=40.0), flip, partial(pad, pixels=1), chain(noise))
    by_hand, keys = images, jax.random.split(KEY, 4)
    for transform, key in zip([partial(rotate, degrees=40.0), flip, partial(pad, pixels=1)], keys, strict=False):
        by_hand = transform(by_hand, key)
    by_hand = noise(by_hand, jax.random.split(keys[3], 1)[0])
    np.testing.assert_array_equal(augment(images, KEY), by_hand)
    np.testing.assert_allclose(jax.jit(lambda a, x: a(x, KEY))(augment, images), by_hand, atol=1e-6)
    assert_same(chain()(images, KEY), images)


@pytest.mark.parametrize("transform", [t for t in ALL if t not in (flip, occlude, pad)])
def test_gradients_reach_the_image(transform):
    images = 0.3 + 0.4 * pictures(1)
    gradient = jax.grad(lambda x: (transform(x, KEY) ** 2).sum())(images)
    assert jnp.isfinite(gradient).all() and (gradient != 0).any()


def test_a_six_turned_around_reads_as_a_nine():
    """A transform that breaks labels: to the nearest mean of a class, most turned sixes are nines."""
    table = digits()
    means = jnp.stack([table.X[table.y == label].mean(0) for label in range(10)])

    def nearest(X):
        return jnp.argmin(((X[:, None] - means) ** 2).sum((2, 3, 4)), 1)

    sixes = table.X[table.y == 6]
    assert float((nearest(sixes) == 6).mean()) > 0.95
    turned = nearest(warp(sixes, rotation(180.0)))
    assert float((turned == 9).mean()) > 0.8 and float((turned == 6).mean()) < 0.02


@pytest.mark.parametrize("transform", ALL)
def test_wrong_images(transform):
    who = transform.__name__
    with pytest.raises(ValueError, match=rf"{who}: expected images \(N, H, W, C\), got \(7, 10, 3\); one image is"):
        transform(pictures()[0], KEY)
    with pytest.raises(TypeError, match=rf"{who}: expected images with values in \[0, 1\], got uint8; divide by 255"):
        transform(jnp.zeros((1, 4, 4, 1), jnp.uint8), KEY)
    with pytest.raises(ValueError, match=rf"{who}: expected values in \[0, 1\], got 0.0 to 255.0; scale"):
        transform(255 * jnp.eye(4)[None, :, :, None], KEY)
    with pytest.raises(ValueError, match=rf"{who}: expected values in \[0, 1\], got nan"):
        transform(jnp.full((1, 4, 4, 1), jnp.nan), KEY)


@pytest.mark.parametrize(("transform", "name"), [*TRACED, (pad, "pixels")])
def test_wrong_amounts(transform, name):
    with pytest.raises(ValueError, match=f"{transform.__name__}: expected .*{name}.*, got -"):
        transform(pictures(), KEY, **{name: -1})
    if transform is not pad:
        with pytest.raises(ValueError, match=f"expected {name} to be one number"):
            transform(pictures(), KEY, **{name: jnp.array([0.1, 0.2])})
        with pytest.raises(ValueError, match="got nan; "):
            transform(pictures(), KEY, **{name: float("nan")})
        with pytest.raises(TypeError, match="expected a real number"):
            transform(pictures(), KEY, **{name: "much"})


def test_other_messages():
    with pytest.raises(ValueError, match=r"expected tilt to be one number from 0 to 0.45, got 0.5"):
        viewpoint(pictures(), KEY, tilt=0.5)
    with pytest.raises(ValueError, match=r"pad: expected a whole number of pixels from 0 up, got 1.5; .*partial"):
        pad(pictures(), KEY, 1.5)
    with pytest.raises(ValueError, match=r"warp: expected a matrix of shape \(3, 3\), got \(2, 2\); such as"):
        warp(pictures(), jnp.eye(2))
    with pytest.raises(TypeError, match=r"chain: expected transforms .*, got 15.0; such as flip"):
        chain(flip, 15.0)
    with pytest.raises(TypeError, match="unexpected keyword argument 'angle'"):
        rotate(pictures(), KEY, angle=3.0)


def test_float64_is_wanted_only_where_it_is():
    with float64():
        assert rotate(pictures(dtype=jnp.float32), KEY).dtype == jnp.float32
