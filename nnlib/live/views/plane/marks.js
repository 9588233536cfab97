// What lies on a plane besides its field: points, lines, arrows, paths, handles, words.

import { besideText, stroke } from "../../front/canvas.js";
import { colourOf } from "../../front/colours.js";
import { make } from "../../front/dom.js";

export const CLASSES = [
  { name: "blue", colour: "blue", word: "blue square" },
  { name: "orange", colour: "orange", word: "orange circle" },
  { name: "teal", colour: "teal", word: "teal triangle" },
];

// Colour never alone: each class has its shape.
function outline(pen, kind, x, y, r) {
  pen.beginPath();
  if (kind === 0) pen.rect(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76);
  else if (kind === 1) pen.arc(x, y, r, 0, 2 * Math.PI);
  else {
    pen.moveTo(x, y - r * 1.2);
    pen.lineTo(x + r * 1.1, y + r * 0.85);
    pen.lineTo(x - r * 1.1, y + r * 0.85);
    pen.closePath();
  }
}

function drawPoint(pen, palette, kind, x, y, r) {
  outline(pen, kind, x, y, r);
  pen.fillStyle = palette[CLASSES[kind].colour];
  pen.fill();
  pen.strokeStyle = palette.page;
  pen.lineWidth = 1;
  pen.stroke();
}

// Hundreds of points are stamped from one small picture per class, not drawn one by one.
export class Stamps {
  constructor() {
    this.key = "";
    this.stamps = [];
  }

  update(palette, r, ratio) {
    const key = [palette.page, palette.blue, r, ratio].join();
    if (key === this.key) return;
    this.key = key;
    this.half = Math.ceil(r * 1.3 + 1.5);
    this.stamps = CLASSES.map((_, kind) => this.cut(palette, kind, r, ratio));
  }

  cut(palette, kind, r, ratio) {
    const side = Math.ceil(2 * this.half * ratio);
    const canvas = make("canvas", { width: side, height: side });
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    drawPoint(pen, palette, kind, this.half, this.half, r);
    return canvas;
  }

  draw(pen, kind, x, y) {
    const { half } = this;
    pen.drawImage(this.stamps[kind] ?? this.stamps[0], x - half, y - half, 2 * half, 2 * half);
  }
}

export function pointRadius(palette, count) {
  return (palette.size / 13) * (count > 600 ? 2.6 : count > 150 ? 3.4 : count > 12 ? 4.4 : 6);
}

export function drawRing(pen, palette, x, y, r, width = 1.5) {
  stroke(pen, palette.page, width + 1.6, () => pen.arc(x, y, r, 0, 2 * Math.PI));
  stroke(pen, palette.ink, width, () => pen.arc(x, y, r, 0, 2 * Math.PI));
}

// A handle: a ring that asks to be taken, with its name beside it.
export function drawHandle(pen, palette, box, x, y, label) {
  const r = palette.size * 0.46;
  pen.beginPath();
  pen.arc(x, y, r, 0, 2 * Math.PI);
  pen.fillStyle = palette.page;
  pen.fill();
  drawRing(pen, palette, x, y, r, 1.8);
  if (label) besideText(pen, palette, box, x, y, r + 5, label, palette.ink);
}

// The line w·x + b = 0: the point of it nearest to the middle of the view, and far along it both ways.
export function drawLine(pen, palette, box, toX, toY, mark, time) {
  const [w0, w1] = mark.w.at(time).data;
  const b = mark.b.at(time).data[0];
  const squared = w0 * w0 + w1 * w1;
  if (!(squared > 0) || !Number.isFinite(b)) return;
  const middle = [toX.invert(box.left + box.width / 2), toY.invert(box.top + box.height / 2)];
  const away = (w0 * middle[0] + w1 * middle[1] + b) / squared;
  const foot = [middle[0] - away * w0, middle[1] - away * w1];
  const [x, y] = [toX(foot[0]), toY(foot[1])];
  // Along the line and across it, in pixels: the two axes may have different scales.
  const along = unit(toX(foot[0] - w1) - x, toY(foot[1] + w0) - y);
  const far = 2 * (box.width + box.height) + Math.hypot(x - box.left, y - box.top);
  const colour = colourOf(palette, mark.color);
  stroke(pen, colour, 1.8, () => {
    pen.moveTo(x - along[0] * far, y - along[1] * far);
    pen.lineTo(x + along[0] * far, y + along[1] * far);
  });
  const across = unit(toX(foot[0] + w0) - x, toY(foot[1] + w1) - y);
  const long = palette.size * 2.4;
  if (mark.normal) drawArrow(pen, colour, x, y, x + across[0] * long, y + across[1] * long, palette.size);
  if (mark.label) besideText(pen, palette, box, x + across[0] * 8, y + across[1] * 8, 8, mark.label, colour);
}

function unit(x, y) {
  const length = Math.hypot(x, y) || 1;
  return [x / length, y / length];
}

export function drawArrow(pen, colour, x0, y0, x1, y1, size) {
  const [ux, uy] = unit(x1 - x0, y1 - y0);
  const head = Math.min(size * 0.6, Math.hypot(x1 - x0, y1 - y0));
  stroke(pen, colour, 1.8, () => {
    pen.moveTo(x0, y0);
    pen.lineTo(x1 - ux * head * 0.7, y1 - uy * head * 0.7);
  });
  pen.beginPath();
  pen.moveTo(x1, y1);
  pen.lineTo(x1 - ux * head - uy * head * 0.45, y1 - uy * head + ux * head * 0.45);
  pen.lineTo(x1 - ux * head + uy * head * 0.45, y1 - uy * head - ux * head * 0.45);
  pen.closePath();
  pen.fillStyle = colour;
  pen.fill();
}
