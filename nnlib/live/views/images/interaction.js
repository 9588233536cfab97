// The hand on a grid of pictures: it looks at a pixel, chooses a picture, draws where one can be drawn on.

import { pressKey, watchStrokes } from "../../controls/drawing/strokes.js";
import { ARROWS } from "../../front/keys.js";
import { cornerOf, pixelAt } from "./grid.js";
import { nameOf } from "./reading.js";

const SLOP = 6; // pixels that a click may slip

export class Interaction {
  constructor(piece, images) {
    Object.assign(this, { piece, images, at: { picture: 0, row: 0, column: 0 }, looked: null, pressed: null });
    const { frame, canvas } = images.surface;
    Object.assign(this, { frame, canvas });
    watchStrokes(canvas, (spot, sketch) => this.drawing(spot, sketch), (sketch, place) => this.drew(sketch, place));
    canvas.addEventListener("pointermove", (event) => this.look(event));
    canvas.addEventListener("pointerdown", (event) => this.press(event));
    canvas.addEventListener("pointerup", (event) => this.release(event));
    canvas.addEventListener("pointerleave", (event) => event.pointerType === "touch" || this.show(null));
    frame.addEventListener("focus", () => this.byKeys && this.step([0, 0]));
    frame.addEventListener("blur", () => this.leave());
    frame.addEventListener("keydown", (event) => this.key(event));
  }

  // The cursor stays within what is there now.
  configure({ count, size: [high, wide] }) {
    const { picture, row, column } = this.at;
    this.at = { picture: Math.max(0, Math.min(picture, count - 1)), row: Math.min(row, high - 1), column: Math.min(column, wide - 1) };
    if (this.looked && (this.looked.picture >= count || this.looked.row >= high || this.looked.column >= wide)) this.looked = null;
  }

  get byKeys() {
    return Boolean(this.piece.byKeyboard) && this.frame === this.frame.getRootNode().activeElement;
  }

  get veiled() {
    return Boolean(this.piece.store.question);
  }

  focus() {
    this.frame.focus({ preventScroll: true });
  }

  spot(event) {
    const box = this.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  under(event) {
    const { grid, view } = this.images;
    return grid && view && !this.veiled ? pixelAt(this.spot(event), grid, view) : null;
  }

  show(at) {
    if (JSON.stringify(at) === JSON.stringify(this.looked)) return;
    this.looked = at;
    this.piece.redraw();
  }

  // --- by pointer --------------------------------------------------------------------------------------

  look(event) {
    if (event.pointerType === "touch" && !this.pressed) return;
    const at = this.under(event);
    const over = at && this.images.sketchIn(at.picture) ? "crosshair" : at && this.images.view.pick ? "pointer" : "default";
    if (this.canvas.style.cursor !== over) this.canvas.style.cursor = over;
    this.show(at);
  }

  press(event) {
    const at = this.under(event);
    if (event.button !== 0 || !at) return;
    this.pressed = { at, spot: this.spot(event) };
    this.at = { ...at, row: Math.max(0, at.row), column: Math.max(0, at.column) };
    this.show(at);
    this.focus();
  }

  // A click or a tap chooses; a drag that began here does not, nor a stroke.
  release(event) {
    const { pressed } = this;
    this.pressed = null;
    if (!pressed || this.images.sketchIn(pressed.at.picture)) return;
    const [x, y] = this.spot(event);
    if (Math.hypot(x - pressed.spot[0], y - pressed.spot[1]) < SLOP) this.choose(pressed.at.picture, event.timeStamp);
  }

  choose(picture, time) {
    const { pick } = this.images.view;
    const { store } = this.piece;
    if (!pick || picture === store.values[pick] || picture >= (store.control(pick)?.count ?? 0)) return;
    store.change({ [pick]: picture }, time);
    this.piece.announce(`${nameOf(picture, this.images.view)} chosen`);
  }

  // Whose drawing lies there, {sketch, place}; with a sketch, the place on that one, wherever it is.
  drawing(event, sketch = null) {
    const { grid, view } = this.images;
    const at = sketch ? null : this.under(event);
    const picture = sketch ? view.draws.indexOf(sketch.name) : at?.row >= 0 ? at.picture : -1;
    const own = sketch ?? (picture >= 0 ? this.images.sketchIn(picture) : null);
    if (!own) return null;
    const [x, y] = this.spot(event);
    const [left, top] = cornerOf(Math.max(0, picture), grid);
    return { sketch: own, place: [(y - top) / grid.pixel, (x - left) / grid.pixel] };
  }

  // The keys go on where the pointer has been.
  drew(sketch, place) {
    const limits = [sketch.height, sketch.width];
    sketch.at = place.map((k, axis) => Math.max(0, Math.min(limits[axis] - 1, Math.floor(k))));
    sketch.lift();
  }

  // --- by keys -----------------------------------------------------------------------------------------

  key(event) {
    const { view } = this.images;
    if (this.veiled || !view?.count) return;
    const sketch = this.images.sketchIn(this.at.picture);
    if (sketch && pressKey(sketch, event)) this.follow(sketch);
    else if (event.ctrlKey || event.metaKey || event.altKey || !this.move(event)) return;
    event.preventDefault();
  }

  // True when the key meant something here.
  move(event) {
    if (ARROWS[event.key]) this.step(ARROWS[event.key]);
    else if (event.key === "PageDown") this.turn(1);
    else if (event.key === "PageUp") this.turn(-1);
    else if (event.key === "Enter" || event.key === " ") this.choose(this.at.picture, event.timeStamp);
    else if (event.key === "Escape") this.leave();
    else return false;
    return true;
  }

  step([right, down]) {
    const { count, size: [high, wide] } = this.images.view;
    if (!count) return;
    const { picture, row, column } = this.at;
    this.at = { picture, row: Math.max(0, Math.min(high - 1, row + down)), column: Math.max(0, Math.min(wide - 1, column + right)) };
    const sketch = this.images.sketchIn(picture);
    if (sketch) sketch.at = [this.at.row, this.at.column];
    this.tell();
  }

  // To the same place in another picture.
  turn(by) {
    this.images.sketchIn(this.at.picture)?.lift();
    this.at = { ...this.at, picture: Math.max(0, Math.min(this.images.view.count - 1, this.at.picture + by)) };
    this.step([0, 0]);
  }

  // The cursor goes with a drawing's own.
  follow(sketch) {
    this.at = { picture: this.at.picture, row: sketch.at[0], column: sketch.at[1] };
    this.looked = { ...this.at };
    this.piece.redraw();
    this.piece.announce(sketch.describe());
  }

  tell() {
    this.show({ ...this.at });
    this.piece.announce(this.images.said(this.at));
  }

  leave() {
    this.images.sketchIn(this.at.picture)?.lift();
    this.show(null);
    this.piece.redraw();
  }
}
