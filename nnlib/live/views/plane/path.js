// Paths over a plane.

import { stroke } from "../../front/canvas.js";
import { colourOf } from "../../front/colours.js";

// Less than half a pixel apart: hundreds of steps that end in one minimum need not all be drawn.
function near(a, b) {
  return Math.hypot(a[0] - b[0], a[1] - b[1]) < 0.5;
}

// A path (T, 2). As a film of points it grows with time. Gives its end, to be marked above all paths.
export function drawPath(pen, palette, toX, toY, path, time) {
  const growing = path.xy.film && path.xy.shape.length === 2;
  const { data } = growing ? path.xy.whole() : path.xy.at(time);
  const count = growing ? path.xy.moment(time) + 1 : data.length / 2;
  const colour = colourOf(palette, path.color);
  let last = null;
  pen.globalAlpha = path.thin ? 0.5 : 1;
  stroke(pen, colour, path.thin ? 0.8 : 1.6, () => {
    for (let i = 0; i < count; i++) {
      const spot = [toX(data[2 * i]), toY(data[2 * i + 1])];
      if (!Number.isFinite(spot[0] + spot[1])) break; // where it has left the numbers, it ends
      const far = spot.map((pixel) => Math.max(-1e5, Math.min(1e5, pixel)));
      if (!last) pen.moveTo(...far);
      else if (i < count - 1 && near(last, far)) continue;
      else pen.lineTo(...far);
      last = far;
    }
  });
  pen.globalAlpha = 1;
  if (!last) return null;
  // A closed path has no end to mark; a single point is one.
  const closed = !growing && count > 1 && Math.hypot(data[0] - data.at(-2), data[1] - data.at(-1)) < 1e-5;
  return { x: last[0], y: last[1], colour, text: path.label, mark: closed ? null : path.mark };
}
