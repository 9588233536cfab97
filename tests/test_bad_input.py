"""Bad input, all over the library: one table. Each gets an error that says expected, got, and what to do."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib import augment, data
from nnlib.activations import relu
from nnlib.autodiff import Value, expression_graph, jaxpr_graph
from nnlib.initializers import glorot_uniform, he_normal, orthogonal
from nnlib.layers import (
    bidirectional,
    conv,
    dense,
    drop_connect,
    dropout,
    embedding,
    gru,
    jordan,
    layer_norm,
    lstm,
    max_pool,
    mlp,
    narrow,
    prelu_layer,
    rbf,
    residual,
    rnn,
    seq2seq,
    sequential,
)  # fmt: skip
from nnlib.losses import (
    binary_cross_entropy,
    huber,
    kl_divergence,
    penalty,
    softmax_cross_entropy,
    squared_error,
    zero_one,
)  # fmt: skip
from nnlib.metrics import accuracy, confusion_matrix
from nnlib.optim import (
    adagrad,
    adam,
    adamw,
    chain,
    clip_by_norm,
    cosine,
    coupled_decay,
    linear,
    momentum,
    newton,
    rmsprop,
    sgd,
    warm_up,
)  # fmt: skip
from nnlib.perceptron import perceptron, separate, train_perceptron, untrained
from nnlib.probe import grid, hessian_eigenvalues, linear_regions, occlusion_map
from nnlib.train import early_stopping, fit, start, stopping_point, stream, sweep

KEY = jax.random.key(0)
MODEL = mlp(KEY, 2, 3, 1)
X, Y = jnp.ones((4, 2)), jnp.array([0, 1, 0, 1])
IMAGES = jnp.full((2, 8, 8, 1), 0.5)
NAN = np.array([[np.nan, 0.0]] * 4, np.float32)


def trained(inputs=X, targets=Y, loss=binary_cross_entropy, optimizer=None, steps=2, **options):
    return fit(MODEL, (inputs, targets), loss, adam(0.1) if optimizer is None else optimizer, steps, **options)


TABLE = {
    "wrong shapes": [
        lambda: dense(KEY, 3, 2)(X),
        lambda: MODEL(jnp.ones(3)),
        lambda: conv(KEY, 3, 4, 3)(IMAGES),
        lambda: conv(KEY, 1, 4, 3)(jnp.ones((8, 8))),
        lambda: conv(KEY, 1, 4, 9)(IMAGES),
        lambda: max_pool(9)(IMAGES),
        lambda: max_pool(2)(X),
        lambda: lstm(KEY, 2, 3)(X),
        lambda: gru(KEY, 2, 3)(jnp.ones((4, 5, 3))),
        lambda: rnn(KEY, 2, 3)((jnp.ones((4, 5, 2)), jnp.ones(3, int))),
        lambda: bidirectional(lstm, KEY, 2, 3)(X),
        lambda: residual(dense(KEY, 2, 3))(X),
        lambda: rbf(KEY, 2, 3)(jnp.ones((4, 5))),
        lambda: layer_norm(3)(X),
        lambda: squared_error(jnp.ones((4, 2)), jnp.ones(4)),
        lambda: binary_cross_entropy(jnp.ones(3), Y),
        lambda: softmax_cross_entropy(jnp.ones((4, 1)), Y),
        lambda: kl_divergence(jnp.ones((4, 3)), jnp.ones((4, 2))),
        lambda: accuracy(Y, Y[:2]),
        lambda: glorot_uniform(KEY, (3,)),
        lambda: orthogonal(KEY, (3,)),
        lambda: trained(inputs=jnp.ones((5, 2))),
        lambda: trained(loss=lambda outputs, targets: jnp.mean(outputs)),
        lambda: augment.rotate(IMAGES[0], KEY),
        lambda: occlusion_map(lambda x: x.sum((1, 2, 3)), IMAGES[0], size=9),
        lambda: jaxpr_graph(lambda x: x, X),
        lambda: data.train_test_split(KEY, X, Y[:3]),
    ],
    "wrong types": [
        lambda: embedding(KEY, 5, 3)(jnp.ones((2, 3))),
        lambda: accuracy(jnp.ones(4), Y),
        lambda: softmax_cross_entropy(jnp.ones((4, 3)), jnp.ones(4)),
        lambda: adam("fast"),
        lambda: trained(optimizer=adam),
        lambda: fit(relu, (X, Y), squared_error, sgd(0.1), 2),
        lambda: trained(steps=2.5),
        lambda: sequential(3),
        lambda: bidirectional(dense, KEY, 2, 3),
        lambda: chain(3),
        lambda: Value("x"),
        lambda: Value(1.0) < 2,
        lambda: expression_graph(3),
        lambda: augment.flip(jnp.zeros((2, 8, 8, 1), int), KEY),
        lambda: perceptron([1.0, 2.0], 0.0)(jnp.ones((4, 3))),
    ],
    "empty": [
        lambda: squared_error(jnp.ones((0, 1)), jnp.ones(0)),
        lambda: zero_one(jnp.ones(0, int), jnp.ones(0, int)),
        lambda: accuracy(jnp.ones(0, int), jnp.ones(0, int)),
        lambda: trained(inputs=jnp.ones((0, 2)), targets=jnp.ones(0)),
        lambda: rnn(KEY, 2, 3)(jnp.ones((4, 0, 2))),
        lambda: sweep(lambda rate: rate, rate=[]),
        lambda: sweep(lambda: 1),
        lambda: chain(),
        lambda: expression_graph(""),
        lambda: data.z_score(jnp.ones((0, 2))),
        lambda: data.text_windows("", 5),
    ],
    "not finite": [
        lambda: trained(inputs=NAN),
        lambda: trained(valid=(NAN, Y)),
        lambda: data.z_score(NAN),
        lambda: Value(float("nan")),
        lambda: expression_graph("a / b", a=1.0, b=0.0),
        lambda: expression_graph("log(a)", a=-1.0),
        lambda: expression_graph("exp(a)", a=1000.0),
    ],
    "unknown names": [
        lambda: conv(KEY, 1, 2, 3, padding="some"),
        lambda: lstm(KEY, 1, 2, outputs="first"),
        lambda: gru(KEY, 1, 2, reset="during"),
        lambda: data.gate("maybe"),
        lambda: data.iris(("petal colour",)),
        lambda: data.wine(classes=("class 9", "class_0")),
        lambda: expression_graph("a + z", a=1.0),
        lambda: expression_graph("open(a)", a=1.0),
    ],
    "labels out of range": [
        lambda: softmax_cross_entropy(jnp.ones((4, 3)), jnp.array([0, 1, 2, 3])),
        lambda: softmax_cross_entropy(jnp.ones((4, 3)), jnp.array([0, 1, 2, -1])),
        lambda: binary_cross_entropy(jnp.ones(2), jnp.array([-1, 1])),
        lambda: kl_divergence(jnp.ones((1, 2)), jnp.array([[0.9, 0.9]])),
        lambda: confusion_matrix(Y, Y + 1, 2),
        lambda: embedding(KEY, 5, 3)(jnp.array([5])),
        lambda: seq2seq(KEY, 5, 5, 3, 3, stop=7),
    ],
    "out of range": [
        lambda: sgd(-0.1),
        lambda: momentum(-0.1),
        lambda: adam(-0.1),
        lambda: adam(0.1, beta1=1.0),
        lambda: adam(0.1, beta2=-0.1),
        lambda: adamw(0.1, weight_decay=-1),
        lambda: adagrad(-1),
        lambda: rmsprop(-1),
        lambda: newton(damping=-1),
        lambda: clip_by_norm(-1),
        lambda: coupled_decay(-1),
        lambda: linear(-0.1, 0.0, 10),
        lambda: cosine(0.1, 0.0, 0),
        lambda: warm_up(-1, 0.1),
        lambda: penalty(l2=-1),
        lambda: huber(jnp.ones(2), jnp.ones(2), delta=-1),
        lambda: dropout(1.0),
        lambda: dropout(-0.1),
        lambda: drop_connect(dense(KEY, 2, 3), 1.5),
        lambda: dense(KEY, 0, 2),
        lambda: conv(KEY, 1, 0, 3),
        lambda: conv(KEY, 1, 2, 3, stride=0),
        lambda: mlp(KEY, 3),
        lambda: jordan(KEY, 2, 3, 0),
        lambda: he_normal(KEY, (0, 3)),
        lambda: trained(steps=-1),
        lambda: trained(batch=9, key=KEY),
        lambda: trained(batch=2),
        lambda: trained(frames=9),
        lambda: early_stopping(MODEL, (X, Y), binary_cross_entropy, adam(0.1), 9, valid=(X, Y), every=3, patience=0),
        lambda: data.train_test_split(KEY, X, Y, 1.5),
        lambda: data.k_fold(KEY, 3, 4),
        lambda: augment.noise(IMAGES, KEY, -1.0),
        lambda: hessian_eigenvalues(lambda m: 0.0, mlp(KEY, 50, 50, 1)),
    ],
    "not whole": [
        lambda: trained(steps=True),
        lambda: trained(steps=4, frames=3.0),
        lambda: trained(batch=2.0, key=KEY),
        lambda: stream(MODEL, (X, Y), binary_cross_entropy, adam(0.1), 2.5, chunk=1),
        lambda: stream(MODEL, (X, Y), binary_cross_entropy, adam(0.1), -3, chunk=1),
        lambda: stream(MODEL, (X, Y), binary_cross_entropy, 0.1, 3, chunk=1),
        lambda: start(MODEL, adam),
        lambda: start(relu, adam(0.1)),
        lambda: early_stopping(MODEL, (X, Y), binary_cross_entropy, adam(0.1), 9, valid=(X, Y), every=0, patience=1),
        lambda: stopping_point(jnp.ones(3), 0),
        lambda: stopping_point(jnp.ones(3), 1.5),
        lambda: stopping_point([], 1),
        lambda: sweep(lambda rate: rate, together=1.5, rate=[0.1]),
        lambda: data.moons(KEY, 2.5),
        lambda: data.blobs(KEY, 0),
        lambda: data.k_fold(KEY, 6, 2.5),
        lambda: data.batch_rows(KEY, 6, 2.5, 3),
        lambda: data.delayed_recall(KEY, 5, 10, delay=2.0),
        lambda: conv(KEY, 1, 2, 3.0),
        lambda: conv(KEY, 1, 2, 3, padding=1.0),
        lambda: conv(KEY, 1, 2, 3, padding=True),
        lambda: seq2seq(KEY, 5, 5, 3, 3, start=0.5),
        lambda: seq2seq(KEY, 5, 5, 3, 3).generate(jnp.zeros((1, 2), int), 2.5),
        lambda: prelu_layer(2.5),
        lambda: narrow(mlp(KEY, 2, 4, 1), 2.5),
        lambda: untrained(2.5),
        lambda: train_perceptron(untrained(2), X, Y, 1.5),
        lambda: separate(X, Y, 1.5),
        lambda: confusion_matrix(Y, Y, 2.0),
        lambda: augment.pad(IMAGES, KEY, True),
        lambda: occlusion_map(lambda x: x.sum((1, 2, 3)), IMAGES[0], size=2.0),
        lambda: grid((0, 1, 0, 1), 2.5),
        lambda: linear_regions(MODEL, (0, 1, 0, 1), 2.5),
    ],
}
CASES = [pytest.param(case, id=f"{kind} {i}") for kind, cases in TABLE.items() for i, case in enumerate(cases)]


@pytest.mark.parametrize("case", CASES)
def test_an_error_says_what_was_expected_what_came_and_what_to_do(case):
    with pytest.raises((ValueError, TypeError)) as caught:
        case()
    message = str(caught.value)
    assert "expected" in message and "got" in message and ";" in message, message
    assert type(caught.value).__module__ == "builtins"  # ours, not a library's


def test_inside_a_program_a_label_out_of_range_is_nan_and_not_another_label():
    """Values cannot be looked at there; a wrong number that looks right would be worse."""
    assert jnp.isnan(jax.jit(softmax_cross_entropy)(jnp.ones((1, 3)), jnp.array([3]))).all()
    assert jnp.isnan(jax.jit(binary_cross_entropy)(jnp.ones(1), jnp.array([2.0]))).all()
    assert jnp.isnan(jax.jit(lambda layer, ids: layer(ids))(embedding(KEY, 5, 3), jnp.array([5]))).all()
