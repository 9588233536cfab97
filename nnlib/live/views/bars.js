// Horizontal bars from zero, the name at the left, the number at the end.

import { linear, niceRange } from "../front/axes.js";
import { fitted, font, say, stroke, Surface } from "../front/canvas.js";
import { colourOf } from "../front/colours.js";
import { fixedNumber } from "../front/numbers.js";

export default class Bars {
  constructor(piece) {
    this.piece = piece;
    this.surface = new Surface(() => this.draw());
    this.body = this.surface.frame;
    this.widest = { number: 0, size: 0 };
    this.signed = false;
  }

  close() {
    this.surface.close();
  }

  update(view) {
    this.view = view;
    this.body.style.setProperty("--rows", view.labels.length);
  }

  draw() {
    const { palette } = this.piece;
    const pen = this.view && this.surface.begin(palette);
    if (!pen) return;
    const values = this.view.values.at(this.piece.store.time).data;
    const texts = Array.from(values, (value) => fixedNumber(value, this.view.digits ?? 2));
    // Once negative, always with room for it.
    this.signed ||= (this.view.range?.[0] ?? Math.min(0, ...values)) < 0;
    const box = this.measure(pen, palette, texts);
    const [lo, hi] = this.view.range ?? barRange(values);
    const toX = linear(lo, hi, box.left, box.left + box.width);
    const row = this.surface.height / values.length;
    values.forEach((value, i) => this.drawBar(pen, palette, box, toX, row * i, row, value, texts[i], this.view.labels[i], this.view.colors?.[i]));
    const zero = Math.round(toX(0)) + 0.5;
    stroke(pen, palette.muted, 1, () => {
      pen.moveTo(zero, 1);
      pen.lineTo(zero, this.surface.height - 1);
    });
  }

  // Room for numbers at both ends, as much as they have ever needed.
  measure(pen, palette, texts) {
    if (this.widest.size !== palette.size) this.widest = { number: 0, size: palette.size };
    pen.font = font(palette, 600);
    this.widest.number = Math.max(this.widest.number, ...texts.map((text) => pen.measureText(text).width));
    pen.font = font(palette);
    const names = Math.max(0, ...this.view.labels.map((text) => pen.measureText(text).width));
    this.names = Math.min(names, this.surface.width * 0.34);
    const number = this.widest.number + 7;
    const left = this.names + 10 + (this.signed ? number : 0);
    return { left, width: Math.max(20, this.surface.width - left - number) };
  }

  drawBar(pen, palette, box, toX, top, row, value, text, name, colour) {
    const y = top + row / 2;
    const [zero, end] = [toX(0), toX(value)].map((x) => Math.max(box.left, Math.min(box.left + box.width, x)));
    const thick = Math.min(row * 0.56, palette.size);
    // Where values have a sign, it has the colours of a field; shares and counts are simply blue.
    pen.fillStyle = colour ? colourOf(palette, colour) : this.signed && value >= 0 ? palette.orange : palette.blue;
    if (Number.isFinite(value)) pen.fillRect(Math.min(zero, end), y - thick / 2, Math.abs(end - zero), thick);
    pen.font = font(palette);
    say(pen, fitted(pen, name, this.names), this.names, y, { colour: palette.muted, align: "right" });
    pen.font = font(palette, 600);
    const at = Number.isFinite(value) ? end : zero;
    say(pen, text, at + (value < 0 ? -6 : 6), y, { colour: palette.ink, align: value < 0 ? "right" : "left" });
  }
}

function barRange(values) {
  const good = Array.from(values).filter(Number.isFinite);
  const [lo, hi] = [Math.min(0, ...good), Math.max(0, ...good)];
  const nice = niceRange(lo, hi, false);
  return [lo < 0 ? nice[0] : 0, Math.max(hi, nice[1])];
}
