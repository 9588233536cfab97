// Curves with their names at their ends instead of a legend.

import { drawBelow, drawRows, linear, logarithmic, niceRange } from "../../front/axes.js";
import { besideText, fitted, font, say, stroke, Surface } from "../../front/canvas.js";
import { avoidOverlap } from "../../front/labels.js";
import { Margins } from "../../front/margins.js";
import { drawSymbol } from "../../front/symbols.js";
import { drawTrace, extent, lastGood, traceOf } from "./trace.js";

const BEYOND = ["↑", "↓"]; // at the name of a curve that ends above or below the box

export default class Curves {
  // An axis without a title gives the view its name, as in "loss".
  static heading({ title, ylabel }) {
    return title || ylabel;
  }

  constructor(piece) {
    this.piece = piece;
    this.surface = new Surface(() => this.draw());
    this.body = this.surface.frame;
    this.margins = new Margins();
  }

  close() {
    this.surface.close();
  }

  update(view) {
    this.view = view;
    this.body.style.minHeight = view.tall ? "16em" : "";
  }

  draw() {
    const { palette, store } = this.piece;
    const pen = this.view && this.surface.begin(palette);
    if (!pen) return;
    const { log, series } = this.view;
    const traces = series.map((one) => traceOf(one, store.time, palette, log));
    this.measure(pen, palette, traces);
    this.drawAxes(pen, palette);
    this.drawLines(pen, traces);
    this.drawSpots(pen, palette, traces);
    if (this.view.cursor) this.drawCursor(pen, palette, traces);
    this.drawNames(pen, palette, traces);
  }

  // The box of the data, with room for numbers at the left and names at the right, and its two scales.
  measure(pen, palette, traces) {
    const { margins, surface, view } = this;
    const scale = view.log ? logarithmic : linear;
    const [y0, y1] = view.ylim ?? niceRange(...extent(traces, "y"), view.log);
    const widest = (texts) => Math.ceil(Math.max(0, ...texts.map((text) => pen.measureText(text).width)));
    const numbers = widest(scale(y0, y1, 1, 0).ticks(4).map((tick) => tick.text));
    pen.font = font(palette, 600);
    const names = widest(traces.map((trace) => (trace.label && view.ylim ? `${trace.label} ${BEYOND[0]}` : (trace.label ?? ""))));
    pen.font = font(palette);
    margins.need(numbers + 9, names ? names + 12 : 4, palette.size);
    const { left } = margins;
    const top = palette.size * 0.55;
    const width = surface.width - left - Math.min(margins.right, surface.width * 0.42);
    this.box = { left, top, width, height: surface.height - top - palette.size * 1.7 };
    this.toX = (view.logx ? logarithmic : linear)(...(view.xlim ?? extent(traces, "x")), left, left + width);
    this.toY = scale(y0, y1, top + this.box.height, top);
  }

  drawAxes(pen, palette) {
    const { box, toX, toY } = this;
    drawRows(pen, palette, box, toY.ticks(box.height < palette.size * 9 ? 2 : 4), toY);
    const count = Math.max(2, Math.min(5, box.width / (palette.size * 8)));
    drawBelow(pen, palette, box, toX.ticks(count), toX, { label: this.view.xlabel });
  }

  drawLines(pen, traces) {
    const { box, toX, toY } = this;
    pen.save();
    pen.beginPath();
    pen.rect(box.left - 1, box.top - 2, box.width + 3, box.height + 4);
    pen.clip();
    // Thin references first, what matters above them.
    for (const trace of [...traces].sort((a, b) => b.thin - a.thin)) drawTrace(pen, trace, toX, toY);
    pen.restore();
  }

  // A curve of one number is a dot.
  drawSpots(pen, palette, traces) {
    for (const trace of traces.filter(single)) this.drawSpot(pen, palette, trace, 0);
  }

  // The mark of a trace at its number i, if the axis has it.
  drawSpot(pen, palette, trace, i) {
    const y = trace.good(trace.y[i]) ? this.toY(trace.y[i]) : NaN;
    if (Math.abs(y - this.within(y)) < 1) drawSymbol(pen, palette, trace.mark, this.toX(trace.at(i)), y, trace.colour);
  }

  // Where the film stands: its share of the way, however many numbers a curve has.
  drawCursor(pen, palette, traces) {
    const { film } = this.piece.store.picture;
    if (film < 2 || !traces.length) return;
    const { time } = this.piece.store;
    const share = (time < 0 || time >= film ? film - 1 : time) / (film - 1);
    const index = (trace) => Math.round(share * (trace.y.length - 1));
    const x = Math.round(this.toX(traces[0].at(index(traces[0])))) + 0.5;
    const { top, height } = this.box;
    stroke(pen, palette.grey, 1, () => {
      pen.moveTo(x, top);
      pen.lineTo(x, top + height);
    });
    for (const trace of traces) if (!trace.thin) this.drawSpot(pen, palette, trace, index(trace));
  }

  // Names stand at the right of the box, at the heights where their curves end, and make room for each other. One that had
  // to move gets a leader, if its curve comes that far: a longer line would look like one more curve.
  drawNames(pen, palette, traces) {
    const { box, surface } = this;
    const ended = traces.map((trace) => ({ ...trace, end: this.end(trace) })).filter((trace) => trace.label && trace.end);
    const beside = (trace) => upright(trace) || (single(trace) && !trace.end.beyond);
    const named = ended.filter((trace) => !beside(trace));
    for (const { label, colour, end } of ended.filter(beside)) besideText(pen, palette, box, end.x, end.y, 6, label, colour);
    const places = avoidOverlap(named.map((trace) => trace.end.y), palette.size * 1.2, box.top, box.top + box.height);
    const x = box.left + box.width;
    named.forEach(({ label, thin, colour, end }, i) => {
      const strayed = Math.abs(places[i] - end.y) > palette.size * 0.5;
      if (strayed && !end.beyond && x - end.x < palette.size) leader(pen, palette.muted, end, x, places[i]);
      pen.font = font(palette, thin ? 400 : 600);
      const text = end.beyond ? `${label} ${end.beyond}` : label;
      say(pen, fitted(pen, text, surface.width - x - 9), x + 8, places[i], { colour: thin ? palette.muted : colour });
    });
    pen.font = font(palette);
  }

  // Where the last number of a curve is drawn; at the edge if it lies beyond.
  end(trace) {
    const i = lastGood(trace);
    if (i === null) return null;
    const y = this.toY(trace.y[i]);
    const edge = this.within(y);
    return { x: this.toX(trace.at(i)), y: edge, beyond: y < edge - 1 ? BEYOND[0] : y > edge + 1 ? BEYOND[1] : "" };
  }

  within(y) {
    return Math.max(this.box.top, Math.min(this.box.top + this.box.height, y));
  }
}

// A line straight up, as a mark on the x axis: its name stands beside it.
function upright({ y, at }) {
  return y.length === 2 && at(0) === at(1);
}

function single({ y }) {
  return y.length === 1;
}

// Short, dotted and grey, so that nobody takes it for data.
function leader(pen, colour, end, x, y) {
  pen.setLineDash([1, 3]);
  stroke(pen, colour, 1, () => {
    pen.moveTo(Math.min(end.x + 3, x), end.y);
    pen.lineTo(x + 6, y);
  });
  pen.setLineDash([]);
}
