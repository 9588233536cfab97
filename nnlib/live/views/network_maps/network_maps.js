// A network of little pictures: what each unit answers on the plane, and weights as lines that can be taken hold of.

import { setByHand } from "../../controls/history.js";
import { Surface } from "../../front/canvas.js";
import { make, write } from "../../front/dom.js";
import { ARROWS } from "../../front/keys.js";
import { fixedNumber } from "../../front/numbers.js";
import { MapsPicture } from "./picture.js";
import { Places } from "./places.js";

const PER_PIXEL = 0.02; // how much a weight changes when it is dragged by one pixel
const POINT = "Point at a unit to see its weights";
const GRAB = `${POINT}; drag a line up or down to change one.`;
const KEYS = "Arrows: to another unit. Enter: its next line. + and −: change it.";

export default class NetworkMaps {
  constructor(piece) {
    this.piece = piece;
    this.surface = new Surface(() => this.draw());
    this.picture = new MapsPicture(this);
    this.said = make("p", { class: "said" });
    this.body = make("div", {}, this.surface.frame, this.said);
    this.focusable = this.surface.frame;
    this.movable = true;
    this.unit = null; // [layer, place]
    this.line = null; // [layer, i, j] a weight, [layer, j] the bias of a unit
    this.held = null;
    this.listen(this.surface.frame);
  }

  close() {
    this.surface.close();
  }

  update(view) {
    this.view = view;
    this.places = new Places(view.boxes);
    const { style } = this.surface.frame;
    style.setProperty("--wide", view.size[0]);
    style.setProperty("--tall", view.size[1]);
    if (this.unit && !this.places.box(this.unit)) this.unit = null;
    if (this.line && !this.places.ends(this.line)) this.line = this.held = null;
    this.surface.frame.classList.toggle("movable", Boolean(view.hand));
  }

  holds(name) {
    return this.view?.hand === name;
  }

  // --- pixels --------------------------------------------------------------------------------------

  get unitSize() {
    return this.surface.width / this.view.size[0];
  }

  spot(event) {
    const rect = this.surface.canvas.getBoundingClientRect();
    return [(event.clientX - rect.left) / this.unitSize, (event.clientY - rect.top) / this.unitSize];
  }

  // The middle of a line on the screen, for tests.
  placeOf(line) {
    const rect = this.surface.canvas.getBoundingClientRect();
    const [x0, y0, x1, y1] = this.places.ends(line);
    return { x: rect.left + this.unitSize * (x0 + x1) / 2, y: rect.top + this.unitSize * (y0 + y1) / 2 };
  }

  // --- the hand ------------------------------------------------------------------------------------

  listen(frame) {
    frame.addEventListener("pointermove", (event) => (this.held ? this.drag(event) : this.point(event)));
    frame.addEventListener("pointerdown", (event) => this.grab(event));
    for (const name of ["pointerup", "pointercancel"]) frame.addEventListener(name, () => this.letGo());
    frame.addEventListener("pointerleave", () => this.held || this.choose(null, null));
    frame.addEventListener("blur", () => this.choose(null, null));
    frame.addEventListener("focus", () => this.piece.byKeyboard && this.step([0, 0]));
    frame.addEventListener("keydown", (event) => this.key(event));
  }

  choose(unit, line) {
    if (String([unit, "/", line]) === String([this.unit, "/", this.line])) return;
    Object.assign(this, { unit, line });
    this.piece.redraw();
  }

  point(event) {
    if (!this.view) return;
    const spot = this.spot(event);
    const unit = this.places.unitAt(spot);
    const line = unit || !this.view.hand ? null : this.places.lineAt(spot);
    this.surface.frame.style.cursor = line ? "ns-resize" : "";
    this.choose(unit, line);
  }

  grab(event) {
    this.point(event);
    if (!this.line) return;
    this.held = { from: this.value(this.line), y: event.clientY };
    this.surface.frame.setPointerCapture(event.pointerId);
    this.focusable.focus({ preventScroll: true });
    event.preventDefault();
  }

  drag(event) {
    const fine = event.shiftKey ? 0.1 : 1;
    this.set(this.line, this.held.from + (this.held.y - event.clientY) * PER_PIXEL * fine);
  }

  letGo() {
    this.held = null;
  }

  set(line, value) {
    const number = Math.round(Math.max(-20, Math.min(20, value)) * 1000) / 1000;
    setByHand(this.piece.store, this.view.hand, line.join(","), number);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const sign = { "+": 1, "=": 1, "-": -1, "−": -1 }[event.key];
    if (event.key === "Escape") this.choose(null, null);
    else if (ARROWS[event.key]) this.step(ARROWS[event.key]);
    else if (event.key === "Enter" && this.unit) this.nextLine();
    else if (sign && this.line && this.view.hand) this.set(this.line, this.value(this.line) + 0.1 * sign);
    else return;
    event.preventDefault();
  }

  // To the neighbour; in another layer, to the unit at the same height.
  step([layers, places]) {
    const { boxes } = this.view;
    const [layer, place] = this.unit ?? this.last ?? [1, 0];
    const to = Math.max(0, Math.min(boxes.length - 1, layer + layers));
    const here = boxes[layer]?.[place]?.[1] ?? 0;
    const gaps = boxes[to].map((box) => Math.abs(box[1] - here));
    const next = layers ? gaps.indexOf(Math.min(...gaps)) : place + places;
    this.last = [to, Math.max(0, Math.min(boxes[to].length - 1, next))];
    this.choose(this.last, null);
    this.piece.announce(this.view.names[to][this.last[1]]);
  }

  nextLine() {
    const lines = this.places.into(this.unit).map(String);
    if (!lines.length) return;
    const next = lines[(lines.indexOf(String(this.line)) + 1) % lines.length];
    this.choose(this.unit, next.split(",").map(Number));
    this.piece.announce(this.sentence());
  }

  // --- the picture ---------------------------------------------------------------------------------

  value(line) {
    const array = line.length === 2 ? this.view.biases[line[0] - 1] : this.view.weights[line[0]];
    const { data, shape } = array.at(this.piece.store.time);
    return line.length === 2 ? data[line[1]] : data[line[1] * shape[1] + line[2]];
  }

  sentence() {
    const { names, hand } = this.view;
    if (!this.line && hand && this.piece.byKeyboard && this.unit) return KEYS;
    if (!this.line) return hand ? GRAB : `${POINT}.`;
    const value = fixedNumber(this.value(this.line), 3);
    const [layer, i, j] = this.line;
    if (this.line.length === 2) return `Bias of ${names[layer][i]}: ${value}`;
    return `Weight from ${names[layer][i]} to ${names[layer + 1][j]}: ${value}`;
  }

  draw() {
    if (!this.view) return;
    const { palette } = this.piece;
    const pen = this.surface.begin(palette);
    write(this.said, this.sentence());
    if (!pen) return;
    this.picture.draw(pen, palette);
  }
}
