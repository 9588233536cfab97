"""PyTorch as it is usually written: eager, an index of a shuffled permutation for each batch.

It runs with its own number of threads, and with one: on small arrays, and wherever something else uses the
processors, its threads wait for each other longer than they work.
"""

from collections.abc import Callable

import torch
from torch import nn

from benchmarks.loops import Task
from benchmarks.timing import Contender

THREADS = torch.get_num_threads()
LOSSES = {"cross_entropy": nn.functional.cross_entropy, "squared_error": nn.functional.mse_loss}


def contenders(task: Task, network: Callable[[], nn.Module]) -> list[Contender]:
    """`pytorch`, as it comes, and `pytorch_1`, on one thread."""
    X, y = torch.tensor(task.X), torch.tensor(task.y)
    y = y.long() if task.loss == "cross_entropy" else y

    def prepared(threads: int) -> nn.Module:
        torch.set_num_threads(threads)
        return network()

    def contender(name: str, threads: int) -> Contender:
        return Contender(name, lambda model: trained(model, task, X, y), lambda: prepared(threads))

    return [contender("pytorch", THREADS), contender("pytorch_1", 1)]


def trained(model: nn.Module, task: Task, X: torch.Tensor, y: torch.Tensor) -> float:
    optimizer = torch.optim.Adam(model.parameters(), lr=task.learning_rate)
    loss_of, losses = LOSSES[task.loss], []
    for _ in range(task.epochs):
        order = torch.randperm(len(X))
        for start in range(0, len(X), task.batch):
            rows = order[start : start + task.batch]
            optimizer.zero_grad()
            loss = loss_of(model(X[rows]), y[rows])
            loss.backward()
            optimizer.step()
            losses.append(loss.detach())
    return torch.stack(losses[-task.per_epoch :]).mean().item()


def copy(parameters: list[nn.Parameter], arrays: list) -> None:
    """Write NumPy arrays into parameters, in order."""
    with torch.no_grad():
        for parameter, array in zip(parameters, arrays, strict=True):
            parameter.copy_(torch.tensor(array))


def figures() -> dict:
    return {"pytorch_threads": THREADS}
