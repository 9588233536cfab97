// A column as tall as its number; pointed at, it says the number.

import { font, say, Surface } from "nnlib/live/front/canvas.js";
import { make, write } from "nnlib/live/front/dom.js";
import { fixedNumber } from "nnlib/live/front/numbers.js";

export default class Thermometer {
  constructor(piece) {
    this.piece = piece;
    this.surface = new Surface(() => this.draw());
    this.said = make("p", { class: "said" });
    this.body = make("div", {}, this.surface.frame, this.said);
    this.surface.frame.addEventListener("pointermove", () => write(this.said, `exactly ${fixedNumber(this.value, 3)}`));
  }

  update(view) {
    this.view = view;
  }

  get value() {
    return this.view.value.at(this.piece.store.time).data[0];
  }

  draw() {
    const { palette } = this.piece;
    const pen = this.view && this.surface.begin(palette);
    if (!pen) return;
    const { width, height } = this.surface;
    pen.fillStyle = palette.orange;
    pen.fillRect(0, height * (1 - this.value), width / 4, height * this.value);
    pen.font = font(palette, 600);
    say(pen, fixedNumber(this.value, 1), width / 3, height / 2, { colour: palette.ink });
  }

  close() {
    this.surface.close();
  }
}
