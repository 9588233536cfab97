// Controls that are folded away under a word, until somebody wants them.

import { make } from "./dom.js";
import { makeRows } from "./rows.js";

// One element for all groups, in the order in which they first come, and `show(values)` for the lines in them.
export function makeGroups(controls, spec) {
  const names = [...new Set(spec.controls.map((control) => control.group).filter(Boolean))];
  const groups = names.map((name) => makeGroup(name, controls, spec));
  const element = make("div", { class: "groups", hidden: !groups.length }, ...groups.map((group) => group.element));
  return { element, show: (values) => groups.forEach((group) => group.rows.show(values)) };
}

function makeGroup(name, controls, spec) {
  const inside = controls.filter((control) => control.group === name && !control.row);
  const rows = makeRows(controls, spec, name);
  const bar = make("div", { class: "bar" }, ...inside.map((control) => control.element));
  const element = make("details", { class: "group", "data-group": name }, make("summary", {}, name), bar, rows.element);
  return { element, rows };
}
