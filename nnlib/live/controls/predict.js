// A guess before the reveal: a card over the veiled views, and afterwards a line that keeps guess and answer together.

import { button, make, write } from "../front/dom.js";

export default function predict(control, store) {
  const guess = (i) => (event) => {
    store.change({ [control.name]: i }, event.timeStamp);
    line.focus({ preventScroll: true });
  };
  const buttons = control.options.map((option, i) => button({ class: "pill", "data-option": i }, guess(i), option));
  const head = make("p", { class: "small" }, "Your guess first");
  const question = make("p", { class: "question" }, control.question);
  const card = make("div", { class: "card", role: "group", "aria-label": control.question },
    head, question, make("div", { class: "pills" }, ...buttons));
  const verdict = make("b");
  const rest = make("span");
  const line = make("p", { class: "verdict", tabindex: -1 }, make("span", { class: "asked" }, control.question), verdict, rest);
  const element = make("div", { class: "predict", "data-control": control.name, "data-kind": "predict" }, line);
  function show(index) {
    const open = index === null || index === undefined;
    card.hidden = !open;
    line.classList.toggle("shown", !open);
    if (!open) writeVerdict(control, index, line, verdict, rest);
  }
  return { element, card, show };
}

function writeVerdict(control, index, line, verdict, rest) {
  const right = control.answer === index;
  const known = control.answer !== null && control.answer !== undefined;
  line.dataset.right = known ? right : "";
  write(verdict, `Your guess: ${control.options[index]}`);
  const told = !known ? "" : right ? " ✓ right" : ` ✕ the answer is “${control.options[control.answer]}”`;
  write(rest, told + (control.because ? `: ${control.because}` : ""));
}
