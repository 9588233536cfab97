"""Data: toy sets and sequences from a key, measured ones, and how to split and scale them."""

from nnlib.data.batches import batch_rows
from nnlib.data.grammar import REBER, Strings, is_reber, reber
from nnlib.data.real import Series, Table, breast_cancer, diabetes, digits, iris, mnist, sunspots, wine
from nnlib.data.scale import MinMax, ZScore, min_max, z_score
from nnlib.data.sequences import Vocabulary, adding_problem, delayed_recall, text_windows
from nnlib.data.split import k_fold, shuffle, train_test_split
from nnlib.data.toy import GATES, blobs, circles, gate, moons, spirals

__all__ = [
    "GATES", "REBER", "MinMax", "Series", "Strings", "Table", "Vocabulary", "ZScore",
    "adding_problem", "batch_rows", "blobs", "breast_cancer", "circles", "delayed_recall", "diabetes", "digits",
    "gate", "iris", "is_reber", "k_fold", "min_max", "mnist", "moons", "reber", "shuffle",
    "spirals", "sunspots", "text_windows", "train_test_split", "wine", "z_score",
]  # fmt: skip
