// The symbols at the ends of paths and curves: each its own shape, so that colour is never alone.

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

// A symbol with a thin edge in the page's colour; r is about the radius of a circle as large.
export function drawSymbol(pen, palette, kind, x, y, colour, r = palette.size * 0.32) {
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
