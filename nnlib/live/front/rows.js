// Controls that stand in one line, behind their switch; the mark before it is the key to the picture's colours.

import { make } from "./dom.js";

// One element for all lines of a piece that stand open, or in a group, and `show(values)`: what is switched off can be seen, but not moved.
export function makeRows(controls, spec, group = "") {
  const inRows = controls.filter((control) => control.row && control.group === group);
  const names = [...new Set(inRows.map((control) => control.row))];
  const lines = names.map((name) => line(name, inRows.filter((control) => control.row === name), spec));
  const element = make("div", { class: "rows", hidden: !lines.length }, ...lines.map(({ element }) => element));
  const show = (values) => lines.forEach((one) => one.show(values));
  return { element, show };
}

function line(name, [toggle, ...parts], spec) {
  const { label, color } = spec.controls.find((control) => control.name === name);
  const swatch = color ? make("i", { class: "swatch", style: `background: var(--${color})` }) : null;
  const name_ = make("label", { class: "row-name" }, swatch, label);
  toggle.element.prepend(name_);
  const rest = make("div", { class: "row-parts" }, ...parts.map((part) => part.element));
  const element = make("div", { class: "row", role: "group", "aria-label": label }, toggle.element, rest);
  const show = (values) => {
    rest.inert = !values[name];
    element.classList.toggle("off", !values[name]);
  };
  return { element, show };
}
