// Where the pictures of a grid lie: as large as the room allows, their pixels a whole number of the screen's.

const TALLEST = 33; // em: what a laptop's screen shows beside the controls
const SMALL = 10; // em: so wide may a picture of few pixels be; one of many has up to LARGE em a pixel
const LARGE = 0.6;
const CAPTIONED = 4.4; // em: below it a picture would be less than its caption, and rather they take more height
const EDGE = 3; // pixels around the grid, for the frame of what is chosen

// {columns, rows, pixel, wide, high, right, down, line, width, height}: in CSS pixels, but for the first two. `right` and
// `down` are from one picture to the next.
//   count, size: [height, width] in pixels of the picture; columns: as asked, or null
//   widest: what the longest caption needs, 0 if there are none; it spreads the pictures, but not without limit
//   room: how wide all may be; em: the size of the text; ratio: the screen's pixels in one of CSS
export function arrange({ count, size: [high, wide], columns }, widest, room, em, ratio) {
  const gap = Math.round(0.55 * em);
  const line = widest ? Math.round(1.45 * em) : 0;
  const least = Math.min(widest, 9 * em, room - 2 * EDGE);
  const most = Math.max(SMALL * em / Math.max(high, wide), LARGE * em);
  const readable = widest ? CAPTIONED * em / Math.max(high, wide) : 0;
  const fit = (n) => {
    const rows = Math.ceil(count / n);
    if (!columns && n > 1 && n * (least + gap) > room + gap - 2 * EDGE) return 0;
    const across = (room - (n - 1) * gap - 2 * EDGE) / (n * wide);
    const down = (TALLEST * em - (rows - 1) * gap - rows * line - 2 * EDGE) / (rows * high);
    return whole(Math.min(across, columns ? Infinity : Math.max(down, readable), most), ratio);
  };
  const n = columns ? Math.max(1, Math.min(columns, count)) : best(count, fit);
  const pixel = fit(n);
  const rows = Math.ceil(count / n);
  const tile = { wide: pixel * wide, high: pixel * high };
  const spread = n * (least + gap) > room + gap - 2 * EDGE ? tile.wide : Math.max(tile.wide, Math.ceil(least));
  const step = { right: spread + gap, down: tile.high + line + gap };
  return { columns: n, rows, pixel, line, ...tile, ...step, width: n * step.right - gap + 2 * EDGE, height: rows * step.down - gap + 2 * EDGE };
}

// The number in a row with which pictures are largest; of those that are as good, the one with the fewest gaps at the end.
function best(count, fit) {
  let found = { pixel: 0, left: Infinity, n: 1 };
  for (let n = 1; n <= Math.max(1, count); n++) {
    const pixel = fit(n);
    const left = Math.ceil(count / n) * n - count;
    if (pixel > found.pixel * 1.001 || (pixel > found.pixel * 0.999 && left <= found.left)) found = { pixel, left, n };
  }
  return found.n;
}

function whole(pixel, ratio) {
  const dots = pixel * ratio;
  return (dots >= 1 ? Math.floor(dots) : Math.max(dots, 0.02)) / ratio;
}

// The upper left corner of picture k.
export function cornerOf(k, { columns, right, down }) {
  return [EDGE + (k % columns) * right, EDGE + Math.floor(k / columns) * down];
}

// Which pixel lies there: {picture, row, column}; below a picture, on its caption, only which picture. Null in the gaps.
export function pixelAt([x, y], grid, { count, size: [high, wide] }) {
  const across = Math.floor((x - EDGE) / grid.right);
  const picture = Math.floor((y - EDGE) / grid.down) * grid.columns + across;
  if (across < 0 || y < EDGE || across >= grid.columns || picture >= count) return null;
  const [left, top] = cornerOf(picture, grid);
  const [row, column] = [Math.floor((y - top) / grid.pixel), Math.floor((x - left) / grid.pixel)];
  if (y >= top + grid.high) return y < top + grid.high + grid.line ? { picture, row: -1, column: -1 } : null;
  return column < wide && row < high ? { picture, row, column } : null;
}
