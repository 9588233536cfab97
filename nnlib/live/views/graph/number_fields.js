// The numbers at the leaves of a graph: dragged, nudged, typed.

import { make } from "../../front/dom.js";
import { shortNumber } from "../../front/numbers.js";

const PIXELS_A_STEP = 4;

export class NumberFields {
  constructor(piece, graph) {
    Object.assign(this, { piece, graph, field: null });
  }

  get all() {
    return this.piece.store.values[this.graph.view.numbers];
  }

  get control() {
    return this.piece.store.control(this.graph.view.numbers);
  }

  value(name) {
    return this.all[name];
  }

  set(name, number, at) {
    if (this.value(name) === number) return;
    this.piece.store.change({ [this.graph.view.numbers]: { ...this.all, [name]: number } }, at);
  }

  // A number by hand: within the control's range, on its steps.
  put(name, number, at) {
    const { low, high, step } = this.control;
    const whole = Math.round(Math.max(low, Math.min(high, number)) / step) * step;
    this.set(name, Number(whole.toPrecision(6)), at);
  }

  drag(name, from, pixels, at) {
    this.put(name, from + Math.round(pixels / PIXELS_A_STEP) * this.control.step, at);
  }

  nudge(node, sign, event) {
    this.put(node.number, this.value(node.number) + sign * this.control.step, event.timeStamp);
    this.piece.announce(`${node.number} is ${shortNumber(this.value(node.number))}`);
  }

  // A field over the box; Enter or leaving takes the number, Escape leaves it.
  type(node) {
    this.endTyping();
    const { pane, frame } = this.graph;
    const field = make("input", { type: "text", inputmode: "decimal", class: "typed", "aria-label": node.number, style: over(pane, node.box) });
    field.value = String(this.value(node.number));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.take(node, field, event.timeStamp);
      if (event.key === "Escape") this.endTyping();
      if (event.key === "Enter" || event.key === "Escape") frame.focus({ preventScroll: true });
    });
    field.addEventListener("blur", (event) => this.field === field && this.take(node, field, event.timeStamp));
    this.field = field;
    frame.append(field);
    field.focus({ preventScroll: true });
    field.select();
  }

  take(node, field, at) {
    const text = field.value.trim().replace("−", "-").replace(",", ".");
    const number = Number(text);
    const good = text !== "" && Number.isFinite(number) && Math.abs(number) <= this.control.most;
    this.endTyping();
    if (good) this.set(node.number, number, at);
    else this.piece.announce(`${node.number} stays: expected a number`);
  }

  endTyping() {
    const { field } = this;
    this.field = null;
    field?.remove();
  }
}

// Where a box is on the page, as a style.
function over(pane, [x, y, w, h]) {
  const unit = pane.em * pane.scale;
  const [left, top] = pane.toPixels([x - w / 2 + 0.35, y - h / 2 + 0.35]);
  return `left:${left}px; top:${top}px; width:${w * unit}px; height:${h * unit}px; font-size:${unit}px`;
}
