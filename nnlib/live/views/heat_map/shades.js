// From numbers to colours: a map painted once, one pixel a cell, and laid down larger.

import { channels, ramp } from "../../front/colours.js";
import { make } from "../../front/dom.js";
import { drawTint, layDown } from "../../front/tint.js";

export class Shades {
  constructor() {
    this.samples = make("canvas");
    this.painted = [];
  }

  // The map in `box`, over hatching that shows where there is no number; painted anew only for other numbers or colours.
  draw(pen, palette, box, view, grid) {
    const key = [grid.data, palette, view.scale];
    if (!key.every((part, i) => part === this.painted[i])) {
      this.painted = key;
      this.paint(palette, view, grid);
    }
    if (view.gaps) hatch(pen, palette, box);
    layDown(pen, this.samples, box, false);
  }

  paint(palette, { scale, upward }, { data, shape: [rows, columns] }) {
    const shares = new Float32Array(data.length);
    const share = sharesOf(scale);
    for (let row = 0; row < rows; row++) {
      const to = (upward ? row : rows - 1 - row) * columns; // a tint has its row 0 at the bottom
      for (let column = 0; column < columns; column++) shares[to + column] = share(data[row * columns + column]);
    }
    drawTint(this.samples, { data: shares, shape: [rows, columns] }, [0, 1], tableOf(palette, scale));
  }
}

// From `low` at 0 to `high` at 1, by way of the middle at a half, if there is one; NaN stays NaN.
function sharesOf({ low, middle, high, logarithmic }) {
  const at = (value) => (!logarithmic ? value : value <= 0 ? -Infinity : Math.log10(value));
  const between = (value, from, to) => Math.max(0, Math.min(1, (value - from) / (to - from)));
  const [lo, mid, hi] = [at(low), middle === null ? null : at(middle), at(high)];
  if (mid === null) return (value) => between(at(value), lo, hi);
  return (value) => 0.5 * between(at(value), lo, mid) + 0.5 * between(at(value), mid, hi);
}

// The style sheet's ramps of the legend are the same.
function tableOf(palette, { middle }) {
  const [page, ink, blue, orange] = [palette.page, palette.ink, palette.blue, palette.orange].map(channels);
  return middle === null ? ramp([page, ink], 0.06, 0.88) : ramp([blue, page, orange]);
}

function hatch(pen, palette, { left, top, width, height }) {
  const step = palette.size * 0.5;
  pen.save();
  pen.beginPath();
  pen.rect(left, top, width, height);
  pen.clip();
  pen.beginPath();
  for (let x = left - height; x < left + width; x += step) {
    pen.moveTo(x, top + height);
    pen.lineTo(x + height, top);
  }
  pen.strokeStyle = palette.relief;
  pen.lineWidth = 1;
  pen.stroke();
  pen.restore();
}
