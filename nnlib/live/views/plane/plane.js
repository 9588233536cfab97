// A part of the plane: field, contours, lines, paths, points; some of them to be moved by hand.

import { drawBelow, linear } from "../../front/axes.js";
import { besideText, say, stroke, Surface } from "../../front/canvas.js";
import { colourOf } from "../../front/colours.js";
import { avoidOverlap } from "../../front/labels.js";
import { drawSymbol } from "../../front/symbols.js";
import { Ground } from "./field.js";
import { Interaction } from "./interaction.js";
import { drawArrow, drawLine, drawRing, pointRadius, Stamps } from "./marks.js";
import { drawPath } from "./path.js";

export default class Plane {
  // One that is long like a timeline gets the whole width.
  static isWide({ aspect }) {
    return aspect > 1.8;
  }

  constructor(piece) {
    this.piece = piece;
    this.surface = new Surface(() => this.draw());
    this.ground = new Ground();
    this.stamps = new Stamps();
    this.interaction = new Interaction(piece, this);
    this.body = this.interaction.body;
    this.focusable = this.surface.frame;
  }

  get movable() {
    return this.interaction.movable;
  }

  // Whether the points or the handle of that control are moved here.
  holds(name) {
    return this.view?.points?.edit === name || Boolean(this.view?.handles?.includes(name));
  }

  close() {
    this.surface.close();
  }

  update(view) {
    this.view = view;
    this.axes = { x: view.axes.includes("x"), y: view.axes.includes("y") };
    this.below = this.axes.x || Boolean(view.xlabel); // numbers, a name, or both
    const { frame } = this.surface;
    frame.style.setProperty("--aspect", view.aspect || 1);
    frame.classList.toggle("with-x", this.below);
    frame.classList.toggle("with-y", this.axes.y);
    this.interaction.configure(view);
  }

  // The frame of the data within the canvas; the numbers stand outside it. (The style sheet leaves the same room.)
  measure(palette) {
    const { width, height } = this.surface;
    const left = this.axes.y ? palette.size * 3 : 0;
    const bottom = this.below ? palette.size * 1.7 : 0;
    this.box = { left, top: 0, width: width - left, height: height - bottom };
    const [x0, x1, y0, y1] = this.view.bounds;
    this.toX = linear(x0, x1, left, width);
    this.toY = linear(y0, y1, this.box.height, 0);
  }

  draw() {
    const { palette, store } = this.piece;
    const pen = this.view && this.surface.begin(palette);
    if (!pen) return;
    this.measure(palette);
    this.time = store.time;
    this.drawAxes(pen, palette);
    pen.save();
    pen.beginPath();
    pen.rect(this.box.left, this.box.top, this.box.width, this.box.height);
    pen.clip();
    const { field } = this.view;
    if (field) this.ground.draw(pen, palette, this.box, this.view, field.at(this.time));
    this.drawMarks(pen, palette);
    this.drawPoints(pen, palette);
    this.interaction.draw(pen, palette);
    pen.restore();
  }

  drawAxes(pen, palette) {
    const { box, view, axes } = this;
    for (const { value, text } of axes.y ? this.toY.ticks(4) : []) {
      const y = Math.max(palette.size * 0.5, Math.min(this.toY(value), box.height - palette.size * 0.5));
      say(pen, text, box.left - 7, y, { colour: palette.muted, align: "right" });
    }
    const count = Math.max(4, box.width / (palette.size * 8));
    const ticks = axes.x ? this.toX.ticks(count) : [];
    if (this.below) drawBelow(pen, palette, box, ticks, this.toX, { label: view.xlabel, joined: false });
    if (view.field || !(axes.x && axes.y)) return;
    stroke(pen, palette.line, 1, () => pen.rect(box.left + 0.5, 0.5, box.width - 1, box.height - 1));
  }

  drawMarks(pen, palette) {
    const { view, box, toX, toY, time } = this;
    for (const line of view.lines ?? []) drawLine(pen, palette, box, toX, toY, line, time);
    this.drawPaths(pen, palette);
    for (const arrow of view.arrows ?? []) this.drawArrowMark(pen, palette, arrow);
    for (const { at, text } of view.labels ?? []) {
      besideText(pen, palette, box, toX(at[0]), toY(at[1]), palette.size * 0.75, text, palette.ink);
    }
  }

  // Paths like to end at the same minimum: their names make room for each other.
  drawPaths(pen, palette) {
    const { view, box, toX, toY, time } = this;
    const ends = (view.paths ?? []).map((path) => drawPath(pen, palette, toX, toY, path, time));
    for (const end of ends) if (end?.mark) drawSymbol(pen, palette, end.mark, end.x, end.y, end.colour);
    const named = ends.filter((end) => end && end.text);
    const edge = palette.size * 0.7;
    const places = avoidOverlap(named.map((end) => end.y), palette.size * 1.15, edge, box.height - edge);
    named.forEach((end, i) => besideText(pen, palette, box, end.x, places[i], 8, end.text, end.colour));
  }

  drawArrowMark(pen, palette, arrow) {
    const from = arrow.from.at(this.time).data;
    const to = arrow.to.at(this.time).data;
    const [x0, y0, x1, y1] = [this.toX(from[0]), this.toY(from[1]), this.toX(to[0]), this.toY(to[1])];
    if (!Number.isFinite(x0 + y0 + x1 + y1) || Math.hypot(x1 - x0, y1 - y0) < 1) return; // nowhere to point
    const colour = colourOf(palette, arrow.color);
    drawArrow(pen, colour, x0, y0, x1, y1, palette.size);
    if (arrow.label) besideText(pen, palette, this.box, x1, y1, 8, arrow.label, colour);
  }

  // Editable points come from the browser's own values: they are under the finger before the kernel knows.
  pointData() {
    const { points } = this.view;
    if (!points) return { count: 0 };
    if (this.interaction.editor.points) {
      const { x, y } = this.interaction.editor.data;
      return { count: x.length, place: (i) => x[i], kind: (i) => y[i] };
    }
    if (!points.x) return { count: 0 };
    const x = points.x.at(this.time).data;
    const y = points.y.at(this.time).data;
    return { count: y.length, place: (i) => [x[2 * i], x[2 * i + 1]], kind: (i) => y[i] };
  }

  drawPoints(pen, palette) {
    const { count, place, kind } = this.pointData();
    if (!count) return;
    const r = pointRadius(palette, count);
    this.stamps.update(palette, r, window.devicePixelRatio || 1);
    for (let i = 0; i < count; i++) {
      const [x, y] = place(i);
      pen.globalAlpha = i === this.interaction.goner ? 0.3 : 1;
      this.stamps.draw(pen, kind(i), this.toX(x), this.toY(y));
    }
    pen.globalAlpha = 1;
    for (const i of this.view.points.ring ?? []) {
      if (i < count) drawRing(pen, palette, this.toX(place(i)[0]), this.toY(place(i)[1]), r * 2.2);
    }
  }
}
