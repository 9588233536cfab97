// A network of little pictures: what each unit answers on the plane, and weights as lines that can be taken hold of.

import { font, say, sayOver, Surface } from "./canvas.js";
import { make, write } from "./dom.js";
import { drawTint, layDown } from "./field.js";
import { setByHand } from "./history.js";
import { MOVES } from "./network.js";
import { fixedNumber } from "./numbers.js";

const REACH = 0.45; // em: how near a line must be to be taken
const PER_PIXEL = 0.02; // how much a weight changes when it is dragged by one pixel
const POINT = "Point at a unit to see its weights";
const GRAB = `${POINT}; drag a line up or down to change one.`;
const KEYS = "Arrows: to another unit. Enter: its next line. + and −: change it.";

export class NetworkMaps {
  constructor(stage) {
    this.stage = stage;
    this.surface = new Surface(() => this.draw());
    this.samples = make("canvas");
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
    const { style } = this.surface.frame;
    style.setProperty("--wide", view.size[0]);
    style.setProperty("--tall", view.size[1]);
    if (this.unit && !this.box(this.unit)) this.unit = null;
    if (this.line && !this.ends(this.line)) this.line = this.held = null;
    this.surface.frame.classList.toggle("movable", Boolean(view.hand));
  }

  holds(name) {
    return this.view?.hand === name;
  }

  box([layer, place]) {
    return this.view.boxes[layer]?.[place];
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
    const [x0, y0, x1, y1] = this.ends(line);
    return { x: rect.left + this.unitSize * (x0 + x1) / 2, y: rect.top + this.unitSize * (y0 + y1) / 2 };
  }

  // Where a line begins and ends, in em; null if there is none such.
  ends(line) {
    const { boxes } = this.view;
    if (line.length === 2) {
      const box = boxes[line[0]]?.[line[1]];
      return box ? [box[0] - 0.9, box[1] + box[3] + 0.1, box[0], box[1] + box[3] - 0.35] : null;
    }
    const [layer, i, j] = line;
    const [from, to] = [boxes[layer]?.[i], boxes[layer + 1]?.[j]];
    return from && to ? [from[0] + from[2], from[1] + from[3] / 2, to[0], to[1] + to[3] / 2] : null;
  }

  lines() {
    const { boxes } = this.view;
    const weights = boxes.slice(1).flatMap((layer, k) => boxes[k].flatMap((_, i) => layer.map((_, j) => [k, i, j])));
    return [...weights, ...boxes.slice(1).flatMap((layer, k) => layer.map((_, j) => [k + 1, j]))];
  }

  // Those that end at a unit, from the top down, its bias last.
  into([layer, place]) {
    if (!layer) return [];
    return [...this.view.boxes[layer - 1].map((_, i) => [layer - 1, i, place]), [layer, place]];
  }

  unitAt([x, y]) {
    for (const [k, layer] of this.view.boxes.entries()) {
      const i = layer.findIndex(([left, top, wide, tall]) => x >= left && x <= left + wide && y >= top && y <= top + tall);
      if (i >= 0) return [k, i];
    }
    return null;
  }

  lineAt(spot) {
    let best = { line: null, gap: REACH };
    for (const line of this.lines()) {
      const gap = away(this.ends(line), spot);
      if (gap < best.gap) best = { line, gap };
    }
    return best.line;
  }

  // --- the hand ------------------------------------------------------------------------------------

  listen(frame) {
    frame.addEventListener("pointermove", (event) => (this.held ? this.drag(event) : this.point(event)));
    frame.addEventListener("pointerdown", (event) => this.grab(event));
    for (const name of ["pointerup", "pointercancel"]) frame.addEventListener(name, () => this.letGo());
    frame.addEventListener("pointerleave", () => this.held || this.choose(null, null));
    frame.addEventListener("blur", () => this.choose(null, null));
    frame.addEventListener("focus", () => this.stage.byKeyboard && this.step([0, 0]));
    frame.addEventListener("keydown", (event) => this.key(event));
  }

  choose(unit, line) {
    if (String([unit, "/", line]) === String([this.unit, "/", this.line])) return;
    Object.assign(this, { unit, line });
    this.stage.redraw();
  }

  point(event) {
    if (!this.view) return;
    const spot = this.spot(event);
    const unit = this.unitAt(spot);
    const line = unit || !this.view.hand ? null : this.lineAt(spot);
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
    setByHand(this.stage.store, this.view.hand, line.join(","), number);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const sign = { "+": 1, "=": 1, "-": -1, "−": -1 }[event.key];
    if (event.key === "Escape") this.choose(null, null);
    else if (MOVES[event.key]) this.step(MOVES[event.key]);
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
    this.stage.announce(this.view.names[to][this.last[1]]);
  }

  nextLine() {
    const lines = this.into(this.unit).map(String);
    if (!lines.length) return;
    const next = lines[(lines.indexOf(String(this.line)) + 1) % lines.length];
    this.choose(this.unit, next.split(",").map(Number));
    this.stage.announce(this.sentence());
  }

  // --- the picture ---------------------------------------------------------------------------------

  value(line) {
    const array = line.length === 2 ? this.view.biases[line[0] - 1] : this.view.weights[line[0]];
    const { data, shape } = array.at(this.stage.store.time);
    return line.length === 2 ? data[line[1]] : data[line[1] * shape[1] + line[2]];
  }

  sentence() {
    const { names, hand } = this.view;
    if (!this.line && hand && this.stage.byKeyboard && this.unit) return KEYS;
    if (!this.line) return hand ? GRAB : `${POINT}.`;
    const value = fixedNumber(this.value(this.line), 3);
    const [layer, i, j] = this.line;
    if (this.line.length === 2) return `Bias of ${names[layer][i]}: ${value}`;
    return `Weight from ${names[layer][i]} to ${names[layer + 1][j]}: ${value}`;
  }

  draw() {
    if (!this.view) return;
    const { palette } = this.stage;
    const pen = this.surface.begin(palette);
    write(this.said, this.sentence());
    if (!pen) return;
    this.drawLines(pen, palette);
    this.view.maps.forEach((maps, layer) => this.drawMaps(pen, palette, maps, layer));
    this.drawNames(pen, palette);
    this.drawNumbers(pen, palette);
  }

  drawLines(pen, palette) {
    const unit = this.unitSize;
    for (const line of this.lines()) {
      const value = this.value(line);
      const lit = this.isLit(line);
      pen.globalAlpha = lit ? 1 : this.unit || this.line ? 0.15 : 0.5;
      pen.strokeStyle = value < 0 ? palette.blue : value > 0 ? palette.orange : palette.relief;
      pen.lineWidth = (0.05 + 0.3 * Math.min(1, Math.abs(value || 0) / this.view.heaviest)) * unit;
      const [x0, y0, x1, y1] = this.ends(line).map((v) => v * unit);
      pen.beginPath();
      pen.moveTo(x0, y0);
      if (line.length === 2) pen.lineTo(x1, y1);
      else pen.bezierCurveTo((x0 + x1) / 2, y0, (x0 + x1) / 2, y1, x1, y1);
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }

  isLit(line) {
    if (this.line) return String(line) === String(this.line);
    if (!this.unit) return false;
    const [at, place] = this.unit;
    const [layer, i, j] = line;
    return line.length === 2 ? layer === at && i === place : (layer === at && i === place) || (layer + 1 === at && j === place);
  }

  drawMaps(pen, palette, maps, layer) {
    const { data, shape: [count, rows, columns] } = maps.at(this.stage.store.time);
    const unit = this.unitSize;
    for (let i = 0; i < count; i++) {
      const [x, y, wide, tall] = this.view.boxes[layer][i].map((v) => v * unit);
      const grid = { data: data.subarray(i * rows * columns, (i + 1) * rows * columns), shape: [rows, columns] };
      drawTint(this.samples, grid, [0, 255], palette.table);
      layDown(pen, this.samples, { left: x, top: y, width: wide, height: tall }, true);
      const chosen = String(this.unit) === String([layer, i]);
      pen.strokeStyle = chosen ? palette.ink : palette.relief;
      pen.lineWidth = chosen ? 1.6 : 1;
      pen.strokeRect(x, y, wide, tall);
    }
  }

  drawNames(pen, palette) {
    const unit = this.unitSize;
    const { boxes, names, layers, size } = this.view;
    pen.font = `400 ${0.92 * unit}px ${palette.family}`;
    boxes[0].forEach(([x, y, , tall], i) =>
      say(pen, names[0][i], (x - 0.4) * unit, (y + tall / 2) * unit, { colour: palette.ink, align: "right" }));
    boxes.forEach(([[x, , wide]], k) =>
      say(pen, layers[k], (x + wide / 2) * unit, (size[1] - 0.6) * unit, { colour: palette.muted, align: "center" }));
    pen.font = font(palette);
  }

  // The weights of the chosen unit at its lines' other ends, or the number of the chosen line in its middle.
  drawNumbers(pen, palette) {
    const unit = this.unitSize;
    const put = (line, x, y, align) =>
      sayOver(pen, fixedNumber(this.value(line), 2), x * unit, y * unit, { colour: palette.ink, align }, palette.page);
    if (this.line) {
      const [x0, y0, x1, y1] = this.ends(this.line);
      if (this.line.length === 2) put(this.line, x0 - 0.2, y0, "right");
      else put(this.line, (x0 + x1) / 2, (y0 + y1) / 2, "center");
    } else if (this.unit) {
      for (const line of this.lines().filter((one) => one.length === 3 && this.isLit(one))) {
        const [x0, y0, x1, y1] = this.ends(line);
        const comes = line[0] + 1 === this.unit[0];
        put(line, comes ? x0 + 0.3 : x1 - 0.3, comes ? y0 : y1, comes ? "left" : "right");
      }
    }
  }
}

// How far a spot is from a line: along the curve's height at that place.
function away([x0, y0, x1, y1], [x, y]) {
  if (x < x0 || x > x1) return Infinity;
  let [low, high] = [0, 1];
  for (let k = 0; k < 12; k++) {
    const t = (low + high) / 2;
    if (x0 + (x1 - x0) * (1.5 * t * (1 - t) + t ** 3) < x) low = t;
    else high = t;
  }
  return Math.abs(y0 + (y1 - y0) * low * low * (3 - 2 * low) - y);
}
