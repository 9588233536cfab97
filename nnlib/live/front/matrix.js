// A table of numbers on the colours of a field.

import { fitted, font, say, Surface } from "./canvas.js";
import { cellColour } from "./marks.js";
import { fixedNumber } from "./numbers.js";

export class Matrix {
  constructor(stage) {
    this.stage = stage;
    this.surface = new Surface(() => this.draw());
    this.body = this.surface.frame;
  }

  close() {
    this.surface.close();
  }

  update(view) {
    this.view = view;
    const [rows, columns] = view.values.at(0).shape;
    const around = this.body.parentElement; // so that the whole view knows how tall it may be
    around.style.setProperty("--rows", rows + (view.columns?.length ? 0.8 : 0));
    around.style.setProperty("--columns", columns);
  }

  draw() {
    const { palette } = this.stage;
    const pen = this.view && this.surface.begin(palette);
    if (!pen) return;
    const { data, shape } = this.view.values.at(this.stage.store.time);
    const grid = this.measure(pen, palette, shape);
    this.drawHeads(pen, palette, grid, shape);
    const texts = Array.from(data, (value, i) => fixedNumber(value, this.digits(i % shape[1])));
    pen.font = font(palette);
    const widest = Math.max(0, ...texts.map((text) => pen.measureText(text).width));
    // Numbers that do not fit are left out, all of them: half a table of numbers misleads.
    const numbers = widest + 4 <= grid.wide && grid.tall >= palette.size * 1.2;
    texts.forEach((text, i) => this.drawCell(pen, palette, grid, i, data[i], numbers ? text : "", shape[1]));
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

  drawCell(pen, palette, { left, top, wide, tall }, i, value, text, columns) {
    const x = left + (i % columns) * wide;
    const y = top + Math.floor(i / columns) * tall;
    const gap = wide > palette.size ? 1 : 0;
    pen.fillStyle = cellColour(palette, value, this.view.range ?? [-1, 1]);
    pen.fillRect(x, y, wide - gap, tall - gap);
    say(pen, text, x + wide / 2, y + tall / 2, { colour: palette.ink, align: "center" });
  }
}
