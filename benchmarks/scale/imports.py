"""What importing the library costs, in fresh interpreters: JAX alone, and then all of floors 0 to 2."""

import json
import statistics
import subprocess
import sys

REPEATS = 5
CODE = """
import importlib, json, pathlib, time
began = time.perf_counter()
import jax, jax.numpy
jax_there = time.perf_counter()
import nnlib
home = pathlib.Path(nnlib.__file__).parent
for path in sorted(home.rglob("*.py")):
    parts = path.relative_to(home.parent).with_suffix("").parts
    if parts[1] not in ("live", "course", "server"):
        importlib.import_module(".".join(parts).removesuffix(".__init__"))
print(json.dumps({"jax": jax_there - began, "nnlib": time.perf_counter() - jax_there}))
"""


def import_seconds(repeats: int = REPEATS) -> dict[str, float]:
    """The median seconds: {"jax": ..., "nnlib": ... on top of it}."""
    runs = [json.loads(subprocess.check_output([sys.executable, "-c", CODE], text=True)) for _ in range(repeats)]
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}
