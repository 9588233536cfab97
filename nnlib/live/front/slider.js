// A slider: its name, its value as the page shows it, and a native range over its stops.

import { make, write } from "./dom.js";
import { shortNumber } from "./numbers.js";

// The cell that every control of the bar shares: name left, value right, the thing itself below.
export function cell(control, ...parts) {
  const value = make("span", { class: "value" });
  const head = make("span", { class: "head" }, make("span", { class: "label" }, control.label), value);
  const tag = control.kind === "choice" ? "div" : "label";
  const marks = { "data-control": control.name, "data-kind": control.kind, title: control.help };
  const element = make(tag, { class: `control ${control.kind}`, ...marks }, head, ...parts);
  return { element, value };
}

export function slider(control, store) {
  const { stops, texts } = control;
  const input = make("input", { type: "range", min: 0, max: stops.length - 1, step: 1, "aria-label": control.label });
  const { element, value } = cell(control, input);
  value.style.minWidth = `${Math.max(...texts.map((text) => text.length))}ch`;
  input.addEventListener("input", (event) => store.change({ [control.name]: stops[Number(input.value)] }, event.timeStamp));
  let shown = null;
  function show(number) {
    if (number === shown) return;
    shown = number;
    const i = nearest(stops, number);
    const text = (stops[i] === number ? texts[i] : shortNumber(number)).replace("-", "−");
    if (Number(input.value) !== i) input.value = i;
    input.style.setProperty("--share", stops.length > 1 ? i / (stops.length - 1) : 0);
    if (input.getAttribute("aria-valuetext") !== text) input.setAttribute("aria-valuetext", text);
    write(value, text);
  }
  return { element, show };
}

function nearest(stops, number) {
  let best = 0;
  stops.forEach((stop, i) => {
    if (Math.abs(stop - number) < Math.abs(stops[best] - number)) best = i;
  });
  return best;
}
