// A handle's place, typed: two numbers, instead of a drag.

import { cell } from "../front/cell.js";
import { make, mark, write } from "../front/dom.js";

const NUMBER = "[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[-+]?\\d+)?";
const PAIR = new RegExp(`^\\s*\\(?\\s*(${NUMBER})(?:\\s*[,;]\\s*|\\s+)(${NUMBER})\\s*\\)?\\s*$`, "i");

// [x, y] of "−1.2, 1"; null where these are not two numbers.
function readPair(text) {
  const found = PAIR.exec(text.replaceAll("−", "-"));
  const pair = found && [Number(found[1]), Number(found[2])];
  return pair && pair.every(Number.isFinite) ? pair : null;
}

export default function typedPlace(control, store) {
  const input = make("input", {
    type: "text", "aria-label": `${control.label}: x, y`, spellcheck: "false", autocomplete: "off",
  });
  const { element, value: said } = cell(control, [input]);
  const written = (place) => place.map((number) => String(Number(number.toPrecision(4))).replaceAll("-", "−")).join(", ");
  let place = control.value;
  function judge(pair) {
    element.classList.toggle("refused", !pair);
    mark(input, "aria-invalid", !pair);
    write(said, pair ? "" : "two numbers: x, y");
  }
  input.addEventListener("input", (event) => {
    const pair = readPair(input.value);
    judge(pair);
    if (pair) store.change({ [control.name]: pair }, event.timeStamp);
  });
  input.addEventListener("change", () => show(place, true));
  // Not written over while somebody types in it.
  function show(now, typed = false) {
    place = now;
    if (!typed && input === input.getRootNode().activeElement) return;
    input.value = written(place);
    judge(place);
  }
  return { element, show };
}
