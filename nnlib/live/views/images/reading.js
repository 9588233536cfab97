// What a pixel says: its value and its place, read from the levels that were sent.

import { shortNumber } from "../../front/numbers.js";

const MISSING = 255;
const CHANNELS = ["red", "green", "blue"];

// As many decimals as the levels can tell apart.
function written(number, step) {
  const digits = Math.max(0, Math.min(8, Math.floor(-Math.log10(step) + 1e-9)));
  const text = number.toFixed(digits);
  return Math.abs(number) >= 1e5 ? shortNumber(number) : (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
}

// One number, or "≥ 1" where it lies beyond the end of the scale.
function valueOf(level, { range: [low, high], top, missing, beyond, ends }) {
  if (missing && level === MISSING) return "not a number";
  if (level === 0 && beyond[0]) return ends[0];
  if (level === top && beyond[1]) return ends[1];
  return written(low + ((high - low) * level) / top, (high - low) / top);
}

// levels: one, or three in colour.
function valueText(levels, view) {
  if (levels.length === 1) return valueOf(levels[0], view);
  return levels.map((level, k) => `${CHANNELS[k]} ${valueOf(level, view)}`).join(", ");
}

export function nameOf(picture, { captions, count }) {
  return captions[picture] || (count > 1 ? `picture ${picture}` : "");
}

// The whole sentence: "8 → 5, 97 % · row 3, column 4: 0.50".
export function sentence({ picture, row, column }, levels, view) {
  const place = row < 0 ? "" : `row ${row}, column ${column}: ${valueText(levels, view)}`;
  return [nameOf(picture, view), place].filter(Boolean).join(" · ");
}
