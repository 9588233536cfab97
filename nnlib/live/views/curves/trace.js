// One curve as it is to be drawn now: its numbers, its colour, how far it has come.

import { stroke } from "../../front/canvas.js";
import { colourOf } from "../../front/colours.js";

// A film of single numbers is a curve that grows with time; `shown` says how far.
export function traceOf(series, time, palette, log) {
  const growing = series.y.film && series.y.shape.length === 1;
  const now = (packed) => (growing && packed.film ? packed.whole() : packed.at(time)).data;
  const y = now(series.y);
  const x = series.x ? now(series.x) : null;
  return {
    label: series.label,
    thin: series.thin,
    mark: series.mark === "dot" ? "circle" : series.mark,
    colour: colourOf(palette, series.color, series.thin ? "grey" : "ink"),
    y,
    at: (i) => (x ? x[i] : i),
    shown: growing ? series.y.moment(time) + 1 : y.length,
    log,
    good: log ? positive : Number.isFinite,
  };
}

// What a logarithmic axis can show.
function positive(value) {
  return value > 0 && value < Infinity;
}

const FAR = 1e5; // pixels: what lies farther out is drawn there, since a canvas draws no line to 1e30

// A line through the good numbers; a gap lifts the pen, infinity too. What leaves the box goes on outside, where the view
// cuts it off: along an edge it would say that the curve stays there.
export function drawTrace(pen, trace, toX, toY) {
  let down = false;
  stroke(pen, trace.colour, trace.thin ? 1 : 2, () => {
    for (let i = 0; i < trace.shown; i++) {
      const good = trace.good(trace.y[i]);
      const y = good ? Math.max(-FAR, Math.min(FAR, toY(trace.y[i]))) : 0;
      if (good && down) pen.lineTo(toX(trace.at(i)), y);
      else if (good) pen.moveTo(toX(trace.at(i)), y);
      down = good;
    }
  });
}

// The range of the good numbers of all curves, "x" or "y".
export function extent(traces, axis) {
  let [lo, hi] = [Infinity, -Infinity];
  for (const trace of traces) {
    for (let i = 0; i < trace.y.length; i++) {
      const value = axis === "x" ? trace.at(i) : trace.y[i];
      if (axis === "y" && !trace.good(value)) continue;
      if (value < lo) lo = value;
      if (value > hi) hi = value;
    }
  }
  return lo <= hi ? [lo, hi] : [0, 1];
}

// The last good number drawn, or null for a curve that has none.
export function lastGood(trace) {
  let i = trace.shown - 1;
  while (i >= 0 && !trace.good(trace.y[i])) i -= 1;
  return i < 0 ? null : i;
}
