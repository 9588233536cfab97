"""PyTorch as it is usually written: eager, with its own number of threads."""

import torch
from torch import nn

from benchmarks.small_mlp.problem import WIDTHS, Problem
from benchmarks.timing import Contender


def contender(problem: Problem) -> Contender:
    X, y = torch.tensor(problem.X), torch.tensor(problem.y)
    loss_of = nn.BCEWithLogitsLoss()

    def train(model: nn.Module) -> float:
        optimizer = torch.optim.Adam(model.parameters(), lr=problem.learning_rate)
        for _ in range(problem.steps):
            optimizer.zero_grad()
            loss = loss_of(model(X)[:, 0], y)
            loss.backward()
            optimizer.step()
        return loss.item()

    return Contender("pytorch", train, lambda: network(problem.weights))


def network(weights: list) -> nn.Module:
    n_in, n_1, n_2, n_out = WIDTHS
    model = nn.Sequential(nn.Linear(n_in, n_1), nn.Tanh(), nn.Linear(n_1, n_2), nn.Tanh(), nn.Linear(n_2, n_out))
    with torch.no_grad():
        for layer, (W, b) in zip(model[::2], weights, strict=True):
            layer.weight.copy_(torch.tensor(W.T))
            layer.bias.copy_(torch.tensor(b))
    return model


def figures() -> dict:
    return {"pytorch_threads": torch.get_num_threads()}
