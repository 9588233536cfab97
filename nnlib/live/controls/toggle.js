// On or off: a checkbox that looks like a switch, and the word beside it.

import { cell } from "../front/cell.js";
import { make, write } from "../front/dom.js";

export default function toggle(control, store) {
  const flip = (event) => store.change({ [control.name]: event.target.checked }, event.timeStamp);
  const input = make("input", { type: "checkbox", role: "switch", "aria-label": control.label, onchange: flip });
  const value = make("b");
  const { element } = cell(control, [make("span", { class: "switch" }, input, value)]);
  const show = (on) => {
    input.checked = on;
    write(value, on ? "on" : "off");
  };
  return { element, show };
}
