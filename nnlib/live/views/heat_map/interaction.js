// The hand in a map: the cell that is looked at, and the one that is chosen.
// Pointing looks, as the arrow keys do; a click, a tap and Enter choose; a drag, as Shift with the arrow keys, chooses
// all the way. A finger on the chosen cell drags it; anywhere else it taps, or scrolls the page.

import { ARROWS } from "../../front/keys.js";

const SLOP = { touch: 6, other: 1 };
const QUIET = 250; // ms at rest before a cell is read out
const LEAP = 10; // rows a page

export class Interaction {
  constructor(piece, map) {
    Object.assign(this, { piece, map, looked: null, last: null, held: false, start: null });
    const { frame, canvas } = map.surface;
    Object.assign(this, { frame, canvas });
    const listen = (node, name, heard, options) => node.addEventListener(name, (event) => heard.call(this, event), options);
    for (const name of ["down", "move", "up", "cancel", "leave"]) listen(canvas, `pointer${name}`, this[name]);
    // Scrolling is decided at the first touch, before any pointer event could say no.
    listen(canvas, "touchstart", this.touch, { passive: false });
    listen(frame, "keydown", this.key);
    listen(frame, "focus", this.focus);
    listen(frame, "blur", () => this.look(null));
  }

  close() {
    clearTimeout(this.speaking);
  }

  // The control whose cell this is, if a hand may choose it.
  get edit() {
    const name = this.map.view?.cell?.edit;
    return name && this.piece.store.values[name] !== undefined ? name : null;
  }

  // The browser's own value: it is under the finger before the kernel knows.
  get chosen() {
    const place = this.edit ? this.piece.store.values[this.edit] : this.map.view?.cell?.at;
    return place ? this.inside(place) : null;
  }

  inside(place) {
    return place.map((k, axis) => Math.max(0, Math.min(this.map.shape[axis] - 1, k)));
  }

  get veiled() {
    return Boolean(this.piece.store.question) || !this.map.box;
  }

  // --- what happens --------------------------------------------------------------------------------

  look(place) {
    if (String(place) === String(this.looked)) return;
    this.looked = place;
    this.last = place ?? this.last;
    this.piece.redraw();
  }

  choose(place, at) {
    if (!this.edit || String(place) === String(this.chosen)) return;
    this.piece.store.change({ [this.edit]: place }, at);
  }

  // The newest cell, once the hand rests: nobody can listen to every one on the way.
  say() {
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => this.piece.announce(this.map.words(this.looked ?? this.chosen)), QUIET);
  }

  // --- mouse, pen and finger -------------------------------------------------------------------------

  pixel(event) {
    const box = this.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  // Whether a finger there means the chosen cell: a finger is broader than a cell.
  near([x, y]) {
    if (!this.edit || this.veiled) return false;
    const [row, column] = this.chosen;
    return Math.hypot(this.map.toX(column) - x, this.map.toY(row) - y) < this.piece.palette.size * 1.7;
  }

  touch(event) {
    const one = event.touches.length === 1 && this.near(this.pixel(event.touches[0]));
    if (one && event.cancelable) event.preventDefault();
  }

  down(event) {
    if (event.button !== 0 || this.veiled) return;
    const pixel = this.pixel(event);
    const finger = event.pointerType === "touch";
    const place = this.map.under(pixel);
    if (!place) return;
    this.frame.focus({ preventScroll: true });
    this.start = pixel;
    this.held = Boolean(this.edit) && (!finger || this.near(pixel));
    if (this.held) this.canvas.setPointerCapture(event.pointerId);
    if (this.held && !finger) this.choose(place, event.timeStamp);
    this.look(place);
  }

  move(event) {
    if (this.veiled) return;
    const pixel = this.pixel(event);
    if (this.start && this.far(pixel, event.pointerType)) this.start = null;
    const place = this.map.under(pixel, this.held);
    if (this.held && !this.start) this.choose(place, event.timeStamp);
    if (this.held || event.pointerType !== "touch") this.look(place);
  }

  far(pixel, pointer) {
    return Math.hypot(pixel[0] - this.start[0], pixel[1] - this.start[1]) > (SLOP[pointer] ?? SLOP.other);
  }

  up(event) {
    if (this.start && !this.veiled) this.choose(this.map.under(this.pixel(event), true), event.timeStamp);
    if (this.start || this.held) this.say();
    this.cancel();
  }

  cancel() {
    Object.assign(this, { held: false, start: null });
  }

  leave(event) {
    if (event.pointerType !== "touch" && !this.held) this.look(null);
  }

  // --- keys ------------------------------------------------------------------------------------------

  focus() {
    if (!this.piece.byKeyboard || !this.map.box) return;
    this.look(this.chosen ?? this.inside(this.last ?? [0, 0]));
    this.say();
  }

  key(event) {
    if (this.veiled || event.ctrlKey || event.metaKey || event.altKey) return;
    const from = this.inside(this.looked ?? this.chosen ?? this.last ?? [0, 0]);
    const place = this.stepped(event.key, from);
    if (event.key === "Escape") this.look(null);
    else if (!place) return;
    else this.go(place, event);
    event.preventDefault();
  }

  go(place, event) {
    this.look(place);
    if (event.shiftKey || event.key === "Enter" || event.key === " ") this.choose(place, event.timeStamp);
    this.say();
  }

  // Where a key leads; null for one that means nothing here.
  stepped(key, [row, column]) {
    const down = this.map.view.upward ? -1 : 1;
    const leaps = { Home: [row, 0], End: [row, Infinity], Enter: [row, column], " ": [row, column],
      PageUp: [row - LEAP * down, column], PageDown: [row + LEAP * down, column] };
    const step = ARROWS[key];
    const to = step ? [row + step[1] * down, column + step[0]] : leaps[key];
    return to ? this.inside(to) : null;
  }
}
