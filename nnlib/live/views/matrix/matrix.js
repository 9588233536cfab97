// A table of numbers on the colours of a field; an entry that is pointed at lights those it is made from.

import { fitted, font, say, stroke, Surface } from "../../front/canvas.js";
import { cellColour } from "../../front/colours.js";
import { make, write } from "../../front/dom.js";
import { fixedNumber } from "../../front/numbers.js";
import { Highlights } from "./highlights.js";

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export default class Matrix {
  constructor(piece) {
    this.piece = piece;
    this.surface = new Surface(() => this.draw());
    this.said = make("span");
    this.room = make("span", { class: "room", "aria-hidden": "true" });
    this.below = make("p", { class: "said", hidden: true }, this.room, this.said);
    this.body = make("div", { class: "table" }, this.surface.frame, this.below);
    this.focusable = this.surface.frame;
    this.highlights = piece.highlights ??= new Highlights();
    this.highlights.matrices.add(this);
    this.listen(this.surface.frame);
  }

  close() {
    this.surface.close();
    this.highlights.point(this, null);
    this.highlights.matrices.delete(this);
  }

  update(view) {
    this.view = view;
    const [rows, columns] = view.values.at(0).shape;
    const around = this.body.parentElement; // so that the whole view knows how tall it may be
    around.style.setProperty("--rows", rows + (view.columns?.length ? 0.8 : 0));
    around.style.setProperty("--columns", columns);
    this.movable = Object.keys(view.meets ?? {}).length > 0 || Boolean(view.says?.length);
    this.below.hidden = !view.says?.length;
    // The longest sentence keeps the room for all, so that nothing jumps.
    write(this.room, (view.says ?? []).flat().reduce((most, text) => (text.length > most.length ? text : most), ""));
    const { frame } = this.surface;
    frame.classList.toggle("movable", this.movable);
    frame.style.maxWidth = this.movable && !view.rows?.length ? `${5.5 * columns}em` : "";
  }

  // --- the hand ----------------------------------------------------------------------------------

  listen(frame) {
    for (const name of ["pointermove", "pointerdown"]) frame.addEventListener(name, (event) => this.point(this.under(event)));
    frame.addEventListener("pointerleave", (event) => event.pointerType === "touch" || this.point(null));
    frame.addEventListener("blur", () => this.point(null));
    frame.addEventListener("focus", () => this.piece.byKeyboard && this.step([0, 0]));
    frame.addEventListener("keydown", (event) => this.key(event));
  }

  under(event) {
    if (!this.grid) return null;
    const box = this.surface.canvas.getBoundingClientRect();
    const { left, top, wide, tall } = this.grid;
    const place = [Math.floor((event.clientY - box.top - top) / tall), Math.floor((event.clientX - box.left - left) / wide)];
    return place.every((k, axis) => k >= 0 && k < this.shape[axis]) ? place : null;
  }

  point(entry) {
    if (this.movable && this.highlights.point(this, entry)) this.piece.redraw();
  }

  key(event) {
    if (!this.movable || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") this.point(null);
    else if (STEPS[event.key]) this.step(STEPS[event.key]);
    else return;
    event.preventDefault();
  }

  step(by) {
    if (!this.movable || !this.shape) return;
    const from = this.highlights.entryOf(this) ?? this.last ?? [0, 0];
    this.last = from.map((k, axis) => Math.max(0, Math.min(this.shape[axis] - 1, k + by[axis])));
    this.point(this.last);
    const [row, column] = this.last;
    const value = this.texts[row * this.shape[1] + column];
    this.piece.announce(`row ${row + 1}, column ${column + 1}: ${value}. ${this.sentence(this.last)}`);
  }

  sentence(entry) {
    return entry ? (this.view.says?.[entry[0]]?.[entry[1]] ?? "") : "";
  }

  // --- drawing -----------------------------------------------------------------------------------

  draw() {
    const { palette } = this.piece;
    const pen = this.view && this.surface.begin(palette);
    if (!pen) return;
    const { data, shape } = this.view.values.at(this.piece.store.time);
    const grid = this.measure(pen, palette, shape);
    Object.assign(this, { grid, shape });
    this.drawHeads(pen, palette, grid, shape);
    this.texts = Array.from(data, (value, i) => fixedNumber(value, this.digits(i % shape[1])));
    pen.font = font(palette);
    const widest = Math.max(0, ...this.texts.map((text) => pen.measureText(text).width));
    // Numbers that do not fit are left out, all of them: half a table of numbers misleads.
    const numbers = widest + 4 <= grid.wide && grid.tall >= palette.size * 1.2;
    const lit = this.highlights.lights(this);
    this.texts.forEach((text, i) => this.drawCell(pen, palette, i, data[i], numbers ? text : "", lit));
    if (lit) this.drawRings(pen, palette, lit);
    write(this.said, this.sentence(this.highlights.entryOf(this)));
  }

  // One number of decimals for all, or one for each column.
  digits(column) {
    const { digits = 2 } = this.view;
    return Array.isArray(digits) ? digits[column] : digits;
  }

  measure(pen, palette, [rows, columns]) {
    const names = Math.max(0, ...(this.view.rows ?? []).map((text) => pen.measureText(text).width));
    const left = names ? Math.min(names, this.surface.width * 0.3) + 9 : 0;
    const top = this.view.columns?.length ? palette.size * 1.6 : 0;
    const wide = Math.min((this.surface.width - left) / columns, palette.size * 5.5);
    return { left, top, wide, tall: Math.min((this.surface.height - top) / rows, Math.max(wide, palette.size * 2.2)) };
  }

  drawHeads(pen, palette, { left, top, wide, tall }, [rows, columns]) {
    const colour = palette.muted;
    (this.view.rows ?? []).slice(0, rows).forEach((name, row) => {
      say(pen, fitted(pen, name, left - 9), left - 9, top + (row + 0.5) * tall, { colour, align: "right" });
    });
    (this.view.columns ?? []).slice(0, columns).forEach((name, column) => {
      const x = left + (column + 0.5) * wide;
      say(pen, fitted(pen, name, wide - 4), x, top - palette.size * 0.75, { colour, align: "center" });
    });
  }

  drawCell(pen, palette, i, value, text, lit) {
    const { left, top, wide, tall } = this.grid;
    const [row, column] = this.placeOf(i);
    const x = left + column * wide;
    const y = top + row * tall;
    const gap = wide > palette.size ? 1 : 0;
    const chosen = lit?.(row, column);
    pen.globalAlpha = lit && !chosen ? 0.4 : 1;
    pen.fillStyle = cellColour(palette, value, this.view.range ?? [-1, 1]);
    pen.fillRect(x, y, wide - gap, tall - gap);
    pen.globalAlpha = 1;
    // In a table that lights up, an entry of zero must be seen as an entry.
    if (this.highlights.active) stroke(pen, palette.line, 1, () => pen.rect(x - 0.5, y - 0.5, wide, tall));
    pen.font = font(palette, chosen ? 650 : 400);
    say(pen, text, x + wide / 2, y + tall / 2, { colour: lit && !chosen ? palette.muted : palette.ink, align: "center" });
  }

  placeOf(i) {
    return [Math.floor(i / this.shape[1]), i % this.shape[1]];
  }

  // Around each lit entry, where its neighbour is not lit: a row gets one ring.
  drawRings(pen, palette, lit) {
    const { left, top, wide, tall } = this.grid;
    pen.strokeStyle = palette.ink;
    pen.lineWidth = this.highlights.entryOf(this) ? 2 : 1.4;
    pen.beginPath();
    for (let i = 0; i < this.texts.length; i++) {
      const [row, column] = this.placeOf(i);
      if (!lit(row, column)) continue;
      const [x0, x1] = [column, column + 1].map((k) => Math.max(1, Math.min(left + k * wide, this.surface.width - 1)));
      const [y0, y1] = [row, row + 1].map((k) => Math.max(1, Math.min(top + k * tall, this.surface.height - 1)));
      const sides = [[row - 1, column, x0, y0, x1, y0], [row + 1, column, x0, y1, x1, y1],
        [row, column - 1, x0, y0, x0, y1], [row, column + 1, x1, y0, x1, y1]];
      for (const [r, c, ...side] of sides) this.drawSide(pen, side, this.inside(r, c) && lit(r, c));
    }
    pen.stroke();
  }

  inside(row, column) {
    return row >= 0 && column >= 0 && row < this.shape[0] && column < this.shape[1];
  }

  drawSide(pen, [x0, y0, x1, y1], joined) {
    if (joined) return;
    pen.moveTo(x0, y0);
    pen.lineTo(x1, y1);
  }

  // Where the middle of an entry is, for tests: x counts columns, y rows.
  toX(column) {
    return this.grid.left + (column + 0.5) * this.grid.wide;
  }

  toY(row) {
    return this.grid.top + (row + 0.5) * this.grid.tall;
  }
}
