// The part of a large drawing that is seen: as a whole if that is legible, and else to be moved and enlarged.
// The drawing's unit is the em; `scale` is how many of the page's em one of it is.

const LEAST = 0.76;
const MOST = 1.25;
const TALLEST = 42;

export class Pane {
  constructor(frame, picture) {
    Object.assign(this, { frame, picture, size: [1, 1], zoom: 1, x: 0, y: 0, width: 0, em: 13 });
    this.observer = new ResizeObserver(() => this.frame.clientWidth !== this.width && this.fit());
    this.observer.observe(frame);
  }

  close() {
    this.observer.disconnect();
  }

  // The natural scale: the whole width, if that can be read.
  get scale() {
    const whole = this.width / (this.em * this.size[0]);
    return Math.max(LEAST, Math.min(MOST, whole)) * this.zoom;
  }

  get seen() {
    const unit = this.em * this.scale;
    return [this.width / unit, (this.frame.clientHeight || 1) / unit];
  }

  // Whether all of it is in sight, so that there is nothing to be moved.
  get whole() {
    const [wide, tall] = this.seen;
    return wide + 0.05 >= this.size[0] && tall + 0.05 >= this.size[1];
  }

  resize(size, em) {
    const same = size[0] === this.size[0] && size[1] === this.size[1] && em === this.em;
    Object.assign(this, { size, em });
    if (!same || !this.width) this.fit();
  }

  fit() {
    this.width = this.frame.clientWidth;
    if (!this.width) return;
    const natural = this.scale / this.zoom;
    this.frame.style.height = `${Math.min(this.size[1] * natural, TALLEST) * this.em}px`;
    this.show();
  }

  show() {
    const [wide, tall] = this.seen;
    this.x = wide >= this.size[0] ? 0 : Math.max(0, Math.min(this.size[0] - wide, this.x));
    this.y = tall >= this.size[1] ? (this.size[1] - tall) / 2 : Math.max(0, Math.min(this.size[1] - tall, this.y));
    const box = [this.x, this.y, wide, tall].map((value) => value.toFixed(3)).join(" ");
    if (this.picture.getAttribute("viewBox") !== box) this.picture.setAttribute("viewBox", box);
    this.frame.classList.toggle("pannable", !this.whole);
  }

  move(dx, dy) {
    this.x -= dx / (this.em * this.scale);
    this.y -= dy / (this.em * this.scale);
    this.show();
  }

  // Enlarge around a spot of the frame (in pixels); the middle if none is given.
  enlarge(factor, spot = [this.width / 2, this.frame.clientHeight / 2]) {
    const before = this.at(spot);
    this.zoom = Math.max(0.25, Math.min(4, this.zoom * factor));
    const after = this.at(spot);
    this.x += before[0] - after[0];
    this.y += before[1] - after[1];
    this.show();
  }

  // All of it at once, however small; and back to what can be read.
  toggleWhole() {
    const natural = this.scale / this.zoom;
    const all = Math.min(this.width / (this.em * this.size[0]), this.frame.clientHeight / (this.em * this.size[1]));
    this.zoom = this.zoom === 1 ? Math.min(1, all / natural) : 1;
    this.show();
  }

  at([left, top]) {
    const unit = this.em * this.scale;
    return [this.x + left / unit, this.y + top / unit];
  }

  toPixels([x, y]) {
    const unit = this.em * this.scale;
    return [(x - this.x) * unit, (y - this.y) * unit];
  }

  // Bring a box into sight, with some room around it.
  follow([x, y, w, h], room = 3) {
    const [wide, tall] = this.seen;
    const into = (start, span, low, high) => (low < start ? low : high > start + span ? high - span : start);
    this.x = into(this.x, wide, x - w / 2 - room, x + w / 2 + room);
    this.y = into(this.y, tall, y - h / 2 - room / 3, y + h / 2 + room / 3);
    this.show();
  }
}
