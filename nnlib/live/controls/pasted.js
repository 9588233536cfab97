// A table of the learner's own: pasted, typed, loaded from a file or dropped.

import { cell, saysWhy } from "../front/cell.js";
import { button, make } from "../front/dom.js";

const PAUSE = 400; // ms after the last key
const LARGEST = 64e6; // bytes of a file that are read

export default function pasted(control, store) {
  let timer = 0;
  const send = (at) => {
    clearTimeout(timer);
    const text = thinned(area.value, control.most);
    if (text !== store.values[control.name]) store.change({ [control.name]: text }, at);
  };
  const area = make("textarea", {
    rows: 4, "aria-label": control.label, placeholder: control.placeholder, spellcheck: "false", autocomplete: "off",
    onchange: (event) => send(event.timeStamp),
    oninput: (event) => {
      clearTimeout(timer);
      timer = setTimeout(() => send(event.timeStamp), PAUSE);
    },
  });
  const read = async ([file]) => {
    if (!file) return;
    area.value = thinned(await file.slice(0, LARGEST).text(), control.most);
    send(performance.now());
  };
  const file = make("input", { type: "file", accept: ".csv,.tsv,.txt", hidden: true, onchange: () => read(file.files) });
  area.addEventListener("dragover", (event) => event.preventDefault());
  area.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    event.stopPropagation();
    read(event.dataTransfer.files);
  });
  const load = button({ class: "pill" }, () => file.click(), "load a file");
  const said = make("p", { class: "refusal", "data-part": "refusal", "aria-live": "polite" }, control.help);
  const { element } = cell(control, [area, make("div", { class: "below" }, load, said), file]);
  const show = (text) => {
    if (area !== area.getRootNode().activeElement && area.value !== text) area.value = text;
  };
  return { element, show, refuse: saysWhy(control, element, said, area) };
}

// Every line, or every second, or every third, ..., as many as there is room for; the first, which may be names, always.
function thinned(text, most) {
  const lines = text.split(/\r\n|\r|\n/);
  if (text.length <= most) return text;
  for (let step = Math.ceil(text.length / most); ; step++) {
    const left = lines.filter((_, k) => k === 0 || k % step === 1 % step);
    const shorter = `# 1 line of ${step}\n${left.join("\n")}`;
    if (shorter.length <= most || left.length <= 2) return shorter.slice(0, most);
  }
}
