// One of a few: options side by side on a line, as sliders lie on a line; many or long ones in a native select.

import { button, make, unique, write } from "./dom.js";
import { cell } from "./slider.js";

const MOST_SIGNS = 28;

export function choice(control, store) {
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
  const { element } = cell(control, row);
  const show = (index) => inputs.forEach((input, i) => (input.checked = i === index));
  return { element, show };
}

function menu(control, store) {
  const options = control.options.map((option, i) => make("option", { value: i }, option));
  const pick = (event) => store.change({ [control.name]: Number(event.target.value) }, event.timeStamp);
  const select = make("select", { "aria-label": control.label, onchange: pick }, ...options);
  const { element } = cell(control, select);
  // A menu that is written to makes the browser lay out the page, also if it says the same.
  const show = (index) => {
    if (select.selectedIndex !== index) select.selectedIndex = index;
  };
  return { element, show };
}

export function toggle(control, store) {
  const flip = (event) => store.change({ [control.name]: event.target.checked }, event.timeStamp);
  const input = make("input", { type: "checkbox", role: "switch", "aria-label": control.label, onchange: flip });
  const value = make("b");
  const { element } = cell(control, make("span", { class: "switch" }, input, value));
  const show = (on) => {
    input.checked = on;
    write(value, on ? "on" : "off");
  };
  return { element, show };
}

export function pushButton(control, store) {
  const press = (event) => store.change({ [control.name]: store.values[control.name] + 1 }, event.timeStamp);
  const pill = button({ class: "pill", title: control.help }, press, control.label);
  const element = make("div", { class: "control button", "data-control": control.name, "data-kind": "button" }, pill);
  return { element, show() {} };
}

export function textInput(control, store) {
  const type = (event) => store.change({ [control.name]: input.value }, event.timeStamp);
  const input = make("input", {
    type: "text", "aria-label": control.label, placeholder: control.placeholder, spellcheck: "false",
    autocomplete: "off", autocapitalize: "off", oninput: type,
  });
  const said = make("p", { class: "refusal", "data-part": "refusal", "aria-live": "polite" }, control.help);
  const { element } = cell(control, input, said);
  // Never write into a field while somebody types in it, unless it says something else.
  const show = (text) => {
    if (input.value !== text) input.value = text;
  };
  return { element, show, refuse: saysWhy(control, element, said, input) };
}

// Why what stands in a field cannot be used; the help, if it can.
export function saysWhy(control, element, said, input) {
  return (reason) => {
    write(said, reason ? `✕ ${reason}` : control.help);
    element.classList.toggle("refused", Boolean(reason));
    input.setAttribute("aria-invalid", Boolean(reason));
  };
}
