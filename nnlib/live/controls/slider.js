// A slider: its name, its value as the page shows it, and a native range over its stops.

import { cell } from "../front/cell.js";
import { make, write } from "../front/dom.js";
import { shortNumber } from "../front/numbers.js";

export default function slider(control, store) {
  const { stops, texts } = control;
  const input = make("input", { type: "range", min: 0, max: stops.length - 1, step: 1, "aria-label": control.label });
  const { element, value } = cell(control, [input]);
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
