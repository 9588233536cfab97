"""Writes golden.npz: what PyTorch answers where no library of the test installation can.

    python tests/oracles/make_golden.py            # by hand, in an environment that has torch

Each entry is a function of a NumPy generator that returns inputs and outputs, in the layout of nnlib (batch
first, features last) and in float64. Inputs are rounded to float32 first, so that both precisions of the test
start from the same numbers. The file names the versions that made it; the tests themselves need no torch.
"""

import json
import platform
import zlib
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

ENTRIES = {}


def entry(name, *arguments):
    """Registers a function that makes the entry of this name; it is called with the arguments after `random`."""

    def register(make):
        ENTRIES[name] = lambda random: make(random, *arguments)
        return make

    return register


def tensors(arrays):
    return [torch.tensor(a) for a in arrays]


def first(x):
    """Channels from the last axis to the second."""
    return x.movedim(-1, 1)


def last(x):
    return x.movedim(1, -1)


class Random:
    """Numbers that float32 holds exactly, as float64."""

    def __init__(self, seed):
        self.generator = np.random.default_rng(seed)

    def normal(self, *shape, scale=1.0):
        return (scale * self.generator.normal(size=shape)).astype(np.float32).astype(np.float64)

    def integers(self, high, *shape):
        return self.generator.integers(high, size=shape)


# --- activations -------------------------------------------------------------------------------------------


@entry("leaky_relu", lambda z, a: F.leaky_relu(z, a.item()), 0.125)
@entry("prelu", F.prelu, [0.25, -0.5, 1.5])
@entry("rrelu", lambda z, low, high: F.rrelu(z, low.item(), high.item(), training=False), 0.125, 0.375)
@entry("elu", lambda z, alpha: F.elu(z, alpha.item()), 1.25)
@entry("softplus", lambda z: F.softplus(z, threshold=700))
@entry("swish", F.silu)
@entry("softmax", lambda z: F.softmax(z, -1))
@entry("log_softmax", lambda z: F.log_softmax(z, -1))
def activation(random, f, *numbers):
    inputs = [random.normal(4, 3, scale=3), *map(np.array, numbers)]
    return inputs, [f(*tensors(inputs))]


# --- losses ------------------------------------------------------------------------------------------------


@entry("huber")
def huber(random):
    y, d, delta = random.normal(8, scale=2), random.normal(8), 1.5
    return [y, d, np.array(delta)], [F.huber_loss(*tensors([y, d]), reduction="none", delta=delta)]


@entry("binary_cross_entropy")
def binary_cross_entropy(random):
    z, d = random.normal(8, scale=5), random.integers(2, 8)
    return [z, d], [F.binary_cross_entropy_with_logits(*tensors([z, 1.0 * d]), reduction="none")]


@entry("softmax_cross_entropy, labels")
def cross_entropy_labels(random):
    z, d = random.normal(6, 4, scale=3), random.integers(4, 6)
    return [z, d], [F.cross_entropy(*tensors([z, d]), reduction="none")]


@entry("softmax_cross_entropy, distributions")
def cross_entropy_distributions(random):
    z, d = random.normal(6, 4, scale=3), torch.softmax(torch.tensor(random.normal(6, 4)), -1).numpy()
    d = d.astype(np.float32).astype(np.float64)
    return [z, d], [F.cross_entropy(*tensors([z, d]), reduction="none")]


@entry("kl_divergence")
def kl_divergence(random):
    z, t = random.normal(6, 4, scale=2), torch.softmax(torch.tensor(random.normal(6, 4)), -1).numpy()
    t = t.astype(np.float32).astype(np.float64)
    return [z, t], [F.kl_div(torch.log_softmax(torch.tensor(z), -1), torch.tensor(t), reduction="none").sum(-1)]


# --- layers ------------------------------------------------------------------------------------------------


@entry("dense")
def dense(random):
    x, W, b = random.normal(5, 3), random.normal(3, 2), random.normal(2)
    return [x, W, b], [F.linear(torch.tensor(x), torch.tensor(W).T, torch.tensor(b))]


CONV = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}


@entry("conv 1d, stride 2, padding 1, dilation 2", (9,), (3,), {"stride": 2, "padding": 1, "dilation": 2})
@entry("conv 2d, valid", (6, 5), (3, 2), {})
@entry("conv 2d, stride 2, padding 1", (7, 6), (3, 3), {"stride": 2, "padding": 1})
@entry("conv 2d, dilation 2", (7, 6), (3, 2), {"dilation": 2})
@entry("conv 2d, same, dilation 2", (5, 6), (3, 3), {"padding": "same", "dilation": 2})
@entry("conv 2d, same, even kernel", (5, 6), (2, 4), {"padding": "same"})
@entry("conv 2d, full", (4, 5), (3, 2), {"padding": (2, 1)})
@entry("conv 2d, stride (2, 1), padding (1, 2)", (6, 5), (3, 2), {"stride": (2, 1), "padding": (1, 2)})
@entry("conv 3d, padding 1", (3, 4, 3), (2, 3, 2), {"padding": 1})
def convolution(random, size, kernel, options):
    x, W, b = random.normal(2, *size, 2), random.normal(*kernel, 2, 3), random.normal(3)
    tx, tW, tb = tensors([x, W, b])
    return [x, W, b], [last(CONV[len(size)](first(tx), tW.movedim((-1, -2), (0, 1)), tb, **options))]


@entry("max_pool 1d, 2", F.max_pool1d, (7,), {"kernel_size": 2})
@entry("max_pool 2d, 3 stride 2", F.max_pool2d, (7, 6), {"kernel_size": 3, "stride": 2})
@entry("max_pool 2d, 3 stride 2 padding 1", F.max_pool2d, (6, 5), {"kernel_size": 3, "stride": 2, "padding": 1})
@entry("mean_pool 2d, 2", F.avg_pool2d, (6, 5), {"kernel_size": 2})
@entry("mean_pool 2d, 3 stride 1", F.avg_pool2d, (5, 4), {"kernel_size": 3, "stride": 1})
@entry(
    "mean_pool 2d, 3 stride 2 padding 1", F.avg_pool2d, (6, 5),
    {"kernel_size": 3, "stride": 2, "padding": 1, "count_include_pad": False},
)  # fmt: skip
@entry("min_pool 2d, 2", lambda x, k: -F.max_pool2d(-x, k), (5, 4), {"k": 2})
@entry("mean_pool 3d, 2", F.avg_pool3d, (4, 5, 2), {"kernel_size": 2})
@entry("max_pool, global", F.adaptive_max_pool2d, (4, 5), {"output_size": 1})
@entry("mean_pool, global", F.adaptive_avg_pool2d, (4, 5), {"output_size": 1})
def pool(random, f, size, options):
    x = random.normal(2, *size, 3)
    return [x], [last(f(first(torch.tensor(x)), **options))]


@entry("batch_norm", (6, 3))
@entry("batch_norm, images", (2, 3, 4, 3))
def batch_norm(random, shape):
    """Two training steps, then a prediction; PyTorch divides the running variance's batches by n - 1."""
    steps, x = [random.normal(*shape, scale=2), random.normal(*shape)], random.normal(*shape)
    gamma, beta, mean, momentum, eps = random.normal(3), random.normal(3), random.normal(3), 0.25, 1e-3
    var = np.abs(random.normal(3)) + 0.5
    tg, tb, tm, tv = tensors([gamma, beta, mean, var])
    outputs = [last(F.batch_norm(first(s), tm, tv, tg, tb, True, momentum, eps)) for s in tensors(steps)]
    outputs += [last(F.batch_norm(first(torch.tensor(x)), tm, tv, tg, tb, False, momentum, eps)), tm, tv]
    return [*steps, x, gamma, beta, mean, var, np.array(momentum), np.array(eps)], outputs


@entry("layer_norm")
def layer_norm(random):
    x, gamma, beta, eps = random.normal(2, 3, 4, scale=2), random.normal(4), random.normal(4), 1e-3
    return [x, gamma, beta, np.array(eps)], [F.layer_norm(*tensors([x]), (4,), *tensors([gamma, beta]), eps)]


@entry("embedding")
def embedding(random):
    labels, W = random.integers(5, 3, 4), random.normal(5, 2)
    return [labels, W], [F.embedding(*tensors([labels, W]))]


# --- recurrent layers: each gate has its own (D, H), (H, H), (H,) arrays -----------------------------------


def recurrent(cell, random, gates, directions=1, n_in=2, n_hidden=3):
    """PyTorch's cell with the given gates' weights, b_hh = 0; our arrays [W, U, b for each gate], by direction."""
    layer = cell(n_in, n_hidden, batch_first=True, bidirectional=directions == 2).double()
    ours = []
    for suffix in ("", "_reverse")[:directions]:
        W = [random.normal(n_in, n_hidden) for _ in range(gates)]
        U = [random.normal(n_hidden, n_hidden, scale=0.7) for _ in range(gates)]
        b = [random.normal(n_hidden) for _ in range(gates)]
        with torch.no_grad():
            getattr(layer, f"weight_ih_l0{suffix}").copy_(torch.tensor(np.concatenate(W, 1).T))
            getattr(layer, f"weight_hh_l0{suffix}").copy_(torch.tensor(np.concatenate(U, 1).T))
            getattr(layer, f"bias_ih_l0{suffix}").copy_(torch.tensor(np.concatenate(b)))
            getattr(layer, f"bias_hh_l0{suffix}").zero_()
        ours += [np.stack(W), np.stack(U), np.stack(b)]
    return layer, ours


@entry("rnn", torch.nn.RNN, 1, 1)
@entry("lstm", torch.nn.LSTM, 4, 1)
@entry("gru, reset after", torch.nn.GRU, 3, 1)
@entry("rnn, bidirectional", torch.nn.RNN, 1, 2)
@entry("lstm, bidirectional", torch.nn.LSTM, 4, 2)
@entry("gru, reset after, bidirectional", torch.nn.GRU, 3, 2)
def whole(random, cell, gates, directions):
    x = random.normal(2, 6, 2)
    layer, ours = recurrent(cell, random, gates, directions)
    return [x, *ours], [layer(torch.tensor(x))[0]]


@entry("rnn, padded", torch.nn.RNN, 1, 1)
@entry("lstm, padded", torch.nn.LSTM, 4, 1)
@entry("gru, reset after, padded", torch.nn.GRU, 3, 1)
@entry("lstm, bidirectional, padded", torch.nn.LSTM, 4, 2)
def padded(random, cell, gates, directions):
    """The padding holds large numbers, which must not matter; outputs there are 0. Then the last hidden states."""
    x, lengths = random.normal(3, 5, 2), np.array([5, 2, 3])
    for n, length in enumerate(lengths):
        x[n, length:] = 100.0
    layer, ours = recurrent(cell, random, gates, directions)
    pack, unpack = torch.nn.utils.rnn.pack_padded_sequence, torch.nn.utils.rnn.pad_packed_sequence
    packed, final = layer(pack(torch.tensor(x), torch.tensor(lengths), batch_first=True, enforce_sorted=False))
    h = final[0] if isinstance(final, tuple) else final
    return [x, lengths, *ours], [unpack(packed, batch_first=True)[0], h.movedim(0, 1).reshape(3, -1)]


# --- optimizers: the parameters after each of 40 steps on the bent bowl ------------------------------------

SGD = torch.optim.SGD


@entry("sgd", SGD, {"lr": 0.05})
@entry("momentum", SGD, {"lr": 0.03, "momentum": 0.8})
@entry("nesterov", SGD, {"lr": 0.03, "momentum": 0.8, "nesterov": True})
@entry("sgd, coupled decay", SGD, {"lr": 0.05, "weight_decay": 0.1})
@entry("adagrad", torch.optim.Adagrad, {"lr": 0.3, "eps": 1e-6})
@entry("rmsprop", torch.optim.RMSprop, {"lr": 0.02, "alpha": 0.9, "eps": 1e-6})
@entry("adam", torch.optim.Adam, {"lr": 0.05, "betas": (0.8, 0.95), "eps": 1e-6})
@entry("adam, coupled decay", torch.optim.Adam, {"lr": 0.05, "weight_decay": 0.1})
@entry("adamw", torch.optim.AdamW, {"lr": 0.05, "betas": (0.8, 0.95), "eps": 1e-6, "weight_decay": 0.1})
def optimizer(random, make, options):
    start = np.array([1.0, -2.0, 0.5])
    w = torch.tensor(start, requires_grad=True)
    stepper, path = make([w], **options), []
    for _ in range(40):
        stepper.zero_grad()
        (w[0] ** 2 + 5 * w[1] ** 2 + torch.cos(w[2]) + w[2] ** 2).backward()
        stepper.step()
        path.append(w.detach().clone())
    return [start], [torch.stack(path)]


@entry("soft_threshold")
def soft_threshold(random):
    """Gradient descent whose every step ends in soft-thresholding, by eta l = 0.05 * 0.75."""
    w, path = torch.tensor([1.0, -2.0, 0.5], dtype=torch.float64), []
    for _ in range(40):
        gradient = torch.stack([2 * w[0], 10 * w[1], 2 * w[2] - torch.sin(w[2])])
        w = F.softshrink(w - 0.05 * gradient, 0.05 * 0.75)
        path.append(w)
    return [np.array([1.0, -2.0, 0.5])], [torch.stack(path)]


# --- schedules: the rate of each step, from 0.5 ------------------------------------------------------------

SCHEDULE = torch.optim.lr_scheduler


@entry("exponential", SCHEDULE.ExponentialLR, {"gamma": 0.875})
@entry("step_decay", SCHEDULE.StepLR, {"step_size": 7, "gamma": 0.25})
@entry("linear", SCHEDULE.LinearLR, {"start_factor": 1.0, "end_factor": 0.125, "total_iters": 20})
@entry("cosine", SCHEDULE.CosineAnnealingLR, {"T_max": 30, "eta_min": 0.0625})
@entry("warm_up", SCHEDULE.LinearLR, {"start_factor": 1e-300, "end_factor": 1.0, "total_iters": 10})
def schedule(random, make, options):
    stepper = SGD([torch.zeros(1)], lr=0.5)
    scheduler, rates = make(stepper, **options), []
    for _ in range(31):
        rates.append(scheduler.get_last_lr()[0])
        stepper.step()
        scheduler.step()
    return [np.array(0.5)], [np.array(rates)]


# --- initializers: the standard deviation for kernels (3, 5, 4, 6): 15 windows, 4 inputs, 6 outputs ---------


@entry("initializers")
def initializers(random):
    W = torch.empty(6, 4, 3, 5)
    n_in, n_out = torch.nn.init._calculate_fan_in_and_fan_out(W)
    gain = torch.nn.init.calculate_gain("relu")
    return [np.array([3, 5, 4, 6])], [np.array([n_in**-0.5, (2 / (n_in + n_out)) ** 0.5, gain * n_in**-0.5])]


def main():
    versions = {"torch": torch.__version__.partition("+")[0], "numpy": np.__version__}
    versions["python"] = platform.python_version()
    arrays = {"versions": np.array(json.dumps(versions))}
    for name, make in sorted(ENTRIES.items()):
        inputs, outputs = make(Random(seed=zlib.crc32(name.encode())))
        for kind, values in (("in", inputs), ("out", outputs)):
            for i, value in enumerate(values):
                value = value.detach().numpy() if isinstance(value, torch.Tensor) else value
                if kind == "out" and value.dtype != np.float64:
                    raise TypeError(f"{name}: expected float64, got {value.dtype}; torch computes in its inputs' type")
                arrays[f"{name}/{kind}/{i}"] = value
    path = Path(__file__).with_name("golden.npz")
    np.savez_compressed(path, **arrays)
    print(f"{path.name}: {len(ENTRIES)} entries, {path.stat().st_size} bytes, {versions}")


if __name__ == "__main__":
    main()
