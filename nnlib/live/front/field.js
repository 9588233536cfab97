// A field of numbers over a plane: as a smooth tint, and as contour lines.

import { make } from "./dom.js";

// The tint, one canvas pixel per sample; drawn larger by the browser, and smoothed unless its cells shall be seen.
export class FieldImage {
  constructor() {
    this.canvas = make("canvas");
    this.key = [];
  }

  // Paint only when the numbers or the colours are others than last time.
  update(grid, range, table) {
    const key = [grid.data, range[0], range[1], table];
    if (key.every((part, i) => alike(part, this.key[i]))) return;
    this.key = key;
    const [rows, columns] = grid.shape;
    if (this.canvas.width !== columns) this.canvas.width = columns;
    if (this.canvas.height !== rows) this.canvas.height = rows;
    const pen = this.canvas.getContext("2d");
    const image = pen.createImageData(columns, rows);
    paintRows(grid, range, table, new Uint32Array(image.data.buffer));
    pen.putImageData(image, 0, 0);
  }

  // The centres of the outermost samples lie on the edges of the box: half a sample falls away all around.
  draw(pen, box, smooth) {
    const { width, height } = this.canvas;
    pen.imageSmoothingEnabled = smooth;
    pen.imageSmoothingQuality = "high";
    pen.drawImage(this.canvas, 0.5, 0.5, width - 1, height - 1, box.left, box.top, box.width, box.height);
  }
}

// Row 0 of the data is the bottom of the plane and the last row of the image. NaN stays transparent: a gap.
function paintRows({ data, shape: [rows, columns] }, [lo, hi], table, pixels) {
  const scale = 255 / (hi - lo || 1);
  for (let row = 0; row < rows; row++) {
    const from = row * columns;
    const to = (rows - 1 - row) * columns;
    for (let column = 0; column < columns; column++) {
      const shade = (data[from + column] - lo) * scale + 0.5;
      if (shade === shade) pixels[to + column] = table[shade < 0 ? 0 : shade > 255 ? 255 : shade | 0];
    }
  }
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
  const lists = [a, b].every((list) => Array.isArray(list) || ArrayBuffer.isView(list));
  return a === b || (lists && a.length === b.length && a.every((value, i) => value === b[i]));
}

// Contours are found once and drawn many times: a dragged point moves over a field that stands still.
export class Contours {
  constructor() {
    this.key = [];
    this.paths = [];
  }

  update(grid, levels, box) {
    const key = [grid.data, levels, box.left, box.top, box.width, box.height];
    if (key.every((part, i) => alike(part, this.key[i]))) return this.paths;
    this.key = key;
    this.paths = levels.map((level) => contour(grid, level, box));
    return this.paths;
  }
}
