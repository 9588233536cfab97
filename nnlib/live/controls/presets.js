// Named settings as pills, with a word about the one that holds.

import { button, make, mark } from "../front/dom.js";
import { identical } from "../front/equal.js";

export default function presets(control, store) {
  const apply = (i) => (event) => store.change({ ...control.options[i].values, [control.name]: i }, event.timeStamp);
  const pills = control.options.map((option, i) =>
    button({ class: "pill", "data-preset": i, "aria-pressed": "false" }, apply(i), option.name));
  // All comments lie on one spot and all but one are invisible: the longest of them keeps the room.
  const says = control.options.map((option) => make("span", { class: "says" }, option.says));
  const row = make("div", { class: "pills", role: "group", "aria-label": control.label }, ...pills);
  const comments = make("div", { class: "comments", "aria-live": "polite" }, ...says);
  const marks = { class: "control presets", "data-control": control.name, "data-kind": "presets" };
  const element = make("div", marks, row, comments);
  function show() {
    const active = activePreset(control, store.values);
    pills.forEach((pill, i) => mark(pill, "aria-pressed", i === active));
    says.forEach((text, i) => {
      text.classList.toggle("shown", i === active);
      mark(text, "aria-hidden", i !== active);
    });
  }
  return { element, show };
}

// The preset that was pressed if it still holds, else the first that does, else none.
function activePreset(control, values) {
  const holds = (option) => Object.entries(option.values).every(([name, value]) => same(values[name], value));
  const pressed = values[control.name];
  if (control.options[pressed] && holds(control.options[pressed])) return pressed;
  const i = control.options.findIndex(holds);
  return i < 0 ? null : i;
}

// Equal as numbers are after a trip through JSON and single precision.
function same(a, b) {
  if (typeof a === "number" && typeof b === "number") return Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b));
  return identical(a, b);
}
