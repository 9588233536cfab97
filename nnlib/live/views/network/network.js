// A small network: its numbers at the player's moment, what is new lit up; a unit that is pointed at shows its lines.

import { make, mark, write } from "../../front/dom.js";
import { ARROWS } from "../../front/keys.js";
import { Drawing, isNew, shownAt, valueAt } from "./drawing.js";

const HINT = "Point at a unit, or use the arrow keys, to see where its numbers come from.";

export default class Network {
  constructor(piece) {
    this.piece = piece;
    this.frame = make("div", { class: "frame movable" });
    this.room = make("span", { class: "room", "aria-hidden": "true" });
    this.said = make("span");
    this.body = make("div", {}, this.frame, make("p", { class: "said" }, this.room, this.said));
    this.focusable = this.frame;
    this.movable = true;
    this.chosen = null;
    this.listen(this.frame);
  }

  close() {}

  update(view) {
    this.view = view;
    const outline = JSON.stringify([view.boxes, view.marks, view.size]);
    if (outline !== this.outline) this.build(outline);
    else if (this.drawing.beside) this.drawing.beside.view = view;
    const every = [HINT, ...view.says, ...view.sentences.flat(2).map(([, text]) => text)];
    write(this.room, every.reduce((most, text) => (text.length > most.length ? text : most)));
  }

  build(outline) {
    const { view } = this;
    this.outline = outline;
    this.chosen = null;
    this.drawing = new Drawing(view);
    this.frame.style.setProperty("--wide", view.size[0]);
    this.frame.replaceChildren(this.drawing.node);
  }

  // --- the hand ----------------------------------------------------------------------------------

  listen(frame) {
    const under = (event) => event.target.closest?.("[data-unit]")?.dataset.unit.split(",").map(Number) ?? null;
    for (const name of ["pointerover", "pointerdown"]) frame.addEventListener(name, (event) => this.choose(under(event)));
    frame.addEventListener("pointerleave", (event) => event.pointerType === "touch" || this.choose(null));
    frame.addEventListener("blur", () => this.choose(null));
    frame.addEventListener("focus", () => this.piece.byKeyboard && this.step([0, 0]));
    frame.addEventListener("keydown", (event) => this.key(event));
  }

  choose(unit) {
    if (String(unit) === String(this.chosen)) return;
    this.chosen = unit;
    this.piece.redraw();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") this.choose(null);
    else if (ARROWS[event.key]) this.step(ARROWS[event.key]);
    else return;
    event.preventDefault();
  }

  // To the neighbour; in another layer, to the unit at the same height.
  step([layers, places]) {
    const { boxes } = this.view;
    const [layer, place] = this.chosen ?? this.last ?? this.view.lit ?? [0, 0];
    const to = Math.max(0, Math.min(boxes.length - 1, layer + layers));
    const height = ([, top, , tall]) => top + tall / 2;
    const here = height(boxes[layer][place]);
    const gaps = boxes[to].map((box) => Math.abs(height(box) - here));
    const next = layers ? gaps.indexOf(Math.min(...gaps)) : place + places;
    this.last = [to, Math.max(0, Math.min(boxes[to].length - 1, next))];
    this.choose(this.last);
    this.piece.announce(this.sentence(this.last) || this.view.names[this.last[0]][this.last[1]]);
  }

  // --- the moment --------------------------------------------------------------------------------

  get now() {
    const { time } = this.piece.store;
    return time < 0 || time >= this.view.moments ? this.view.moments - 1 : time;
  }

  sentence(unit) {
    const changes = this.view.sentences[unit[0]]?.[unit[1]] ?? [];
    return changes.findLast(([since]) => since <= this.now)?.[1] ?? "";
  }

  draw() {
    if (!this.view) return;
    const { view, drawing } = this;
    const unit = this.chosen ?? view.lit;
    for (const text of drawing.texts) this.drawText(text, unit);
    for (const line of drawing.lines) this.drawLine(line, unit);
    for (const one of drawing.units) this.drawUnit(one, unit);
    drawing.beside?.show(unit, (name, of) => shownAt(view.arrays[name], of, this.now, view.digits));
    const moment = view.says[view.says.length > 1 ? this.now : 0] ?? "";
    const said = (this.chosen || !moment) && unit ? this.sentence(unit) : moment;
    this.said.classList.toggle("quiet", !said);
    write(this.said, said || HINT);
  }

  // Whether something of that name is new at this moment.
  fresh(name, of) {
    const packed = this.view.arrays[name];
    return Boolean(packed) && isNew(packed, of, this.now);
  }

  drawText({ node, array, tone, of }, unit) {
    if (array) write(node, shownAt(this.view.arrays[array], of, this.now, this.view.digits));
    const fresh = array && !this.chosen && this.fresh(array, of) ? "fresh" : "";
    const away = of.length === 3 && unit && !belongsTo(of, unit) ? "away" : "";
    mark(node, "class", `${tone} ${of.length === 3 ? "on-line" : ""} ${fresh} ${away}`);
  }

  drawLine({ node, of }, unit) {
    const value = valueAt(this.view.arrays[`w${of[0]}`], of, this.now);
    const sign = value === null ? "unknown" : value < 0 ? "negative" : "positive";
    const width = (0.7 + (3 * Math.abs(value ?? 0)) / this.view.heaviest).toFixed(2);
    mark(node, "stroke-width", width);
    const lit = unit ? belongsTo(of, unit) : this.carries(of);
    mark(node, "class", `line ${sign} ${lit ? "lit" : unit ? "away" : ""}`);
  }

  // A line is lit when something has just gone along it: forward into a unit's sum, back out of a unit, or its slope.
  carries([layer, i, j]) {
    const sum = `z:${layer + 1}` in this.view.arrays ? "z" : "a";
    return this.fresh(`${sum}:${layer + 1}`, [layer + 1, j]) || this.fresh(`g${layer}`, [layer, i, j]) ||
      (layer > 0 && this.fresh(`δ:${layer}`, [layer, i]));
  }

  drawUnit({ node, of }, unit) {
    const chosen = unit && String(of) === String(unit);
    const mine = this.chosen ? [] : this.drawing.texts.filter((text) => text.array && String(text.of) === String(of));
    const fresh = mine.filter(({ array }) => this.fresh(array, of)).map(({ tone }) => tone);
    mark(node, "class", `unit ${chosen ? "chosen" : ""} ${fresh.includes("orange") ? "back" : fresh.length ? "forth" : ""}`);
  }
}

// Whether a line begins or ends at a unit.
function belongsTo([layer, i, j], [at, place]) {
  return (layer === at && i === place) || (layer + 1 === at && j === place);
}
