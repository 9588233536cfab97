// Rows and columns of numbers as colours; a cell says its number when it is pointed at, and may be chosen.

import { drawBelow } from "../../front/axes.js";
import { besideText, fitted, say, stroke, Surface } from "../../front/canvas.js";
import { make } from "../../front/dom.js";
import { shortNumber } from "../../front/numbers.js";
import { drawSymbol } from "../../front/symbols.js";
import { Interaction } from "./interaction.js";
import { Legend } from "./legend.js";
import { Shades } from "./shades.js";
import { ticksOf } from "./ticks.js";

const FEW = 9; // numbers on the axis of the rows
const GUIDED = { row: [true, false], column: [false, true], both: [true, true] };

export default class HeatMap {
  static isWide({ aspect }) {
    return aspect > 1.8;
  }

  constructor(piece) {
    this.piece = piece;
    this.surface = new Surface(() => this.draw());
    this.shades = new Shades();
    this.legend = new Legend();
    this.body = make("div", { class: "map" }, this.surface.frame, this.legend.element);
    this.focusable = this.surface.frame;
    this.movable = true; // each of its cells can be read with the keys
    this.hand = new Interaction(piece, this);
  }

  // Whether the cell of that control is chosen here.
  holds(name) {
    return this.view?.cell?.edit === name;
  }

  close() {
    this.surface.close();
    this.hand.close();
  }

  update(view) {
    this.view = view;
    this.shape = view.values.at(0).shape;
    const { kind, texts } = view.rows;
    const longest = kind === "words" || texts.length <= FEW ? Math.max(...texts.map((text) => text.length)) : 0;
    this.left = Math.max(3, Math.min(9, 0.55 * longest + 0.8)); // em
    const { frame } = this.surface;
    frame.style.setProperty("--aspect", view.aspect);
    frame.style.setProperty("--left", `${this.left}em`);
    frame.classList.toggle("chooses", Boolean(this.hand.edit));
    this.legend.update(view);
  }

  // --- places --------------------------------------------------------------------------------------

  // The map within the canvas; numbers and words stand outside it. (The style sheet leaves the same room.)
  measure(palette) {
    const { width, height } = this.surface;
    const left = this.left * palette.size;
    this.box = { left, top: 1, width: width - left - 1, height: height - 1.7 * palette.size - 1 };
    this.wide = this.box.width / this.shape[1];
    this.tall = this.box.height / this.shape[0];
  }

  // The middle of a column and of a row, in pixels.
  toX(column) {
    return this.box.left + (column + 0.5) * this.wide;
  }

  toY(row) {
    return this.box.top + (this.view.upward ? this.shape[0] - row - 0.5 : row + 0.5) * this.tall;
  }

  // [row, column] under a pixel; outside of the map the nearest, or null.
  under([x, y], nearest = false) {
    const line = Math.floor((y - this.box.top) / this.tall);
    const place = [this.view.upward ? this.shape[0] - 1 - line : line, Math.floor((x - this.box.left) / this.wide)];
    const inside = this.hand.inside(place);
    return nearest || String(inside) === String(place) ? inside : null;
  }

  // --- words ---------------------------------------------------------------------------------------

  words(place) {
    if (!place) return "";
    const { rows, columns, xlabel, ylabel, quantity, measure, missing } = this.view;
    const [row, column] = place;
    const value = this.grid.data[row * this.shape[1] + column];
    const said = [quantity, Number.isNaN(value) ? missing : shortNumber(value), Number.isNaN(value) ? "" : measure];
    return `${ylabel || "row"} ${rows.texts[row]}, ${xlabel || "column"} ${columns.texts[column]}: ${said.filter(Boolean).join(" ")}`;
  }

  hint() {
    const { hand, piece } = this;
    if (piece.byKeyboard && document.activeElement === this.surface.frame) {
      return hand.edit ? "arrows read · Enter chooses · Shift + arrows drag" : "arrow keys read";
    }
    return hand.edit ? "drag, or click a cell" : "point at a cell";
  }

  // --- drawing -------------------------------------------------------------------------------------

  draw() {
    const { palette, store } = this.piece;
    const pen = this.view && this.surface.begin(palette);
    if (!pen) return;
    this.measure(palette);
    this.grid = this.view.values.at(store.time);
    this.drawAxes(pen, palette);
    this.shades.draw(pen, palette, this.box, this.view, this.grid);
    const { left, top, width, height } = this.box;
    stroke(pen, palette.line, 1, () => pen.rect(left, top, width, height));
    this.drawLabels(pen, palette);
    this.drawChosen(pen, palette);
    const { looked, chosen } = this.hand;
    if (looked && String(looked) !== String(chosen)) this.outline(pen, palette, looked, 1.2, [3, 3]);
    this.legend.say(this.words(looked ?? chosen), this.hint());
  }

  drawAxes(pen, palette) {
    const { box, view } = this;
    const { size } = palette;
    const most = view.rows.kind === "words" ? box.height / (1.25 * size) : Math.min(FEW, box.height / (2.2 * size));
    for (const { value, text } of ticksOf(view.rows, most)) {
      const y = Math.max(size * 0.5, Math.min(this.toY(value), box.top + box.height - size * 0.5));
      say(pen, fitted(pen, text, box.left - 7), box.left - 7, y, { colour: palette.muted, align: "right" });
    }
    const widest = Math.max(...view.columns.texts.map((text) => pen.measureText(text).width));
    const room = view.columns.kind === "words" ? widest + size * 0.7 : Math.max(5 * size, widest + size);
    const ticks = ticksOf(view.columns, box.width / room);
    drawBelow(pen, palette, box, ticks, (column) => this.toX(column), { label: view.xlabel, joined: false });
  }

  drawLabels(pen, palette) {
    for (const { at: [row, column], text } of this.view.labels) {
      const [x, y] = [this.toX(column), this.toY(row)];
      drawSymbol(pen, palette, "star", x, y, palette.ink, 0.42 * palette.size);
      besideText(pen, palette, this.box, x, y, 0.75 * palette.size, text, palette.ink);
    }
  }

  drawChosen(pen, palette) {
    const { hand, view, box } = this;
    if (!hand.chosen) return;
    const [x, y] = [this.toX(hand.chosen[1]), this.toY(hand.chosen[0])];
    const [along, across] = GUIDED[view.guide] ?? [false, false];
    pen.globalAlpha = 0.55;
    stroke(pen, palette.ink, 0.8, () => {
      if (along) pen.moveTo(box.left, y), pen.lineTo(box.left + box.width, y);
      if (across) pen.moveTo(x, box.top), pen.lineTo(x, box.top + box.height);
    });
    pen.globalAlpha = 1;
    const { wide } = this.outline(pen, palette, hand.chosen, 1.8);
    const label = hand.edit && this.piece.store.control(hand.edit)?.label;
    if (label) besideText(pen, palette, box, x, y, wide / 2 + 5, label, palette.ink);
  }

  // Around a cell, in two colours, so that it is seen on every shade; a cell that is finer than a line gets a larger one.
  outline(pen, palette, [row, column], width, dash = []) {
    const least = 0.75 * palette.size;
    const [wide, tall] = [Math.max(this.wide, least), Math.max(this.tall, least)];
    const within = (at, size, low, high) => Math.max(low, Math.min(at - size / 2, high - size));
    const x = within(this.toX(column), wide, this.box.left, this.box.left + this.box.width);
    const y = within(this.toY(row), tall, this.box.top, this.box.top + this.box.height);
    stroke(pen, palette.page, width + 1.8, () => pen.rect(x, y, wide, tall));
    pen.setLineDash(dash);
    stroke(pen, palette.ink, width, () => pen.rect(x, y, wide, tall));
    pen.setLineDash([]);
    return { wide, tall };
  }
}
