// What stands at rows and columns: round numbers of an axis, or as many words as fit.

import { linear, logarithmic } from "../../front/axes.js";

// {value, text} for an axis of `given` ticks: `value` is the place among rows or columns, from 0, between them as well.
// most: how many fit.
export function ticksOf({ kind, texts, numbers }, most) {
  if (kind === "words" || texts.length <= most) {
    const stride = Math.ceil(texts.length / Math.max(1, most));
    return texts.map((text, value) => ({ value, text })).filter(({ value }) => value % stride === 0);
  }
  const at = kind === "log" ? Math.log10 : (number) => number;
  const [first, last] = [numbers[0], numbers.at(-1)];
  const place = (number) => ((at(number) - at(first)) / (at(last) - at(first))) * (texts.length - 1);
  const make = kind === "log" ? logarithmic : linear;
  const ticks = make(Math.min(first, last), Math.max(first, last), 0, 1).ticks(Math.max(2, Math.floor(most)));
  const whole = kind === "linear" && numbers.every(Number.isInteger); // half a unit is no unit
  const kept = whole ? ticks.filter(({ value }) => Number.isInteger(Number(value.toPrecision(9)))) : ticks;
  const shown = kept.map(({ value, text }) => ({ value: place(value), text }));
  return shown.filter(({ value }) => value > -0.6 && value < texts.length - 0.4).sort((a, b) => a.value - b.value);
}
