// Where the units and lines of a network of little pictures are, in em.

const REACH = 0.45; // how near a line must be to be taken

// A line is [layer, i, j], a weight from unit i of a layer to unit j of the next, or [layer, j], the bias of a unit.
export class Places {
  constructor(boxes) {
    this.boxes = boxes;
  }

  box([layer, place]) {
    return this.boxes[layer]?.[place];
  }

  // Where a line begins and ends, in em; null if there is none such.
  ends(line) {
    const { boxes } = this;
    if (line.length === 2) {
      const box = boxes[line[0]]?.[line[1]];
      return box ? [box[0] - 0.9, box[1] + box[3] + 0.1, box[0], box[1] + box[3] - 0.35] : null;
    }
    const [layer, i, j] = line;
    const [from, to] = [boxes[layer]?.[i], boxes[layer + 1]?.[j]];
    return from && to ? [from[0] + from[2], from[1] + from[3] / 2, to[0], to[1] + to[3] / 2] : null;
  }

  lines() {
    const { boxes } = this;
    const weights = boxes.slice(1).flatMap((layer, k) => boxes[k].flatMap((_, i) => layer.map((_, j) => [k, i, j])));
    return [...weights, ...boxes.slice(1).flatMap((layer, k) => layer.map((_, j) => [k + 1, j]))];
  }

  // Those that end at a unit, from the top down, its bias last.
  into([layer, place]) {
    if (!layer) return [];
    return [...this.boxes[layer - 1].map((_, i) => [layer - 1, i, place]), [layer, place]];
  }

  unitAt([x, y]) {
    for (const [k, layer] of this.boxes.entries()) {
      const i = layer.findIndex(([left, top, wide, tall]) => x >= left && x <= left + wide && y >= top && y <= top + tall);
      if (i >= 0) return [k, i];
    }
    return null;
  }

  lineAt(spot) {
    let best = { line: null, gap: REACH };
    for (const line of this.lines()) {
      const gap = away(this.ends(line), spot);
      if (gap < best.gap) best = { line, gap };
    }
    return best.line;
  }
}

// How far a spot is from a line: along the curve's height at that place.
function away([x0, y0, x1, y1], [x, y]) {
  if (x < x0 || x > x1) return Infinity;
  let [low, high] = [0, 1];
  for (let k = 0; k < 12; k++) {
    const t = (low + high) / 2;
    if (x0 + (x1 - x0) * (1.5 * t * (1 - t) + t ** 3) < x) low = t;
    else high = t;
  }
  return Math.abs(y0 + (y1 - y0) * low * low * (3 - 2 * low) - y);
}
