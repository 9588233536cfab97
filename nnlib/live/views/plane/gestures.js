// Mouse, pen and finger in a plane. `interaction` answers: hit(pixel) -> item or -1, spot(pixel) -> place, outside(pixel).
// A finger on a point drags it; a finger anywhere else scrolls the page as if there were no canvas.

const DOUBLE_MS = 400;
const SLOP = 5;

export class Gestures {
  constructor(canvas, editor, interaction) {
    Object.assign(this, { canvas, editor, interaction, held: -1, moved: false, last: null, carrying: false, adding: null });
    this.listen("pointerdown", (event) => this.down(event));
    this.listen("pointermove", (event) => this.move(event));
    this.listen("pointerup", (event) => this.up(event));
    this.listen("pointercancel", () => this.drop());
    this.listen("pointerleave", () => this.interaction.hover(-1));
    // Scrolling is decided at the first touch, before any pointer event could say no.
    this.listen("touchstart", (event) => this.touch(event), { passive: false });
    this.listen("dblclick", (event) => event.preventDefault());
  }

  listen(name, listener, options) {
    this.canvas.addEventListener(name, listener, options);
  }

  pixel(event) {
    const rect = this.canvas.getBoundingClientRect();
    return [event.clientX - rect.left, event.clientY - rect.top];
  }

  touch(event) {
    const finger = event.touches.length === 1 && this.interaction.hit(this.pixel(event.touches[0]), true) >= 0;
    if (finger && event.cancelable) event.preventDefault();
  }

  down(event) {
    if (event.button !== 0 || this.interaction.veiled) return;
    const pixel = this.pixel(event);
    this.start = pixel;
    this.moved = false;
    this.held = this.carrying ? -1 : this.interaction.hit(pixel, event.pointerType === "touch");
    this.interaction.focus();
    if (this.held < 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.editor.choose(this.held);
    const [x, y] = this.interaction.pixelOf(this.held);
    this.grip = [x - pixel[0], y - pixel[1]];
    this.interaction.refresh();
  }

  move(event) {
    const pixel = this.pixel(event);
    // The kernel may have set other points meanwhile.
    if (this.held >= this.editor.count) this.drop();
    if (this.held < 0) return this.interaction.hover(event.pointerType === "mouse" ? this.interaction.hit(pixel) : -1);
    if (!this.moved && distance(pixel, this.start) < (event.pointerType === "touch" ? SLOP : 2)) return;
    this.moved = true;
    this.interaction.leaving = this.editor.isPoint(this.held) && this.interaction.outside(pixel);
    const target = [pixel[0] + this.grip[0], pixel[1] + this.grip[1]];
    this.editor.move(this.held, this.interaction.spot(target), event.timeStamp);
  }

  up(event) {
    const { held, moved } = this;
    const pixel = this.pixel(event);
    if (held >= 0 && moved) this.finish(event);
    else if (!moved && this.start && distance(pixel, this.start) < SLOP) this.tap(event, pixel, held);
    this.drop();
  }

  // The end of a drag: outside the plane it means delete.
  finish(event) {
    if (this.interaction.leaving) this.editor.remove(this.held, event.timeStamp);
    else this.editor.announce(this.editor.describe(this.held));
  }

  drop() {
    this.held = -1;
    this.start = null;
    this.interaction.leaving = false;
    this.interaction.refresh();
  }

  tap(event, pixel, item) {
    const { editor } = this;
    const double = this.last && event.timeStamp - this.last.time < DOUBLE_MS && distance(pixel, this.last.pixel) < 2 * SLOP;
    this.last = double ? null : { time: event.timeStamp, pixel };
    if (this.carrying) return this.putDown(event, pixel);
    if (this.adding !== null && item < 0) return editor.add(this.interaction.spot(pixel), this.adding, event.timeStamp);
    if (this.adding !== null && double) return; // a click too many on what it has just added
    if (item >= 0 && (double || event.altKey)) return editor.flip(item, event.timeStamp);
    if (item >= 0) return;
    if (double && editor.points) return editor.add(this.interaction.spot(pixel), undefined, event.timeStamp);
    if (!editor.points && editor.handles.length) this.bringHandle(event, pixel);
  }

  // The alternative to a drag: choose, press "move", tap where it should go.
  putDown(event, pixel) {
    this.editor.move(this.editor.chosen, this.interaction.spot(pixel), event.timeStamp);
    this.interaction.carry(false);
  }

  // In a plane with nothing but handles, a click brings the nearest one.
  bringHandle(event, pixel) {
    const gaps = this.editor.handles.map((_, item) => distance(this.interaction.pixelOf(item), pixel));
    const item = gaps.indexOf(Math.min(...gaps));
    this.editor.move(item, this.interaction.spot(pixel), event.timeStamp);
    this.editor.choose(item);
  }
}

export function distance(a, b) {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
