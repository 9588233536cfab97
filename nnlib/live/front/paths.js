// Paths over a plane, and the marks at their ends: each its own shape, so that colour is never alone.

import { colourOf } from "./colours.js";
import { stroke } from "./canvas.js";

const CORNERS = {
  square: polygon(4, 0.25, 1.2),
  diamond: polygon(4, 0, 1.3),
  triangle: polygon(3, 0.5, 1.35),
  down: polygon(3, 0, 1.35),
  plus: star(4, 0.5, 1.4, 0.42),
  cross: star(4, 0.25, 1.4, 0.42),
  star: star(5, 0.5, 1.5, 0.6),
};

// Corners at equal angles, the first at `turn` quarter turns from straight down.
function polygon(count, turn, radius) {
  return Array.from({ length: count }, (_, i) => corner((i / count) * 4 + turn * 2, radius));
}

function star(count, turn, outer, inner) {
  return Array.from({ length: 2 * count }, (_, i) => corner((i / count) * 2 + turn * 2, i % 2 ? inner : outer));
}

function corner(quarters, radius) {
  const angle = (quarters * Math.PI) / 2;
  return [radius * Math.sin(angle), radius * Math.cos(angle)];
}

// A mark with a thin edge in the page's colour; r is about the radius of a circle as large.
export function drawMark(pen, palette, kind, x, y, colour, r = palette.size * 0.32) {
  pen.beginPath();
  if (kind === "dot") pen.arc(x, y, r * 0.8, 0, 2 * Math.PI);
  else if (kind === "circle") pen.arc(x, y, r * 1.1, 0, 2 * Math.PI);
  else {
    (CORNERS[kind] ?? CORNERS.square).forEach(([dx, dy], i) => (i ? pen.lineTo(x + r * dx, y + r * dy) : pen.moveTo(x + r * dx, y + r * dy)));
    pen.closePath();
  }
  pen.fillStyle = colour;
  pen.fill();
  if (kind === "dot") return;
  pen.strokeStyle = palette.page;
  pen.lineWidth = 1.2;
  pen.stroke();
}

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
