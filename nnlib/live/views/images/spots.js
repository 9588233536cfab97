// Points that lie on every picture alike.

import { Stamps } from "../plane/marks.js";

export class Spots {
  constructor() {
    this.stamps = new Stamps();
  }

  // points: {places, classes} or null; their places as they are at `time`, in the pictures' own pixels.
  update(points, time, palette, grid) {
    this.kinds = points ? points.classes.at(time).data : [];
    this.places = points ? points.places.at(time).data : [];
    this.radius = Math.max(2, 0.022 * grid.wide);
    if (points) this.stamps.update(palette, this.radius, window.devicePixelRatio || 1);
  }

  // On the picture whose corner is there; a point that would stand over its edge is left out.
  draw(pen, { pixel, wide, high }, left, top) {
    const r = this.radius;
    this.kinds.forEach((kind, i) => {
      const [x, y] = [this.places[2 * i] * pixel, this.places[2 * i + 1] * pixel];
      if (x > r && y > r && x < wide - r && y < high - r) this.stamps.draw(pen, kind, left + x, top + y);
    });
  }
}
