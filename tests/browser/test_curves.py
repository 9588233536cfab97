"""Curves on a page of our own: what leaves the axis is cut off there, and nothing that is no curve looks like one."""

import numpy as np
import pytest

from nnlib.live import Curves, live, slider
from nnlib.live.page import Page

from .own import OwnPage

pytestmark = pytest.mark.browser
# In every row of a canvas, how many pixels are coloured, and not grey, and the canvas's width.
COLOURED = """(root) => {
  const c = root.querySelector("canvas");
  const { data } = c.getContext("2d").getImageData(0, 0, c.width, c.height);
  const rows = new Array(c.height).fill(0);
  for (let i = 0; i < data.length; i += 4) {
    const [r, g, b, a] = data.slice(i, i + 4);
    if (a > 60 && Math.max(r, g, b) - Math.min(r, g, b) > 50) rows[Math.floor(i / 4 / c.width)] += 1;
  }
  return [rows, c.width];
}"""


@pytest.fixture
def made():
    @live(a=slider(0, 10, 3))
    def away(a):
        y = np.full(101, 1e6)
        y[:2], y[-2:] = 1, 1
        return Curves(a=y, colors={"a": "orange"}, ylim=(0, 10))

    @live(a=slider(0, 10, 3))
    def away_on_a_logarithmic_axis(a):
        y = np.full(101, 1e-30)
        y[0], y[40:60] = 1, 1e30
        return Curves(a=y, colors={"a": "orange"}, ylim=(1e-3, 10), log=True)

    @live(a=slider(0, 10, 3))
    def early(a):
        ends = np.where(np.arange(101) < 3, 5.0, np.nan)
        return Curves(
            dot=([5.0], [7.0]), stops=ends, colors={"dot": "blue", "stops": "orange"}, xlim=(0, 100), ylim=(0, 9)
        )

    return [away, away_on_a_logarithmic_axis, early]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_row_of_the_picture_is_a_line_across_it(browser, made, theme):
    with Page(made) as served:
        shown = OwnPage(browser, served, color_scheme=theme)
        for piece in shown.pieces:
            rows, width = piece.root.evaluate(COLOURED)
            assert max(rows) > 0 and max(rows) < 0.15 * width, (piece.name, max(rows), width)
        assert not shown.complaints
        shown.close()
