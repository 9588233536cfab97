// A grid of pictures: what they are and how they look. What a hand does in them is in interaction.js.

import { hide, make, write } from "../../front/dom.js";
import { fitted, font, say, stroke, Surface } from "../../front/canvas.js";
import { Toolbar } from "../../controls/drawing/toolbar.js";
import { sketchOf } from "../../controls/drawing/sketch.js";
import { arrange, cornerOf } from "./grid.js";
import { Interaction } from "./interaction.js";
import { Spots } from "./spots.js";
import { sentence } from "./reading.js";
import { paint, ramp, toneTable } from "./tones.js";

export default class Images {
  constructor(piece) {
    this.piece = piece;
    this.surface = new Surface(() => this.draw());
    this.sheet = make("canvas"); // one pixel for each of the pictures', one picture below the other
    this.drawn = {}; // what is on it
    this.spots = new Spots();
    this.ends = [make("span"), make("span")];
    this.ramp = make("i", { class: "ramp", "aria-hidden": "true" });
    this.word = make("span");
    this.gap = [make("i", { class: "gap", "aria-hidden": "true" }), make("span", {}, "not a number")];
    this.key = make("span", { class: "key" }, this.ends[0], this.ramp, this.ends[1], this.word, ...this.gap);
    this.read = make("span", { class: "read" });
    this.hands = new Interaction(piece, this);
    this.tools = new Toolbar(() => this.sketch, () => this.hands.focus());
    const below = make("div", { class: "below" }, this.key, this.read);
    this.body = make("div", { class: "body" }, this.surface.frame, this.tools.element, below);
    this.watch = new ResizeObserver(() => this.body.clientWidth + 6 === this.room || this.draw());
    this.watch.observe(this.body);
    this.focusable = this.surface.frame;
    this.movable = true; // there are values to be read
  }

  close() {
    this.surface.close();
    this.watch.disconnect();
  }

  update(view) {
    this.view = view;
    const { ends, says, scale, missing, count, size } = view;
    this.ends.forEach((element, i) => write(element, count ? ends[i] : ""));
    write(this.word, count ? says : "no pictures");
    for (const part of this.ends) hide(part, scale === "colour");
    hide(this.ramp, scale === "colour" || !count);
    for (const part of this.gap) hide(part, !missing);
    this.surface.frame.classList.toggle("drawn", view.draws.some(Boolean));
    // So wide the column may be, if nothing else stands in it.
    const most = Math.max(10, 0.6 * Math.max(...size));
    const across = Math.min(view.columns ?? count, count) || 1;
    this.body.closest(".column")?.style.setProperty("--natural", `${across * (most * size[1]) / Math.max(...size) + 0.55 * (across - 1) + 0.3}em`);
    this.hands.configure(view);
  }

  // Whether the drawing, or the choice, of that control is made here.
  holds(name) {
    return Boolean(this.view) && (this.view.draws.includes(name) || this.view.pick === name);
  }

  // The drawing that keys and tools are for: the one in the picture with the cursor, or the first.
  get sketch() {
    return this.sketchIn(this.hands.at.picture) ?? this.sketchIn(this.view.draws.findIndex(Boolean));
  }

  sketchIn(picture) {
    const name = this.view.draws[picture];
    return name ? sketchOf(this.piece.store, name) : null;
  }

  // The chosen picture, as the hand has it; null if none is.
  get chosen() {
    const { pick, chosen, count } = this.view;
    const number = pick ? this.piece.store.values[pick] : chosen;
    return number === null || number >= count ? null : number;
  }

  // --- drawing -----------------------------------------------------------------------------------------

  draw() {
    const { palette } = this.piece;
    if (!this.view || !palette) return;
    this.lay(palette);
    const pen = this.surface.begin(palette);
    if (!pen) return;
    this.fill(palette);
    this.spots.update(this.view.points, this.piece.store.time, palette, this.grid);
    for (let k = 0; k < this.view.count; k++) this.drawPicture(pen, palette, k);
    this.drawMissing(pen, palette);
    this.drawCursor(pen, palette);
    write(this.read, this.said(this.hands.looked));
    this.tools.show(this.sketch, this.hands.byKeys);
  }

  // The frame is as wide and as high as the grid needs in the width that there is.
  lay(palette) {
    const { frame, canvas } = this.surface;
    const pen = canvas.getContext("2d");
    pen.font = font(palette, 650);
    const widest = Math.max(0, ...this.view.captions.map((text) => pen.measureText(text).width));
    this.room = this.body.clientWidth + 6; // its margins
    if (this.room < 20) return;
    this.grid = arrange(this.view, widest, this.room, palette.size, window.devicePixelRatio || 1);
    const size = [`${this.view.count ? this.grid.width : 0}px`, `${this.view.count ? this.grid.height : 0}px`];
    if (frame.style.width === size[0] && frame.style.height === size[1]) return;
    [frame.style.width, frame.style.height] = size;
    this.surface.measure();
  }

  // The pictures' pixels, painted only when they or the colours are others.
  fill(palette) {
    const { view, drawn } = this;
    const now = view.pictures.at(this.piece.store.time).data;
    const inks = view.draws.map((name, k) => name && this.sketchIn(k).levels);
    const same = drawn.data === now && drawn.table === palette.table && inks.every((ink, k) => ink === drawn.inks[k]);
    if (same) return;
    if (drawn.table !== palette.table || drawn.view !== view) {
      this.tones = toneTable(palette, view.scale, view.top, view.missing);
      if (view.scale !== "colour") this.ramp.style.background = ramp(palette, view.scale);
    }
    this.levels = inks.some(Boolean) ? this.withInk(now, inks) : now;
    this.drawn = { data: now, table: palette.table, view, inks };
    const [high, wide] = view.size;
    if (!view.count) return;
    const about = { data: this.levels, width: wide, height: high * view.count, colour: view.scale === "colour" };
    paint(this.sheet, { ...about, missing: view.missing, line: palette.line }, this.tones);
  }

  // With what the browser's hand has drawn: ink from 0 to 1, on the scale of these pictures.
  withInk(levels, inks) {
    const all = levels.slice();
    const [low, high] = this.view.range;
    const { top, size } = this.view;
    inks.forEach((ink, k) => {
      if (!ink) return;
      const from = k * size[0] * size[1];
      for (let i = 0; i < ink.length; i++) {
        all[from + i] = Math.round(top * Math.max(0, Math.min(1, (ink[i] / 255 - low) / (high - low))));
      }
    });
    return all;
  }

  drawPicture(pen, palette, k) {
    const { grid, view } = this;
    const [high, wide] = view.size;
    const [left, top] = cornerOf(k, grid);
    const chosen = this.chosen === k;
    // Larger pixels stay pixels; a picture that is made smaller is smoothed.
    pen.imageSmoothingEnabled = grid.pixel * (window.devicePixelRatio || 1) < 1;
    pen.drawImage(this.sheet, 0, k * high, wide, high, left, top, grid.wide, grid.high);
    const colour = chosen ? palette.ink : view.draws[k] ? palette.muted : palette.line;
    stroke(pen, colour, 1, () => pen.rect(left - 0.5, top - 0.5, grid.wide + 1, grid.high + 1));
    if (chosen) stroke(pen, palette.ink, 2, () => pen.rect(left - 2, top - 2, grid.wide + 4, grid.high + 4));
    this.spots.draw(pen, grid, left, top);
    if (!grid.line) return;
    pen.font = font(palette, chosen ? 650 : 400);
    say(pen, fitted(pen, view.captions[k], grid.right - 4), left, top + grid.high + 0.56 * grid.line, { colour: chosen ? palette.ink : palette.muted });
  }

  // A stroke across each pixel that is not a number.
  drawMissing(pen, palette) {
    const { view, grid } = this;
    if (!view.missing || view.scale === "colour" || grid.pixel < 3) return;
    const [high, wide] = view.size;
    stroke(pen, palette.muted, 1, () => {
      for (let i = 0; i < this.levels.length; i++) {
        if (this.levels[i] !== 255) continue;
        const [left, top] = cornerOf(Math.floor(i / (high * wide)), grid);
        const [x, y] = [left + (i % wide) * grid.pixel, top + (Math.floor(i / wide) % high) * grid.pixel];
        pen.moveTo(x, y + grid.pixel);
        pen.lineTo(x + grid.pixel, y);
      }
    });
  }

  // Around the pixel that is looked at: dark and bright, so that it is seen on any.
  drawCursor(pen, palette) {
    const at = this.hands.looked;
    if (!at || at.row < 0 || at.picture >= this.view.count) return;
    const [left, top] = cornerOf(at.picture, this.grid);
    const { pixel } = this.grid;
    const [x, y, size] = [left + at.column * pixel, top + at.row * pixel, Math.max(pixel, 4)];
    const down = this.hands.byKeys && this.sketchIn(at.picture)?.down;
    stroke(pen, palette.page, 3, () => pen.rect(x - 1, y - 1, size + 2, size + 2));
    stroke(pen, down ? palette.blue : palette.ink, down ? 2.5 : 1.5, () => pen.rect(x - 1, y - 1, size + 2, size + 2));
  }

  // The value and the place of what is looked at; only the picture's name on its caption.
  said(at) {
    if (!at || !this.levels || at.picture >= this.view.count) return "";
    const [high, wide] = this.view.size;
    const many = this.view.scale === "colour" ? 3 : 1;
    const from = many * ((at.picture * high + at.row) * wide + at.column);
    return sentence(at, Array.from(this.levels.slice(from, from + many)), this.view);
  }

  // Where the middle of a pixel [picture, row, column] is on the screen, for tests.
  placeOf([picture, row, column]) {
    const rect = this.surface.canvas.getBoundingClientRect();
    const [left, top] = cornerOf(picture, this.grid);
    const { pixel } = this.grid;
    return { x: rect.left + left + (column + 0.5) * pixel, y: rect.top + top + (row + 0.5) * pixel };
  }
}
