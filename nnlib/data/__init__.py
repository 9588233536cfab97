"""Data: toy sets from a key, and measured ones that need no network."""

from nnlib.data.batches import batch_rows
from nnlib.data.real import Table, breast_cancer, iris
from nnlib.data.split import shuffle, train_test_split
from nnlib.data.toy import GATES, blobs, circles, gate, moons, spirals

__all__ = [
    "GATES", "Table", "batch_rows", "blobs", "breast_cancer", "circles", "gate", "iris", "moons", "shuffle",
    "spirals", "train_test_split",
]  # fmt: skip
