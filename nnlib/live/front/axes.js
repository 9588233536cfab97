// Scales and axes: few ticks at round numbers, thin lines, the unit written once at the end.

import { fitted, say, stroke } from "./canvas.js";
import { powerOfTen, tickText } from "./numbers.js";

export function linear(d0, d1, r0, r1) {
  const slope = (r1 - r0) / (d1 - d0 || 1);
  const scale = (value) => r0 + (value - d0) * slope;
  scale.invert = (pixel) => d0 + (pixel - r0) / slope;
  scale.ticks = (count) => linearTicks(d0, d1, count);
  return scale;
}

export function logarithmic(d0, d1, r0, r1) {
  const [e0, e1] = [Math.log10(d0), Math.log10(d1)];
  const inner = linear(e0, e1, r0, r1);
  const scale = (value) => (value > 0 ? inner(Math.log10(value)) : NaN);
  scale.invert = (pixel) => 10 ** inner.invert(pixel);
  scale.ticks = (count) => powerTicks(e0, e1, count);
  return scale;
}

function niceStep(span, count) {
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5].find((factor) => factor * power >= rough * 0.96) ?? 10);
}

function linearTicks(lo, hi, count) {
  if (!(hi > lo)) return [{ value: lo, text: tickText(lo, 1) }];
  const step = hi - lo === 360 ? 90 : closed(lo, hi, niceStep(hi - lo, count)); // a full turn has quarters
  const first = Math.ceil(lo / step - 1e-6);
  // A thousand steps are numbered 0 to 999: the tick at 1000 belongs to them.
  const last = Math.floor(hi / step + 0.005);
  const values = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
  return values.map((value) => ({ value, text: tickText(value, step) }));
}

// Half a step where one step alone would leave the end of the axis without a number: 0, 100, 200, 300 and not 0, 200.
function closed(lo, hi, step) {
  const ends = [lo, hi].every((end) => Math.abs((2 * end) / step - Math.round((2 * end) / step)) < 1e-6);
  return ends && (hi - lo) / step < 2 && (hi - lo) / step > 1 ? step / 2 : step;
}

// Powers of ten; over less than three of them, twice and five times each as well.
function powerTicks(e0, e1, count) {
  const factors = e1 - e0 < 2.5 ? [1, 2, 5] : [1];
  const step = Math.max(1, Math.ceil((e1 - e0) / Math.max(1, count)));
  const ticks = [];
  for (let e = Math.floor(e0 / step) * step; e <= e1 + 1e-9; e += step) {
    for (const factor of factors) ticks.push(powerTick(factor, e));
  }
  return ticks.filter(({ value }) => value >= 10 ** e0 * 0.999 && value <= 10 ** e1 * 1.001);
}

function powerTick(factor, e) {
  const value = factor * 10 ** e;
  const plain = factor > 1 || (e >= -2 && e <= 3);
  return { value, text: plain ? String(Number(value.toPrecision(1))) : powerOfTen(e) };
}

// Widen a range to round numbers: the axis then holds still while its data moves a little.
export function niceRange(lo, hi, log) {
  if (!(hi > lo)) return log ? [lo / 10 || 0.1, lo * 10 || 1] : [lo - 0.5, lo + 0.5];
  if (log) return [10 ** Math.floor(Math.log10(lo) + 1e-9), 10 ** Math.ceil(Math.log10(hi) - 1e-9)];
  const start = lo >= 0 && lo < 0.5 * hi ? 0 : lo;
  const step = niceStep(hi - start, 4) / 2;
  return [Math.floor(start / step + 1e-6) * step, Math.ceil(hi / step - 1e-6) * step];
}

// Horizontal lines with their numbers at the left.
export function drawRows(pen, palette, box, ticks, toY) {
  for (const { value, text } of ticks) {
    const y = Math.round(toY(value)) + 0.5;
    stroke(pen, palette.line, 1, () => {
      pen.moveTo(box.left, y);
      pen.lineTo(box.left + box.width, y);
    });
    say(pen, text, box.left - 8, y, { colour: palette.muted, align: "right" });
  }
}

// Numbers below and the axis's name at their end, with the last number as its unit if it is one word: "1000 steps".
// A number that would touch its neighbour is left out.
export function drawBelow(pen, palette, box, ticks, toX, { label = "", joined = true }) {
  const y = box.top + box.height + palette.size * 0.95;
  const end = box.left + box.width;
  const shown = [...ticks];
  const unit = joined && label && !label.includes(" ") && shown.length && end - toX(shown.at(-1).value) < 2;
  const name = fitted(pen, unit ? `${shown.pop().text} ${label}` : label, end);
  let free = end;
  if (name) {
    say(pen, name, end, y, { colour: palette.muted, align: "right" });
    free = end - pen.measureText(name).width - palette.size * 0.7;
  }
  for (const { value, text } of shown.reverse()) {
    const half = pen.measureText(text).width / 2;
    const x = Math.max(half, Math.min(toX(value), end - half));
    if (x + half > free) continue;
    say(pen, text, x, y, { colour: palette.muted, align: "center" });
    free = x - half - palette.size * 0.7;
  }
}
