// A field of numbers over a plane: as a smooth tint, and as contour lines.

import { make } from "../../front/dom.js";
import { drawTint, layDown } from "../../front/tint.js";

// The tint and the contours, painted once and laid down many times: paths and points move over a field that stands still.
export class Ground {
  constructor() {
    this.canvas = make("canvas");
    this.samples = make("canvas");
    this.key = [];
  }

  // Under what `pen` draws in `box`; painted anew only when the numbers, the colours or the place are others.
  draw(pen, palette, box, view, grid) {
    const { width, height } = pen.canvas;
    const { range, contours, cells } = view;
    const key = [grid.data, range, contours, cells, palette, width, height, box.left, box.top, box.width, box.height];
    if (!key.every((part, i) => alike(part, this.key[i]))) {
      this.key = key;
      this.paint(this.begin(pen), palette, box, view, grid);
    }
    pen.save();
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(this.canvas, 0, 0);
    pen.restore();
  }

  // A cleared canvas of the same size and scale.
  begin(pen) {
    Object.assign(this.canvas, { width: pen.canvas.width, height: pen.canvas.height });
    const own = this.canvas.getContext("2d");
    own.setTransform(pen.getTransform());
    own.lineJoin = own.lineCap = "round";
    return own;
  }

  paint(pen, palette, box, { range, contours, cells }, grid) {
    if (range) {
      drawTint(this.samples, grid, range, palette.table);
      layDown(pen, this.samples, box, !cells);
    }
    const middle = range ? (range[0] + range[1]) / 2 : null;
    const shares = range && range[0] === 0 && range[1] === 1 && contours.length <= 2;
    const heights = shares ? { shape: grid.shape, data: grid.data.map(logit) } : grid;
    for (const level of contours) {
      // The boundary is the picture's main line; a family of levels is only its relief.
      const main = contours.length === 1 || level === middle;
      pen.strokeStyle = main ? palette.ink : range ? palette.grey : palette.relief;
      pen.lineWidth = main ? 1.4 : 1;
      pen.stroke(contour(heights, shares ? logit(level) : level, box));
    }
  }
}

// Two answers may meet so steeply that one sample is 0 and the next one 1: a straight line between them is always half
// way up in the middle, and the border would be a staircase. The logits behind such shares are nearly straight.
function logit(share) {
  const inside = Math.max(1e-5, Math.min(1 - 1e-5, share));
  return share === share ? Math.log(inside / (1 - inside)) : NaN;
}

// Marching squares: the line where the field has the value `level`, as a path in the box, interpolated in each cell.
function contour({ data, shape: [rows, columns] }, level, box) {
  const path = new Path2D();
  const stepX = box.width / (columns - 1);
  const stepY = box.height / (rows - 1);
  const bottom = box.top + box.height;
  const crossings = new Float64Array(8);
  for (let row = 0; row < rows - 1; row++) {
    for (let column = 0; column < columns - 1; column++) {
      const i = row * columns + column;
      const count = cellCrossings(data[i], data[i + 1], data[i + columns + 1], data[i + columns], level, crossings);
      for (let k = 0; k < count; k += 2) {
        path.moveTo(box.left + (column + crossings[2 * k]) * stepX, bottom - (row + crossings[2 * k + 1]) * stepY);
        path.lineTo(box.left + (column + crossings[2 * k + 2]) * stepX, bottom - (row + crossings[2 * k + 3]) * stepY);
      }
    }
  }
  return path;
}

// Where the level crosses the four sides of a cell (corners a b c d against the clock), in walking order.
// Two crossings are one line; four (a saddle) are two lines, paired by the value in the middle. A NaN corner: none.
function cellCrossings(a, b, c, d, level, out) {
  const [inA, inB, inC, inD] = [a > level, b > level, c > level, d > level];
  if (inA === inB && inB === inC && inC === inD) return 0;
  const sum = a + b + c + d;
  if (sum !== sum) return 0;
  let count = 0;
  const put = (x, y) => {
    out[2 * count] = x;
    out[2 * count + 1] = y;
    count += 1;
  };
  if (inA !== inB) put((level - a) / (b - a), 0);
  if (inB !== inC) put(1, (level - b) / (c - b));
  if (inC !== inD) put((level - d) / (c - d), 1);
  if (inD !== inA) put(0, (level - a) / (d - a));
  if (count === 4 && sum / 4 > level !== inA) rotate(out);
  return count;
}

// Pair the crossings the other way round: first with last.
function rotate(out) {
  const [x, y] = [out[0], out[1]];
  out.copyWithin(0, 2, 8);
  out[6] = x;
  out[7] = y;
}

// The same, or the same numbers again, as a frame brings them whose field has not changed.
function alike(a, b) {
  return a === b || (isList(a) && isList(b) && sameNumbers(a, b));
}

function isList(thing) {
  return Array.isArray(thing) || ArrayBuffer.isView(thing);
}

function sameNumbers(a, b) {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  return i === a.length && i === b.length;
}
