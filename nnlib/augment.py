"""Augmentation: images changed at random, in ways that should leave their labels as they are.

    images = rotate(images, key, degrees=15.0)
    augment = chain(flip, Partial(rotate, degrees=15.0))    # jax.tree_util.Partial: its numbers may be traced

Images are (N, H, W, C) with values in [0, 1], before and after: what leaves the range is clipped. A transform is
written for one image x and called on a batch, as transform(images, key, ...): the key gives each image a draw of its
own; u is from U(-1, 1). Amounts start at 0 and may be traced. Which labels stay is for the problem to say: a 6 turned
by 180 degrees reads as a 9.

ValueError: images of another shape, or with values outside [0, 1]; an amount that is not one number from 0 up, or above
its limit. TypeError: images that are not of floats; an amount that is no number. Traced values pass unseen.
"""

import inspect
from collections.abc import Callable
from functools import wraps
from numbers import Integral

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax, random
from jax.scipy.ndimage import map_coordinates
from jax.tree_util import Partial

from nnlib.module import Array, Module, as_float, buffer

__all__ = [
    "Chained", "blur", "brightness", "chain", "colour", "contrast", "crop", "flip", "noise", "occlude", "pad", "rotate",
    "rotation", "translate", "viewpoint", "warp",
]  # fmt: skip

_LARGEST = {"share": 1.0, "side": 1.0, "horizontal": 1.0, "vertical": 1.0, "tilt": 0.45, "sigma": 2.0}
_REACH = 6  # pixels on each side that a blur reads, three times its largest sigma


def _each(transform: Callable) -> Callable:
    """A transform of one image, made one of a batch: checked, a draw for each image, clipped, compiled."""
    signature, who = inspect.signature(transform), transform.__name__

    @jax.jit
    def batch(images: Array, key: Array, amounts: dict[str, Array]) -> Array:
        keys = random.split(key, len(images))
        return jax.vmap(lambda image, key: transform(image, key, **amounts))(images, keys).clip(0, 1)

    @wraps(transform)
    def checked(images: Array, key: Array, *args: float, **kwargs: float) -> Array:
        bound = signature.bind(images, key, *args, **kwargs)
        bound.apply_defaults()
        images = _images(who, images)
        amounts = list(bound.arguments.items())[2:]
        return batch(images, key, {name: _amount(who, name, x).astype(images.dtype) for name, x in amounts})

    return checked


@_each
def brightness(image: Array, key: Array, amount: float = 0.2) -> Array:
    """Lighter or darker: x + amount u."""
    return image + amount * _draw(key, image)


@_each
def contrast(image: Array, key: Array, amount: float = 0.3) -> Array:
    """Harder or softer: x + amount u (x - m), with the mean m of the image."""
    return image + amount * _draw(key, image) * (image - image.mean())


@_each
def colour(image: Array, key: Array, amount: float = 0.2) -> Array:
    """Another tint: x (1 + amount u), with a u for each channel."""
    return image * (1 + amount * _draw(key, image, image.shape[-1]))


@_each
def noise(image: Array, key: Array, amount: float = 0.1) -> Array:
    """Noise of standard deviation `amount`: x + amount e, with e from N(0, 1) for each number."""
    return image + amount * random.normal(key, image.shape, image.dtype)


@_each
def flip(image: Array, key: Array, horizontal: float = 0.5, vertical: float = 0.0) -> Array:
    """Left and right exchanged with probability `horizontal`, top and bottom with probability `vertical`, up to 1."""
    across, down = random.uniform(key, (2,), image.dtype) < jnp.stack([horizontal, vertical])
    image = jnp.where(across, image[:, ::-1], image)
    return jnp.where(down, image[::-1], image)


@_each
def rotate(image: Array, key: Array, degrees: float = 15.0) -> Array:
    """Turned about the centre, by up to so many degrees either way: degrees u."""
    return _warp(image, rotation(degrees * _draw(key, image)))


@_each
def translate(image: Array, key: Array, pixels: float = 2.0) -> Array:
    """Moved along both axes by up to so many pixels, and fractions of them: pixels u, with a u for each axis."""
    return _warp(image, jnp.eye(3, dtype=image.dtype).at[:2, 2].set(pixels * _draw(key, image, 2)))


@_each
def crop(image: Array, key: Array, share: float = 0.8) -> Array:
    """A part of the image, scaled to its size: each side of the part is a share of it from U(share, 1), share <= 1."""
    key_size, key_place = random.split(key)
    size = 1 - (1 - share) * random.uniform(key_size, (), image.dtype)
    place = (1 - size) * _centre(image) * _draw(key_place, image, 2)
    return _warp(image, jnp.diag(jnp.stack([size, size, jnp.ones_like(size)])).at[:2, 2].set(place))


@_each
def viewpoint(image: Array, key: Array, tilt: float = 0.2) -> Array:
    """Seen from the side: a map with divisor 1 + tilt u at the middle of an edge, a u for each axis, tilt <= 0.45."""
    slope = tilt * _draw(key, image, 2) / jnp.maximum(_centre(image), 1)
    return _warp(image, jnp.eye(3, dtype=image.dtype).at[2, :2].set(slope))


@_each
def occlude(image: Array, key: Array, side: float = 0.3) -> Array:
    """A rectangle of 0 at a random place in the image; `side` is its share of each side, from 0 to 1."""
    free = (1 - side) * random.uniform(key, (2,), image.dtype)
    rows, columns = ((jnp.arange(n) + 0.5) / n for n in image.shape[:2])
    inside = [(free[i] < x) & (x < free[i] + side) for i, x in enumerate((rows, columns))]
    return jnp.where((inside[0][:, None] & inside[1])[..., None], 0, image)


@_each
def blur(image: Array, key: Array, sigma: float = 1.0) -> Array:
    """Smoothed with a Gaussian, its width from U(0, sigma) pixels, sigma <= 2; the edge goes on outside."""
    width = jnp.maximum(sigma * random.uniform(key, (), image.dtype), 1e-3)  # at 1e-3 the neighbours weigh 0
    weights = jnp.exp(-0.5 * (jnp.arange(-_REACH, _REACH + 1) / width) ** 2)
    for axis in (0, 1):
        size = image.shape[axis]
        wide = jnp.pad(image, [(_REACH, _REACH) if i == axis else (0, 0) for i in range(3)], mode="edge")
        shifted = (lax.slice_in_dim(wide, i, i + size, axis=axis) for i in range(2 * _REACH + 1))
        image = sum(w * part for w, part in zip(weights / weights.sum(), shifted, strict=True))
    return image


def pad(images: Array, key: Array, pixels: int = 2) -> Array:
    """Each image at a random place, by the key, in a frame of 0: (N, H, W, C) -> (N, H + 2 pixels, W + 2 pixels, C).

    pixels: a whole number from 0 up, or a ValueError; it fixes the shape and is not traced.
    """
    images = _images("pad", images)
    if not isinstance(pixels, Integral) or isinstance(pixels, bool) or pixels < 0:
        whole = "pad: expected a whole number of pixels from 0 up"
        raise ValueError(f"{whole}, got {pixels!r}; pad is chained as functools.partial(pad, pixels=2)")
    n, height, width, channels = images.shape
    frame = jnp.zeros((n, height + 2 * pixels, width + 2 * pixels, channels), images.dtype)
    places = random.randint(key, (n, 2), 0, 2 * pixels + 1)
    return jax.vmap(lambda f, image, at: lax.dynamic_update_slice(f, image, (at[0], at[1], 0)))(frame, images, places)


class Chained(Module):
    """Its transforms one after another, each with a key of its own: `images = augment(images, key)`. See `chain`."""

    transforms: tuple[Callable, ...] = buffer()

    def __call__(self, images: Array, key: Array) -> Array:
        for transform, one in zip(self.transforms, random.split(key, len(self.transforms)), strict=True):
            images = transform(images, one)
        return images


def chain(*transforms: Callable) -> Chained:
    """The transforms in order, each (images, key) -> images; a TypeError for one that cannot be called.

    What a `Partial` brings along is data, numbers or a TypeError; what a functools.partial brings is in the program.
    """
    for transform in transforms:
        if not callable(transform):
            raise TypeError(f"chain: expected transforms (images, key) -> images, got {transform!r}; such as flip")
    parts = tuple(t if isinstance(t, (Module, Partial)) else Partial(t) for t in transforms)
    return Chained(jax.tree.map(as_float, parts))


def rotation(degrees: float | Array) -> Array:
    """The map of `warp` that turns a picture by so many degrees counter-clockwise about its centre: (3, 3)."""
    cos, sin = jnp.cos(jnp.deg2rad(degrees)), jnp.sin(jnp.deg2rad(degrees))
    zero, one = jnp.zeros_like(cos), jnp.ones_like(cos)
    return jnp.stack([cos, sin, zero, -sin, cos, zero, zero, zero, one]).reshape(3, 3)


def warp(images: Array, matrix: Array) -> Array:
    """Images (N, H, W, C) seen through a map of the plane, the same for all: matrix (3, 3), or a ValueError.

    The pixel at (y, x), in pixels down and right of the centre, is read at (a / c, b / c), where
    (a, b, c) = matrix (y, x, 1): between pixels the bilinear mean of the four around it, 0 outside.
    """
    images, matrix = _images("warp", images), jnp.asarray(matrix)
    if matrix.shape != (3, 3):
        raise ValueError(f"warp: expected a matrix of shape (3, 3), got {matrix.shape}; such as rotation(30.0)")
    return _warp_all(images, matrix.astype(images.dtype))


def _warp(image: Array, matrix: Array) -> Array:
    middle = _centre(image)
    y, x = jnp.arange(image.shape[0])[:, None] - middle[0], jnp.arange(image.shape[1]) - middle[1]
    a, b, c = (row[0] * y + row[1] * x + row[2] for row in matrix)  # (H, W) each
    source = [a / c + middle[0], b / c + middle[1]]
    return jax.vmap(lambda channel: map_coordinates(channel, source, order=1), -1, -1)(image).clip(0, 1)


_warp_all = jax.jit(jax.vmap(_warp, (0, None)))


def _centre(image: Array) -> Array:
    return (jnp.array(image.shape[:2], image.dtype) - 1) / 2


def _draw(key: Array, image: Array, *shape: int) -> Array:
    return random.uniform(key, shape, image.dtype, -1, 1)


def _images(who: str, images: Array) -> Array:
    images = jnp.asarray(images)
    if images.ndim != 4:
        raise ValueError(f"{who}: expected images (N, H, W, C), got {images.shape}; one image is image[None]")
    if not jnp.issubdtype(images.dtype, jnp.floating):
        raise TypeError(f"{who}: expected images with values in [0, 1], got {images.dtype}; divide by 255")
    values = np.zeros(1) if isinstance(images, jax.core.Tracer) or not images.size else np.asarray(images)
    if not (values.min() >= 0 and values.max() <= 1):
        got = f"{values.min()} to {values.max()}"
        raise ValueError(f"{who}: expected values in [0, 1], got {got}; scale them, and without NaN")
    return images


def _amount(who: str, name: str, amount: float | Array) -> Array:
    amount, largest = as_float(amount), _LARGEST.get(name, np.finfo(np.float32).max)
    if amount.ndim or not (isinstance(amount, jax.core.Tracer) or 0 <= float(amount) <= largest):
        raise ValueError(f"{who}: expected {name} to be one number from 0 to {largest:.3g}, got {amount}; change it")
    return amount
