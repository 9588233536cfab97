"""Checkpoints: exact resumption; damage, full disks and kills never lose the tree before; what differs, by name."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib import checkpoint
from nnlib.activations import relu, tanh
from nnlib.checkpoint import Checkpoints, load, save
from nnlib.data import moons
from nnlib.layers import Dense, mlp, sequential
from nnlib.losses import binary_cross_entropy
from nnlib.module import Array, Module, replace, static
from nnlib.optim import adam, sgd
from nnlib.train import ending, fit, start
from tests.helpers import assert_same

KEY = jax.random.key(0)
DATA = moons(KEY, 50)
ROOT = Path(checkpoint.__file__).parent.parent


class Noisy(Module):
    """A layer whose training pass needs its key, as dropout's does."""

    w: Array
    name: str = static("noisy")

    def __call__(self, x):
        return self.w * x

    def train_call(self, x, key):
        return self.w * x * jax.random.bernoulli(key, 0.8, x.shape), self


def model():
    return sequential(Noisy(jnp.ones(2)), mlp(KEY, 2, 4, 1))


def trained(model, steps, optimizer=None, key=KEY):
    return fit(model, DATA, binary_cross_entropy, optimizer or adam(0.03), steps, batch=16, key=key)


# -------------------------------------------------------------------------------------------------- resuming


def test_a_run_goes_on_to_the_last_bit_with_its_batches_and_keys(tmp_path):
    whole = trained(model(), 30)
    save(tmp_path / "run.npz", (ending(trained(model(), 17)), KEY))
    run, key = load(tmp_path / "run.npz", (start(model(), adam(0.03)), jax.random.key(9)))
    rest = trained(run, 13, key=key)
    assert_same((rest.model, rest.state, rest.step), (whole.model, whole.state, whole.step))
    assert_same(rest.losses, whole.losses[17:])


@pytest.mark.parametrize("forgotten", ["state and step", "state", "step", "key"])
def test_slip_weights_alone_do_not_resume(forgotten):
    whole, half = trained(model(), 30), ending(trained(model(), 17))
    fresh = start(half.model, adam(0.03))
    without = {
        "state and step": fresh,
        "state": replace(half, state=fresh.state),
        "step": replace(half, step=fresh.step),
        "key": half,
    }[forgotten]
    rest = trained(without, 13, key=jax.random.key(1) if forgotten == "key" else KEY)
    off = max(
        float(jnp.abs(a - b).max()) for a, b in zip(*map(jax.tree.leaves, (rest.model, whole.model)), strict=True)
    )
    assert off > 0.01  # the weights move by about 13 x 0.03 in these steps


# ----------------------------------------------------------------------------------------- every kind of leaf


def test_every_kind_of_leaf_comes_back_as_it_was(tmp_path):
    tree = {
        "key": jax.random.key(3),
        "keys": jax.random.split(jax.random.key(3, impl="rbg"), 4),
        "half": jnp.arange(4, dtype=jnp.bfloat16) / 3,
        "numbers": (1, 2.5, True, np.float64(1 / 3)),
        "numpy": np.arange(6.0).reshape(2, 3),
        "empty": [jnp.zeros((0, 3)), None, ()],
        "bool": jnp.array([True, False]),
        "model": model(),
    }
    save(tmp_path / "tree.npz", tree)
    back = load(tmp_path / "tree.npz", tree)
    for was, now in zip(jax.tree.leaves(tree), jax.tree.leaves(back), strict=True):
        assert type(now) is type(was) and getattr(now, "dtype", None) == getattr(was, "dtype", None)
        np.testing.assert_array_equal(*(jax.random.key_data(leaf) if is_key(leaf) else leaf for leaf in (now, was)))
    assert_same(jax.random.normal(back["key"]), jax.random.normal(tree["key"]))
    assert_same(jax.random.normal(back["keys"][2]), jax.random.normal(tree["keys"][2]))


def is_key(leaf):
    return hasattr(leaf, "dtype") and jax.dtypes.issubdtype(leaf.dtype, jax.dtypes.prng_key)


def test_shapes_are_enough_to_load_into(tmp_path):
    run = fit(model(), DATA, binary_cross_entropy, adam(0.03), 10, frames=3, key=KEY)
    save(tmp_path / "run.npz", run)
    shapes = jax.eval_shape(lambda: fit(model(), DATA, binary_cross_entropy, adam(0.03), 10, frames=3, key=KEY))
    assert_same(load(tmp_path / "run.npz", shapes), run)


def test_the_file_is_an_npz_without_pickle_and_always_the_same(tmp_path):
    save(tmp_path / "a.npz", model())
    save(tmp_path / "b.npz", model())
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    with np.load(tmp_path / "a.npz", allow_pickle=False) as archive:
        np.testing.assert_array_equal(archive["1"], model().layers[1].layers[0].W)
    with pytest.raises(TypeError, match=r"save: expected arrays, numbers and keys, got <object .*>; "):
        save(tmp_path / "c.npz", {"x": object()})
    for text in ("a name", b"bytes", np.array(["a", "bc"])):
        with pytest.raises(TypeError, match=r"save: expected arrays, numbers and keys, got .*; put it into a static"):
            save(tmp_path / "d.npz", {"x": 1.0, "name": text})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.npz", "b.npz"]


# ------------------------------------------------------------------------------------------- what may go wrong


def test_no_flipped_byte_and_no_shorter_file_loads(tmp_path):
    good, bad, like = tmp_path / "good.npz", tmp_path / "bad.npz", model()
    save(good, like)
    content = good.read_bytes()
    rng = np.random.default_rng(0)
    ends = [0, 1, 31, 32, 33, len(content) - 33, len(content) - 32, len(content) - 1]
    for place in [*ends, *rng.integers(0, len(content), 300).tolist()]:
        flipped = content[place] ^ (1 << int(rng.integers(8)))
        bad.write_bytes(content[:place] + bytes([flipped]) + content[place + 1 :])
        with pytest.raises(ValueError, match=r"expected a whole checkpoint, got .*bad\.npz, damaged or foreign; "):
            load(bad, like)
    for length in [*ends, *rng.integers(0, len(content), 100).tolist()]:
        bad.write_bytes(content[:length])
        with pytest.raises(ValueError, match="damaged or foreign"):
            load(bad, like)
    assert_same(load(good, like), like)


def test_a_foreign_file_is_refused(tmp_path):
    np.savez(tmp_path / "theirs.npz", a=np.ones(3))
    with pytest.raises(ValueError, match="damaged or foreign"):
        load(tmp_path / "theirs.npz", model())
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "none.npz", model())


@pytest.mark.parametrize(
    ("like", "message"),
    [
        (
            mlp(KEY, 2, 8, 1),
            r"expected float32\[2, 8\] at \.layers\[0\]\.W, got float32\[2, 4\] in .*; ",
        ),
        (mlp(KEY, 2, 4, 4, 1), r"expected float32\[4, 4\] at \.layers\[2\]\.W, got float32\[4, 1\] "),
        (mlp(KEY, 2, 4, 1, activation=relu), r"expected relu at \.layers\[1\]\.f, got tanh "),
        (sequential(mlp(KEY, 2, 4, 1), tanh), r"expected Sequential at \.layers\[0\], got Dense"),
        (
            jax.tree.map(lambda a: np.asarray(a, np.float64), mlp(KEY, 2, 4, 1)),
            r"expected float64\[2, 4\] at .*float32",
        ),
        (mlp(KEY, 2, 4, 1).layers[0], "expected Dense at the root, got Sequential"),
        (start(mlp(KEY, 2, 4, 1), sgd(0.1)), "expected Run at the root, got Sequential"),
    ],
)
def test_another_form_is_named(tmp_path, like, message):
    save(tmp_path / "model.npz", mlp(KEY, 2, 4, 1))
    with pytest.raises(ValueError, match=f"load: {message}"):
        load(tmp_path / "model.npz", like)


def test_another_optimizer_is_named(tmp_path):
    save(tmp_path / "run.npz", start(model(), adam(0.1)))
    with pytest.raises(ValueError, match=r"expected int32\[\] at \.state, got AdamState"):
        load(tmp_path / "run.npz", start(model(), sgd(0.1)))
    assert load(tmp_path / "run.npz", start(model(), adam(0.5))).step == 0  # other numbers, the same form


@pytest.mark.parametrize("where", ["write", "fsync", "replace"])
def test_a_full_disk_leaves_the_one_before_and_no_litter(tmp_path, monkeypatch, where):
    path = tmp_path / "model.npz"
    save(path, model())

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    class Full:
        def __init__(self, name, mode):
            self.file = open(name, mode)  # noqa: SIM115
            self.flush, self.fileno = self.file.flush, self.file.fileno

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.file.close()

        def write(self, content):
            self.file.write(content[: len(content) // 2])
            full()

    if where == "write":
        monkeypatch.setattr(checkpoint, "open", Full, raising=False)
    else:
        monkeypatch.setattr(checkpoint.os, where, full)
    with pytest.raises(OSError, match="No space left"):
        save(path, jax.tree.map(lambda a: a + 1, model()))
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == ["model.npz"]
    assert_same(load(path, model()), model())


KILLS = """
import os, random, signal, sys, time
import numpy as np
from nnlib.checkpoint import load, save

path, kills = sys.argv[1], int(sys.argv[2])
like = {"a": np.zeros(50_000), "version": np.zeros((), int)}
save(path, like)
begun = time.perf_counter()
save(path, like)
usual = time.perf_counter() - begun
delays = random.Random(0)
for kill in range(kills):
    child = os.fork()
    if not child:
        version = int(load(path, like)["version"])
        while True:
            version += 1
            save(path, {"a": np.full(50_000, float(version)), "version": np.array(version)})
    time.sleep(usual * delays.uniform(0.5, 5))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    tree = load(path, like)
    assert (tree["a"] == tree["version"]).all(), kill
print(int(tree["version"]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the test forks")
def test_killed_fifty_times_while_saving_the_one_before_always_loads(tmp_path):
    command = [sys.executable, "-c", KILLS, str(tmp_path / "tree.npz"), "50"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0  # some saves were finished
    assert list(tmp_path.glob("*.partial"))  # and some were not


# ---------------------------------------------------------------------------------------------------- folders


def test_the_newest_and_the_best_are_kept(tmp_path):
    folder = Checkpoints(tmp_path / "runs", keep=2)
    assert folder.latest() is None and folder.best() is None
    for step, score in [
        (0, float("nan")),
        (10, 0.5),
        (20, 0.25),
        (30, 0.25),
        (40, 1e-3),
        (50, 0.9),
        (60, 3.0),
        (70, float("nan")),
    ]:
        folder.save(step, {"step": step}, score)
    like = {"step": 0}
    assert load(folder.latest(), like) == {"step": 70} and load(folder.best(), like) == {"step": 40}
    assert sorted(load(path, like)["step"] for path in (tmp_path / "runs").iterdir()) == [40, 60, 70]
    again = Checkpoints(tmp_path / "runs", keep=2)
    again.save(70, {"step": -70}, 0.0)
    assert load(again.latest(), like) == load(again.best(), like) == {"step": -70}
    assert len(list((tmp_path / "runs").iterdir())) == 2
    with pytest.raises(ValueError, match="Checkpoints: expected keep to be a whole number from 1 up, got 0; "):
        Checkpoints(tmp_path, keep=0)


def test_steps_are_in_the_order_of_numbers(tmp_path):
    folder = Checkpoints(tmp_path, keep=5)
    for step in (5, 1_000_000_000_000, 100):
        folder.save(step, {"step": step}, 1.0)
    assert load(folder.latest(), {"step": 0}) == {"step": 1_000_000_000_000}
    assert load(folder.best(), {"step": 0}) == {"step": 5}


def test_roll_back_to_the_best_and_go_on(tmp_path):
    folder, key, optimizer = Checkpoints(tmp_path), jax.random.key(2), adam(0.03)
    run = start(model(), optimizer)
    for _ in range(3):
        run = trained(run, 5, key=key)
        folder.save(int(run.step), (ending(run), key), float(abs(run.step - 10)))  # the second is the best
    back, key = load(folder.best(), (start(model(), optimizer), key))
    assert_same(trained(back, 5, key=key).model, run.model)


def test_dense_loads_into_dense(tmp_path):
    layer = Dense(jnp.ones((2, 3)), jnp.zeros(3))
    save(str(tmp_path / "layer.npz"), layer)
    assert_same(load(str(tmp_path / "layer.npz"), layer), layer)


@pytest.mark.parametrize("name", ["step-000000010_score-0.2 (1).npz", "step-x_score-1.0.npz", "step-1_score-low.npz"])
def test_a_strange_file_beside_the_checkpoints_is_left_alone(tmp_path, name):
    (tmp_path / name).write_bytes(b"mine")
    folder = Checkpoints(tmp_path, keep=1)
    for step, score in [(1, -0.5), (2, 1e-12), (3, float("inf")), (4, float("nan"))]:
        folder.save(step, {"step": step}, score)
    assert folder.latest().name.startswith("step-000000004") and folder.best().name.startswith("step-000000001")
    assert (tmp_path / name).read_bytes() == b"mine"


def test_a_file_that_another_saver_deletes_first_is_no_error(tmp_path, monkeypatch):
    folder = Checkpoints(tmp_path, keep=1)
    folder.save(1, {"step": 1}, 2.0)
    listed = folder._listed()
    monkeypatch.setattr(folder, "_listed", lambda: listed)  # as it was before the other one deleted it
    listed[0][-1].unlink()
    assert folder.save(1, {"step": 1}, 1.0).exists()
