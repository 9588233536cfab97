// A canvas that is as sharp as the screen, as large as its frame, and redrawn when either changes.

import { make } from "./dom.js";

export class Surface {
  constructor(redraw) {
    this.canvas = make("canvas");
    this.frame = make("div", { class: "frame" }, this.canvas);
    this.width = 0;
    this.height = 0;
    // The observer speaks after layout and before painting: redrawing here, a resized view never flickers.
    this.observer = new ResizeObserver(() => {
      if (this.measure()) redraw();
    });
    this.observer.observe(this.frame);
  }

  measure() {
    const { clientWidth, clientHeight } = this.frame;
    const changed = clientWidth !== this.width || clientHeight !== this.height;
    this.width = clientWidth;
    this.height = clientHeight;
    return changed;
  }

  // A cleared context in CSS pixels, or null while there is nothing to draw on (not in the page, a hidden tab).
  begin(palette) {
    if (!this.width) this.measure();
    if (!palette || !this.width || !this.height) return null;
    const ratio = window.devicePixelRatio || 1;
    const wide = Math.round(this.width * ratio);
    const tall = Math.round(this.height * ratio);
    if (this.canvas.width !== wide) this.canvas.width = wide;
    if (this.canvas.height !== tall) this.canvas.height = tall;
    const pen = this.canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    pen.lineJoin = pen.lineCap = "round";
    pen.font = font(palette);
    return pen;
  }

  close() {
    this.observer.disconnect();
  }
}

// The type scale has two sizes: labels, and small print (ticks, 0.92).
export function font(palette, weight = 400, size = 0.92) {
  return `${weight} ${palette.size * size}px ${palette.family}`;
}

export function say(pen, text, x, y, { colour, align = "left", baseline = "middle" }) {
  pen.textAlign = align;
  pen.textBaseline = baseline;
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

// A text with a halo of the page's colour: readable on any ground.
export function sayOver(pen, text, x, y, style, halo) {
  pen.textAlign = style.align ?? "left";
  pen.textBaseline = style.baseline ?? "middle";
  pen.strokeStyle = halo;
  pen.lineWidth = 3;
  pen.strokeText(text, x, y);
  say(pen, text, x, y, style);
}

// Words to the right of a spot, or to its left where the box ends.
export function besideText(pen, palette, box, x, y, gap, text, colour) {
  const fits = x + gap + pen.measureText(text).width < box.left + box.width;
  sayOver(pen, text, fits ? x + gap : x - gap, y, { colour, align: fits ? "left" : "right" }, palette.page);
}

export function stroke(pen, colour, width, draw) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.beginPath();
  draw(pen);
  pen.stroke();
}

// A text cut to a width, with an ellipsis.
export function fitted(pen, text, width) {
  if (pen.measureText(text).width <= width) return text;
  let end = text.length;
  while (end > 1 && pen.measureText(text.slice(0, end) + "…").width > width) end -= 1;
  return text.slice(0, end).trimEnd() + "…";
}
