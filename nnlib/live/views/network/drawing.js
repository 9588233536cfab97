// The parts of a network's drawing: lines, boxes, texts, made once and dressed anew for each moment.

import { svg, write } from "../../front/dom.js";
import { fixedNumber } from "../../front/numbers.js";

const EM = 10; // one em in the drawing's own unit

export class Drawing {
  constructor(view) {
    this.boxes = view.boxes;
    this.beside = view.dense ? new Beside(view) : null;
    this.lines = view.boxes.slice(1).flatMap((layer, k) => linesBetween(view, k));
    this.units = view.boxes.flatMap((layer, k) => layer.map((box, i) => unitAt(box, k, i)));
    this.texts = view.marks.map((mark) => this.textOf(mark));
    const ofUnits = new Set(this.units.flatMap(({ node }) => [...node.childNodes]));
    const loose = this.texts.map(({ node }) => node).filter((node) => !ofUnits.has(node));
    const size = view.size.map((side) => EM * side);
    this.node = svg("svg", { viewBox: `-2 -2 ${size[0] + 4} ${size[1] + 4}`, "aria-hidden": "true" },
      svg("g", {}, ...this.lines.map(({ node }) => node)), svg("g", {}, ...this.units.map(({ node }) => node)),
      svg("g", {}, ...loose), this.beside?.node);
  }

  textOf(mark) {
    const node = textAt(mark);
    if (mark.of.length === 2) this.units.find(({ of }) => String(of) === String(mark.of)).node.append(node);
    return { ...mark, node };
  }
}

function linesBetween(view, layer) {
  return view.boxes[layer].flatMap(([x, y, wide, tall], i) => view.boxes[layer + 1].map(([right, top, , high], j) => {
    const ends = [x + wide, y + tall / 2, right, top + high / 2].map((v) => EM * v);
    const bend = view.dense ? (ends[2] - ends[0]) / 2 : 0;
    const d = `M${ends[0]} ${ends[1]}C${ends[0] + bend} ${ends[1]} ${ends[2] - bend} ${ends[3]} ${ends[2]} ${ends[3]}`;
    return { of: [layer, i, j], node: svg("path", { d }) };
  }));
}

function unitAt([x, y, width, height], layer, i) {
  const place = { x: EM * x, y: EM * y, width: EM * width, height: EM * height, rx: 5 };
  return { of: [layer, i], node: svg("g", { "data-unit": `${layer},${i}` }, svg("rect", place)) };
}

function textAt({ x, y, anchor, tone, text }) {
  const place = { x: EM * x, y: EM * y, "text-anchor": anchor, "dominant-baseline": "central" };
  return svg("text", { class: tone, ...place }, text ?? "");
}

// The numbers of a large network's lines, for one unit: each stands beside the unit at the line's other end.
class Beside {
  constructor(view) {
    this.view = view;
    this.node = svg("g");
    this.shown = null;
  }

  show(unit, valueOf) {
    const key = String(unit);
    if (this.shown !== key) this.node.replaceChildren(...(this.texts = unit ? this.placed(unit) : []).map(({ node }) => node));
    this.shown = key;
    for (const { node, name, of } of this.texts) write(node, valueOf(name, of));
  }

  placed([layer, unit]) {
    const { boxes, beside, number, arrays } = this.view;
    const before = (boxes[layer - 1] ?? []).map((box, i) => ({ box, of: [layer - 1, i, unit], side: 1 }));
    const after = (boxes[layer + 1] ?? []).map((box, j) => ({ box, of: [layer, unit, j], side: -1 }));
    return [...before, ...after].flatMap(({ box: [x, y, wide, tall], of, side }) => {
      const names = [`w${of[0]}`, `g${of[0]}`].filter((name) => name in arrays);
      const first = side > 0 ? x + wide + beside : x - beside - number * (names.length - 1);
      return names.map((name, k) => {
        const place = { x: first + k * number, y: y + tall / 2, anchor: side > 0 ? "start" : "end" };
        return { name, of, node: textAt({ ...place, tone: k ? "orange on-line" : "ink on-line" }) };
      });
    });
  }
}

// What an array holds at a moment for a unit or a line; null where it is not known.
export function valueAt(packed, of, time) {
  const { data, shape } = packed.at(time);
  const index = of.length === 2 ? of[1] : of[1] * shape[1] + of[2];
  return Number.isFinite(data[index]) ? data[index] : null;
}

export function isNew(packed, of, time) {
  const now = packed.moment(time);
  if (!packed.film || now === 0) return false;
  const value = valueAt(packed, of, now);
  return value !== null && value !== valueAt(packed, of, now - 1);
}

export function shownAt(packed, of, time, digits) {
  const value = valueAt(packed, of, time);
  return value === null ? "" : fixedNumber(value, digits);
}
