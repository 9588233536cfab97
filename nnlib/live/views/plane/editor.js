// Editing in a plane: which things can be moved, which one is chosen, and what happens to them.
// It knows values, not pixels: the mouse, the finger, the keyboard and the buttons all end up here.

import { shortNumber } from "../../front/numbers.js";
import { CLASSES } from "./marks.js";

export class Editor {
  constructor(store, announce) {
    this.store = store;
    this.announce = announce;
    this.chosen = 0;
    this.bounds = [0, 1, 0, 1];
    this.points = null;
    this.handles = [];
  }

  // What the view says can be edited; it may change from frame to frame.
  configure(view) {
    const known = (name) => name && this.store.values[name] !== undefined;
    this.bounds = view.bounds;
    this.points = known(view.points?.edit) ? view.points.edit : null;
    this.handles = (view.handles ?? []).filter(known);
    this.chosen = Math.max(0, Math.min(this.chosen, this.count - 1));
  }

  get data() {
    return this.points ? this.store.values[this.points] : { x: [], y: [] };
  }

  // Handles come first: there are few, and the points may change in number.
  get count() {
    return this.handles.length + this.data.x.length;
  }

  get least() {
    return this.store.control(this.points)?.least ?? 0;
  }

  get most() {
    return this.store.control(this.points)?.most ?? Infinity;
  }

  isPoint(item) {
    return item >= this.handles.length;
  }

  place(item) {
    return this.isPoint(item) ? this.data.x[item - this.handles.length] : this.store.values[this.handles[item]];
  }

  kind(item) {
    return this.data.y[item - this.handles.length];
  }

  clamp([x, y]) {
    const [x0, x1, y0, y1] = this.bounds;
    return [Math.max(x0, Math.min(x1, x)), Math.max(y0, Math.min(y1, y))];
  }

  choose(item) {
    if (!this.count) return this.announce("no points");
    this.chosen = (item + this.count) % this.count;
    this.announce(this.describe(this.chosen));
  }

  move(item, place, at) {
    const inside = this.clamp(place);
    if (!this.isPoint(item)) return this.store.change({ [this.handles[item]]: inside }, at);
    const x = [...this.data.x];
    x[item - this.handles.length] = inside;
    this.write({ x, y: this.data.y }, at);
  }

  // By a fraction of the bounds; for the arrow keys.
  nudge(right, up, fraction, at) {
    if (!this.count) return;
    const [x0, x1, y0, y1] = this.bounds;
    const [x, y] = this.place(this.chosen);
    this.move(this.chosen, [x + right * fraction * (x1 - x0), y + up * fraction * (y1 - y0)], at);
    this.announce(this.describe(this.chosen));
  }

  add(place, kind, at) {
    if (!this.points) return;
    if (this.data.x.length >= this.most) return this.announce(`no more than ${this.most} points`);
    const spot = this.clamp(place);
    this.write({ x: [...this.data.x, spot], y: [...this.data.y, kind ?? this.nearestKind(spot)] }, at);
    this.chosen = this.count - 1;
    this.announce(`added ${this.describe(this.chosen)}`);
  }

  flip(item, at) {
    if (!this.points || !this.count || !this.isPoint(item)) return;
    const y = [...this.data.y];
    y[item - this.handles.length] = 1 - y[item - this.handles.length];
    this.write({ x: this.data.x, y }, at);
    this.announce(`now ${this.describe(item)}`);
  }

  remove(item, at) {
    if (!this.points || !this.count || !this.isPoint(item)) return;
    if (this.data.x.length <= this.least) return this.announce(`no fewer than ${this.least} points`);
    const gone = item - this.handles.length;
    const without = (list) => list.filter((_, i) => i !== gone);
    this.write({ x: without(this.data.x), y: without(this.data.y) }, at);
    this.chosen = Math.max(0, Math.min(item, this.count - 1));
    this.announce(`deleted; ${this.data.x.length} points left`);
  }

  write(data, at) {
    this.store.change({ [this.points]: data }, at);
  }

  nearestKind(spot) {
    let best = { distance: Infinity, kind: 0 };
    this.data.x.forEach((place, i) => {
      const distance = this.distance(place, spot);
      if (distance < best.distance) best = { distance, kind: this.data.y[i] };
    });
    return best.kind;
  }

  // Of two spots, in units of the view.
  distance(a, b) {
    const [x0, x1, y0, y1] = this.bounds;
    return Math.hypot((a[0] - b[0]) / (x1 - x0), (a[1] - b[1]) / (y1 - y0));
  }

  // A spot near the middle with no point on it: walk outward on a spiral.
  freeSpot() {
    const [x0, x1, y0, y1] = this.bounds;
    for (let k = 0; k < 400; k++) {
      const [r, angle] = [0.02 * Math.sqrt(k), 2.4 * k];
      const spot = [(x0 + x1) / 2 + r * Math.cos(angle) * (x1 - x0), (y0 + y1) / 2 + r * Math.sin(angle) * (y1 - y0)];
      if (this.data.x.every((place) => this.distance(place, spot) > 0.04)) return spot;
    }
    return [(x0 + x1) / 2, (y0 + y1) / 2];
  }

  describe(item) {
    const [x, y] = this.place(item).map(shortNumber);
    if (!this.isPoint(item)) {
      const handle = this.store.control(this.handles[item]);
      return `${handle?.label ?? this.handles[item]} at ${x}, ${y}`;
    }
    const nth = item - this.handles.length + 1;
    return `point ${nth} of ${this.data.x.length}, ${CLASSES[this.kind(item)].word}, at ${x}, ${y}`;
  }
}
