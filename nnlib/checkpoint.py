"""Checkpoints: a tree of arrays in one file, whole or not at all.

    save("run.npz", (ending(run), key))                                 # ending: all that going on needs
    run, key = load("run.npz", (start(model, adam(0.03)), key))
    run = fit(run, data, loss, adam(0.03), 1000, batch=32, key=key)     # as if it had never stopped

The weights alone do not go on exactly: the optimizer's state, the steps made and the key belong to them. The file is
an npz: an outline of the tree in JSON and the arrays in order. Its last 32 bytes are the SHA-256 of the others.
"""

import hashlib
import json
import os
import re
import secrets
from dataclasses import fields
from io import BytesIO
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.tree_util import keystr, tree_leaves_with_path

from nnlib.given import check_sizes
from nnlib.module import Module

__all__ = ["Checkpoints", "load", "save"]


def save(path: str | Path, tree: Any) -> None:
    """Write a tree of arrays, numbers and keys (a model, a run, a tuple of such) to one file.

    It is written beside `path`, made safe on the disk and then renamed: whatever happens, `path` holds the old tree
    or the new one. A process that is killed may leave a *.partial behind, which may be deleted. TypeError: something
    in `tree` is none of these, such as a function or a text.
    """
    buffer, outline = BytesIO(), np.frombuffer(json.dumps(_outline(tree)).encode(), np.uint8)
    np.savez(buffer, outline=outline, **{str(i): _plain(leaf) for i, leaf in enumerate(jax.tree.leaves(tree))})
    content, path = buffer.getvalue(), Path(path)
    partial = path.with_name(f"{path.name}.{secrets.token_hex(4)}.partial")
    try:
        with open(partial, "xb") as file:
            file.write(content + hashlib.sha256(content).digest())
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def load(path: str | Path, like: Any) -> Any:
    """The tree that was saved at `path`, in the form of `like`, which brings functions and settings: no file runs code.

    ValueError: the file is damaged or not a checkpoint; or its tree is not like `like`, with what differs by name.
    """
    file = Path(path).read_bytes()
    content, checksum = file[:-32], file[-32:]
    if hashlib.sha256(content).digest() != checksum:
        raise ValueError(f"load: expected a whole checkpoint, got {path}, damaged or foreign; take an earlier one")
    with np.load(BytesIO(content), allow_pickle=False) as archive:
        _compare(_outline(like), json.loads(archive["outline"].tobytes()), path)
        leaves, form = jax.tree.flatten(like)
        return form.unflatten([_restored(archive[str(i)], leaf) for i, leaf in enumerate(leaves)])


NAME = re.compile(r"step-(\d+)_score-(-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|inf)|nan)\.npz", re.ASCII)


class Checkpoints:
    """A folder of checkpoints with their steps and scores, lower is better, to go back to the last or the best.

        checkpoints.save(int(run.step), (ending(run), key), score=float(valid_loss))
        if path := checkpoints.best(): run, key = load(path, like)

    The newest `keep` stay, at least 1 or a ValueError, and the best one. `folder` is made if there is none. The step
    and the score are in the file's name.
    """

    def __init__(self, folder: str | Path, keep: int = 3):
        check_sizes("Checkpoints", 1, keep=keep)
        self.folder, self.keep = Path(folder), keep
        self.folder.mkdir(parents=True, exist_ok=True)

    def save(self, step: int, tree: Any, score: float) -> Path:
        """Save the tree as `save` does, and delete what is no longer kept; the new file's path.

        step: a whole number from 0 up; the same one again takes the place of the first. score: the lower, the better.
        TypeError: as for `save`; ValueError: another step.
        """
        check_sizes("Checkpoints", 0, step=step.item() if hasattr(step, "item") else step)
        path = self.folder / f"step-{int(step):09d}_score-{float(score)!r}.npz"
        save(path, tree)
        for old in [old for at, _, old in self._listed() if at == int(step) and old != path]:
            old.unlink(missing_ok=True)  # another process may save here, too
        kept = [self.best(), *(old for *_, old in self._listed()[-self.keep :])]
        for old in [old for *_, old in self._listed() if old not in kept]:
            old.unlink(missing_ok=True)
        return path

    def latest(self) -> Path | None:
        """The file of the last step; None if there is none."""
        return max(self._listed(), default=(None,))[-1]

    def best(self) -> Path | None:
        """The file of the lowest score, the earliest of equal ones; None if no score is a number."""
        return min(((score, at, path) for at, score, path in self._listed() if score == score), default=(None,))[-1]

    def _listed(self) -> list[tuple[int, float, Path]]:
        """Step, score and file of each, by step; files of other names are somebody else's."""
        named = ((NAME.fullmatch(path.name), path) for path in self.folder.glob("step-*_score-*.npz"))
        return sorted((int(name[1]), float(name[2]), path) for name, path in named if name)


def _outline(tree: Any, at: str = "") -> dict[str, str]:
    """What stands where: arrays by type and shape, modules by class, static fields by name or value."""
    outline = {}
    for path, node in tree_leaves_with_path(tree, is_leaf=lambda node: isinstance(node, Module)):
        place = at + keystr(path)
        if not isinstance(node, Module):
            outline[place] = f"{node.dtype if hasattr(node, 'dtype') else type(node).__name__}{list(np.shape(node))}"
            continue
        outline[place] = type(node).__name__
        for field in fields(node):
            value, name = getattr(node, field.name), f"{place}.{field.name}"
            if field.metadata.get("kind") == "static":  # in words that are the same in every process
                outline[name] = getattr(value, "__qualname__", None) or re.sub(r" at 0x\w+", "", repr(value))
            else:
                outline |= _outline(value, name)
    return outline


def _compare(wanted: dict, saved: dict, path: Any) -> None:
    """A ValueError that names the first place where they differ."""
    for at in {**wanted, **saved}:
        here, there = wanted.get(at, "nothing"), saved.get(at, "nothing")
        if here != there:
            who = f"load: expected {here} at {at or 'the root'}"
            raise ValueError(f"{who}, got {there} in {path}; load it into a tree of the form that was saved")


def _plain(leaf: Any) -> np.ndarray:
    key = jax.dtypes.issubdtype(getattr(leaf, "dtype", None), jax.dtypes.prng_key)
    array = np.asarray(jax.random.key_data(leaf) if key else leaf)
    if array.dtype.kind in "OSTU":  # objects would be pickled, and text come back without the zeros at its end
        raise TypeError(f"save: expected arrays, numbers and keys, got {leaf!r}; put it into a static field")
    return array


def _restored(array: np.ndarray, like: Any) -> Any:
    """The array as `like` is: a Python number, a key, NumPy's, or JAX's."""
    if not hasattr(like, "dtype"):
        return array.item()
    if jax.dtypes.issubdtype(like.dtype, jax.dtypes.prng_key):
        return jax.random.wrap_key_data(array, impl=jax.random.key_impl(like))
    array = array.view(like.dtype)  # NumPy reads bfloat16 as bytes
    return array[()] if isinstance(like, (np.ndarray, np.generic)) else jnp.asarray(array)
