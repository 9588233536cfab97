// The cell that the controls above the views share: name left, value right, the thing itself below.

import { make, write } from "./dom.js";

// tag: a label for one field, so that a click on its name is a click on it; a div where there are several.
export function cell(control, parts, tag = "label") {
  const value = make("span", { class: "value" });
  const head = make("span", { class: "head" }, make("span", { class: "label" }, control.label), value);
  const marks = { "data-control": control.name, "data-kind": control.kind, title: control.help };
  const element = make(tag, { class: `control ${control.kind}`, ...marks }, head, ...parts);
  return { element, value };
}

// Why what stands in a field cannot be used; the help, if it can.
export function saysWhy(control, element, said, input) {
  return (reason) => {
    write(said, reason ? `✕ ${reason}` : control.help);
    element.classList.toggle("refused", Boolean(reason));
    input.setAttribute("aria-invalid", Boolean(reason));
  };
}
