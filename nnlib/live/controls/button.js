// Something to press; its value is how often.

import { button, make } from "../front/dom.js";

export default function pushButton(control, store) {
  const press = (event) => store.change({ [control.name]: store.values[control.name] + 1 }, event.timeStamp);
  const pill = button({ class: "pill", title: control.help }, press, control.label);
  const element = make("div", { class: "control button", "data-control": control.name, "data-kind": "button" }, pill);
  return { element, show() {} };
}
