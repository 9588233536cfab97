// Curves with their names at their ends instead of a legend.

import { fitted, font, say, stroke, Surface } from "./canvas.js";
import { drawBelow, drawRows, linear, logarithmic, niceRange } from "./axes.js";
import { colourOf } from "./colours.js";
import { spread } from "./spread.js";

export class Curves {
  constructor(stage) {
    this.stage = stage;
    this.surface = new Surface(() => this.draw());
    this.body = this.surface.frame;
    this.margins = { left: 0, right: 0, size: 0 };
  }

  close() {
    this.surface.close();
  }

  update(view) {
    this.view = view;
  }

  draw() {
    const { palette } = this.stage;
    const pen = this.view && this.surface.begin(palette);
    if (!pen) return;
    const lines = this.view.series.map((series) => this.trace(series, palette));
    const [x0, x1] = extent(lines, "x");
    const [y0, y1] = this.verticalRange(lines);
    this.measure(pen, palette, y0, y1);
    const { box } = this;
    this.toX = linear(x0, x1, box.left, box.left + box.width);
    this.toY = (this.view.log ? logarithmic : linear)(y0, y1, box.top + box.height, box.top);
    drawRows(pen, palette, box, this.toY.ticks(box.height < palette.size * 9 ? 2 : 4), this.toY);
    drawBelow(pen, palette, box, this.toX.ticks(Math.max(2, Math.min(5, box.width / 110))), this.toX, { label: this.view.xlabel });
    this.drawLines(pen, palette, lines);
    if (this.view.cursor) this.drawCursor(pen, palette, lines);
    this.drawNames(pen, palette, lines);
  }

  // One series at this moment: numbers, colour, and how far a growing film has come.
  trace(series, palette) {
    const { time } = this.stage.store;
    const growing = series.y.film && series.y.shape.length === 1;
    const y = (growing ? series.y.whole() : series.y.at(time)).data;
    const x = series.x ? (series.x.film && growing ? series.x.whole() : series.x.at(time)).data : null;
    const colour = colourOf(palette, series.color, series.thin ? "grey" : "ink");
    const shown = growing ? series.y.moment(time) + 1 : y.length;
    return { label: series.label, thin: series.thin, colour, y, shown, at: (i) => (x ? x[i] : i), good: this.view.log ? positive : Number.isFinite };
  }

  verticalRange(lines) {
    if (this.view.ylim) return this.view.ylim;
    const [lo, hi] = extent(lines, "y");
    return niceRange(lo, hi, this.view.log);
  }

  // Margins only ever grow: a label that gets a digit shorter must not shift the picture.
  measure(pen, palette, y0, y1) {
    if (this.margins.size !== palette.size) this.margins = { left: 0, right: 0, size: palette.size };
    const { margins, surface, view } = this;
    const scale = (view.log ? logarithmic : linear)(y0, y1, 1, 0);
    const widest = (texts) => Math.max(0, ...texts.map((text) => pen.measureText(text).width));
    margins.left = Math.max(margins.left, Math.ceil(widest(scale.ticks(4).map((tick) => tick.text))) + 9);
    pen.font = font(palette, 600);
    const names = view.series.map((series) => series.label).filter(Boolean);
    margins.right = Math.max(margins.right, names.length ? Math.ceil(widest(names)) + 12 : 4);
    pen.font = font(palette);
    const right = Math.min(margins.right, surface.width * 0.42);
    const top = palette.size * 0.55;
    this.box = { left: margins.left, top, width: surface.width - margins.left - right, height: surface.height - top - palette.size * 1.7 };
  }

  drawLines(pen, palette, lines) {
    const { box, toX, toY } = this;
    pen.save();
    pen.beginPath();
    pen.rect(box.left - 1, box.top - 2, box.width + 3, box.height + 4);
    pen.clip();
    // Thin references first, what matters above them.
    for (const line of [...lines].sort((a, b) => b.thin - a.thin)) {
      stroke(pen, line.colour, line.thin ? 1 : 2, () => follow(pen, line, toX, toY));
    }
    pen.restore();
  }

  drawCursor(pen, palette, lines) {
    const { film } = this.stage.store.picture;
    if (film < 2 || !lines.length) return;
    const { time } = this.stage.store;
    const share = (time < 0 || time >= film ? film - 1 : time) / (film - 1);
    const spots = lines.map((line) => {
      const i = Math.round(share * (line.y.length - 1));
      return { x: this.toX(line.at(i)), y: this.toY(line.y[i]), line, good: line.good(line.y[i]) };
    });
    const x = Math.round(spots[0].x) + 0.5;
    const { box } = this;
    stroke(pen, palette.grey, 1, () => {
      pen.moveTo(x, box.top);
      pen.lineTo(x, box.top + box.height);
    });
    for (const spot of spots) if (spot.good && !spot.line.thin) dot(pen, palette, spot.x, spot.y, spot.line.colour);
  }

  // Names stand at the ends of their curves and make room for each other; one that had to move far gets a leader.
  drawNames(pen, palette, lines) {
    const { box } = this;
    const named = lines.filter((line) => line.label).map((line) => ({ ...line, ...this.end(line) })).filter((line) => line.found);
    const places = spread(named.map((line) => line.endY), palette.size * 1.2, box.top, box.top + box.height);
    const x = box.left + box.width;
    named.forEach((line, i) => {
      const strayed = Math.abs(places[i] - line.endY) > palette.size * 0.5 || x - line.endX > palette.size;
      if (strayed) leader(pen, line, x, places[i]);
      pen.font = font(palette, line.thin ? 400 : 600);
      say(pen, fitted(pen, line.label, this.surface.width - x - 9), x + 8, places[i], { colour: line.thin ? palette.muted : line.colour });
    });
    pen.font = font(palette);
  }

  // Where the last number of a curve is drawn.
  end(line) {
    let i = line.shown - 1;
    while (i >= 0 && !line.good(line.y[i])) i -= 1;
    const { box } = this;
    const clampY = (y) => Math.max(box.top, Math.min(box.top + box.height, y));
    return i < 0 ? { found: false } : { found: true, endX: this.toX(line.at(i)), endY: clampY(this.toY(line.y[i])) };
  }
}

function positive(value) {
  return value > 0 && value < Infinity;
}

// A path through the good numbers; a gap lifts the pen, infinity too.
function follow(pen, line, toX, toY) {
  let down = false;
  for (let i = 0; i < line.shown; i++) {
    const good = line.good(line.y[i]);
    // Canvas paths break down far outside; beyond the clip it is all the same.
    const y = good ? Math.max(-1e4, Math.min(1e4, toY(line.y[i]))) : 0;
    if (good && down) pen.lineTo(toX(line.at(i)), y);
    else if (good) pen.moveTo(toX(line.at(i)), y);
    down = good;
  }
}

function leader(pen, line, x, y) {
  pen.globalAlpha = 0.45;
  stroke(pen, line.colour, 1, () => {
    pen.moveTo(Math.min(line.endX + 3, x), line.endY);
    pen.lineTo(x + 6, y);
  });
  pen.globalAlpha = 1;
}

export function dot(pen, palette, x, y, colour) {
  pen.beginPath();
  pen.arc(x, y, palette.size * 0.3, 0, 2 * Math.PI);
  pen.fillStyle = colour;
  pen.fill();
  pen.strokeStyle = palette.page;
  pen.lineWidth = 1.5;
  pen.stroke();
}

// The range of the good numbers of all lines.
function extent(lines, axis) {
  let [lo, hi] = [Infinity, -Infinity];
  for (const line of lines) {
    for (let i = 0; i < line.y.length; i++) {
      const value = axis === "x" ? line.at(i) : line.y[i];
      if (axis === "y" && !line.good(value)) continue;
      if (value < lo) lo = value;
      if (value > hi) hi = value;
    }
  }
  return lo <= hi ? [lo, hi] : [0, 1];
}
