// One of a few: options side by side on a line, as sliders lie on a line; many or long ones in a native select.

import { cell } from "../front/cell.js";
import { make, unique } from "../front/dom.js";

const MOST_SIGNS = 28;

export default function choice(control, store) {
  const signs = control.options.reduce((sum, option) => sum + option.length + 2, 0);
  const short = control.options.length <= 5 && signs <= MOST_SIGNS;
  return short ? segments(control, store) : menu(control, store);
}

function segments(control, store) {
  const group = unique("choice");
  const inputs = control.options.map((_, i) => {
    const pick = (event) => store.change({ [control.name]: i }, event.timeStamp);
    return make("input", { type: "radio", name: group, value: i, onchange: pick });
  });
  const named = (input, option) => make("label", {}, input, make("span", { "data-text": option }, option));
  const labels = inputs.map((input, i) => named(input, control.options[i]));
  const row = make("div", { class: "segments", role: "radiogroup", "aria-label": control.label }, ...labels);
  const { element } = cell(control, [row], "div");
  const show = (index) => inputs.forEach((input, i) => (input.checked = i === index));
  return { element, show };
}

function menu(control, store) {
  const options = control.options.map((option, i) => make("option", { value: i }, option));
  const pick = (event) => store.change({ [control.name]: Number(event.target.value) }, event.timeStamp);
  const select = make("select", { "aria-label": control.label, onchange: pick }, ...options);
  const { element } = cell(control, [select], "div");
  // A menu that is written to makes the browser lay out the page, also if it says the same.
  const show = (index) => {
    if (select.selectedIndex !== index) select.selectedIndex = index;
  };
  return { element, show };
}
