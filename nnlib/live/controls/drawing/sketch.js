// A drawing while it is made: what pen and rubber do to its pixels, and the way back. It belongs to the piece, not to a
// rendering: two of them have one pen and one undo.

import { packInk, unpackInk } from "./ink.js";

const KEPT = 60; // drawings to go back to

// The one of that control, made when it is first asked for.
export function sketchOf(store, name) {
  store.sketches ??= new Map();
  if (!store.sketches.has(name)) store.sketches.set(name, new Sketch(store, name));
  return store.sketches.get(name);
}

export class Sketch {
  constructor(store, name) {
    const { height, width, pen, label } = store.control(name);
    Object.assign(this, { store, name, height, width, pen, label, rubber: false, past: [], down: false });
    this.at = [Math.floor(height / 2), Math.floor(width / 2)]; // where the keys are: row, column
    this.read = { text: null, levels: null };
  }

  get text() {
    return this.store.values[this.name];
  }

  // A byte for each pixel, as it is now.
  get levels() {
    if (this.read.text !== this.text) this.read = { text: this.text, levels: unpackInk(this.text, this.height * this.width) };
    return this.read.levels;
  }

  write(levels, time) {
    const text = packInk(levels);
    if (text === this.text) return;
    this.read = { text, levels };
    this.store.change({ [this.name]: text }, time);
  }

  // What follows is one act: *undo* takes it back as a whole.
  remember() {
    if (this.past.at(-1) !== this.text) this.past.push(this.text);
    if (this.past.length > KEPT) this.past.shift();
  }

  undo(time) {
    while (this.past.length) {
      const text = this.past.pop();
      if (text !== this.text) return this.store.change({ [this.name]: text }, time);
    }
    this.store.tell("values");
  }

  clear(time) {
    this.remember();
    this.write(new Uint8Array(this.levels.length), time);
  }

  take(rubber) {
    this.rubber = rubber;
    this.store.tell("values"); // so that every rendering shows which is taken
  }

  // All of it, by whole pixels; what leaves the pad is gone.
  shift([right, down], time) {
    this.remember();
    const moved = new Uint8Array(this.levels.length);
    for (let row = Math.max(0, down); row < Math.min(this.height, this.height + down); row++) {
      for (let column = Math.max(0, right); column < Math.min(this.width, this.width + right); column++) {
        moved[row * this.width + column] = this.levels[(row - down) * this.width + column - right];
      }
    }
    this.write(moved, time);
  }

  // A stroke along places [row, column], counted in pixels from the upper left corner: the middle of the first pixel is
  // [0.5, 0.5].
  stroke(places, time) {
    const levels = this.levels.slice();
    for (let k = places.length > 1 ? 1 : 0; k < places.length; k++) this.line(levels, places[Math.max(0, k - 1)], places[k]);
    this.write(levels, time);
  }

  // The pen is round; its edge is a pixel wide, as if each pixel were covered in part.
  line(levels, [y0, x0], [y1, x1]) {
    const reach = (this.rubber ? 1.4 : 1) * this.pen / 2 + 0.5;
    const [dy, dx] = [y1 - y0, x1 - x0];
    const along = dx * dx + dy * dy || 1;
    const [top, bottom] = span(y0, y1, reach, this.height);
    const [left, right] = span(x0, x1, reach, this.width);
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) {
        const [y, x] = [row + 0.5 - y0, column + 0.5 - x0];
        const share = Math.max(0, Math.min(1, (x * dx + y * dy) / along));
        const ink = Math.round(255 * Math.max(0, Math.min(1, reach - Math.hypot(x - share * dx, y - share * dy))));
        const i = row * this.width + column;
        levels[i] = this.rubber ? Math.min(levels[i], 255 - ink) : Math.max(levels[i], ink);
      }
    }
  }

  // --- by keys ---------------------------------------------------------------------------------------

  get middle() {
    return this.at.map((k) => k + 0.5);
  }

  // The keys' place moves, and draws if they hold the pen down.
  step([right, down], time) {
    const from = this.middle;
    const limits = [this.height, this.width];
    this.at = [this.at[0] + down, this.at[1] + right].map((k, axis) => Math.max(0, Math.min(limits[axis] - 1, k)));
    if (this.down) this.stroke([from, this.middle], time);
    else this.store.repaint();
  }

  // Space puts the pen down, and lifts it.
  toggle(time) {
    this.down = !this.down;
    if (!this.down) return this.store.repaint();
    this.remember();
    this.stroke([this.middle], time);
  }

  lift() {
    if (!this.down) return;
    this.down = false;
    this.store.repaint();
  }

  // Where the keys are, and what is there.
  describe() {
    const [row, column] = this.at;
    const ink = this.levels[row * this.width + column] / 255;
    return `row ${row}, column ${column}: ${ink.toFixed(2)}${this.down ? `, ${this.rubber ? "rubber" : "pen"} down` : ""}`;
  }
}

function span(a, b, reach, size) {
  return [Math.max(0, Math.floor(Math.min(a, b) - reach)), Math.min(size, Math.ceil(Math.max(a, b) + reach))];
}
