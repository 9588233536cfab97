// The hand in a plane: what lies under it, what it holds, what is lit up, and the words that help.
// The plane draws the picture; this draws what can be moved and turns pixels into places.

import { make } from "../../front/dom.js";
import { Editor } from "./editor.js";
import { Gestures, distance } from "./gestures.js";
import { keyHint, mouseHint, pressKey } from "./keys.js";
import { drawHandle, drawRing, pointRadius } from "./marks.js";
import { Toolbar } from "./toolbar.js";

export class Interaction {
  constructor(piece, plane) {
    Object.assign(this, { piece, plane, hovered: -1, leaving: false, hints: null });
    const { frame, canvas } = plane.surface;
    this.frame = frame;
    this.canvas = canvas;
    this.editor = new Editor(piece.store, (text) => piece.announce(text));
    this.gestures = new Gestures(canvas, this.editor, this);
    this.toolbar = new Toolbar(this.editor, this);
    this.body = make("div", { class: "body" }, frame, this.toolbar.element);
    frame.addEventListener("keydown", (event) => this.key(event));
    for (const name of ["focus", "blur"]) frame.addEventListener(name, () => this.refresh());
  }

  configure(view) {
    this.editor.configure(view);
    const { editor } = this;
    this.movable = editor.points !== null || editor.handles.length > 0;
    this.frame.classList.toggle("movable", this.movable);
    this.hints = { mouse: mouseHint(editor, editor.handles.map((name) => this.label(name))), keys: keyHint(editor) };
    this.toolbar.show(this.movable, editor.points !== null);
    this.help();
  }

  label(name) {
    return this.piece.store.control(name)?.label ?? name;
  }

  get focused() {
    return document.activeElement === this.frame;
  }

  get veiled() {
    return Boolean(this.piece.store.question);
  }

  // --- pixels and places -------------------------------------------------------------------------

  pixelOf(item) {
    const [x, y] = this.editor.place(item) ?? [NaN, NaN]; // a point that has gone meanwhile
    return [this.plane.toX(x), this.plane.toY(y)];
  }

  spot([x, y]) {
    return this.editor.clamp([this.plane.toX.invert(x), this.plane.toY.invert(y)]);
  }

  // Well outside: a point let go there is thrown away.
  outside([x, y]) {
    const { left, top, width, height } = this.plane.box;
    return x < left - 12 || y < top - 12 || x > left + width + 12 || y > top + height + 12;
  }

  // The nearest thing under the pixel, or -1. A finger is broader than a mouse.
  hit(pixel, finger = false) {
    if (!this.plane.box || this.veiled) return -1;
    let best = { item: -1, gap: this.piece.palette.size * (finger ? 1.7 : 0.75) };
    for (let item = 0; item < this.editor.count; item++) {
      const gap = distance(this.pixelOf(item), pixel);
      if (gap < best.gap) best = { item, gap };
    }
    return best.item;
  }

  // --- drawing -----------------------------------------------------------------------------------

  // The point that would be deleted if it were let go now, as an index among the points.
  get goner() {
    return this.leaving ? this.gestures.held - this.editor.handles.length : -1;
  }

  draw(pen, palette) {
    const { editor, plane } = this;
    editor.handles.forEach((name, item) => drawHandle(pen, palette, plane.box, ...this.pixelOf(item), this.label(name)));
    if (this.hovered >= 0 && this.hovered < editor.count) this.ring(pen, palette, this.hovered, 1.2);
    if (this.focused && editor.count) this.ring(pen, palette, editor.chosen, 2, [3, 3]);
  }

  // The chosen one's is dashed: a whole ring belongs to the picture.
  ring(pen, palette, item, width, dash = []) {
    const r = this.editor.isPoint(item) ? pointRadius(palette, this.editor.data.x.length) * 1.8 : palette.size * 0.78;
    pen.setLineDash(dash);
    drawRing(pen, palette, ...this.pixelOf(item), r, width);
    pen.setLineDash([]);
  }

  // --- what happens ------------------------------------------------------------------------------

  hover(item) {
    const overSomething = item >= 0 ? "grab" : "";
    const { carrying, adding } = this.gestures;
    this.canvas.style.cursor = carrying || (adding !== null && item < 0) ? "crosshair" : overSomething;
    if (item === this.hovered) return;
    this.hovered = item;
    this.piece.redraw();
  }

  focus() {
    if (this.movable) this.frame.focus({ preventScroll: true });
  }

  carry(on) {
    Object.assign(this.gestures, { carrying: on, adding: null });
    this.refresh();
  }

  // From now on a click adds a point of that class, until the same is asked for once more.
  arm(kind) {
    const { gestures } = this;
    Object.assign(gestures, { carrying: false, adding: gestures.adding === kind ? null : kind });
    this.focus();
    this.refresh();
  }

  key(event) {
    if (this.veiled || !this.movable || !pressKey(this.editor, event)) return;
    event.preventDefault();
    this.refresh();
  }

  help() {
    if (this.hints) this.toolbar.help(this.hints, this.focused && this.piece.byKeyboard, this.gestures);
  }

  refresh() {
    this.help();
    this.piece.redraw();
  }
}
