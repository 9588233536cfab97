// A line of text, given on at every key.

import { cell, saysWhy } from "../front/cell.js";
import { make } from "../front/dom.js";

export default function textInput(control, store) {
  const type = (event) => store.change({ [control.name]: input.value }, event.timeStamp);
  const input = make("input", {
    type: "text", "aria-label": control.label, placeholder: control.placeholder, spellcheck: "false",
    autocomplete: "off", autocapitalize: "off", oninput: type,
  });
  const said = make("p", { class: "refusal", "data-part": "refusal", "aria-live": "polite" }, control.help);
  const { element } = cell(control, [input, said]);
  // Never write into a field while somebody types in it, unless it says something else.
  const show = (text) => {
    if (input.value !== text) input.value = text;
  };
  return { element, wide: true, show, refuse: saysWhy(control, element, said, input) };
}
