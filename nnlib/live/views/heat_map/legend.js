// Under a map: what its colours mean, and the cell in words.

import { hide, make, write } from "../../front/dom.js";
import { shortNumber } from "../../front/numbers.js";

export class Legend {
  constructor() {
    const span = (name) => make("span", { class: name });
    Object.assign(this, { low: span("low"), middle: span("middle"), high: span("high"), name: span("name"), unit: span("measure") });
    this.ramps = [make("i", { class: "ramp first" }), make("i", { class: "ramp second" })];
    this.gaps = make("span", { class: "gaps" }, make("i", { class: "hatch" }), span("word"));
    const [first, second] = this.ramps;
    const parts = [this.name, this.low, first, this.middle, second, this.high, this.unit, this.gaps];
    this.scale = make("div", { class: "scale", "aria-hidden": "true" }, ...parts);
    this.words = span("cell-said");
    this.hint = span("hint");
    this.element = make("div", { class: "tones" }, this.scale, make("div", { class: "at" }, this.words, this.hint));
  }

  update({ scale: { low, middle, high, below, above }, quantity, measure, gaps, missing }) {
    const signed = middle !== null;
    this.scale.classList.toggle("signed", signed);
    write(this.name, quantity);
    write(this.unit, measure);
    write(this.low, (below ? "≤ " : "") + shortNumber(low));
    write(this.middle, signed ? shortNumber(middle) : "");
    write(this.high, (above ? "≥ " : "") + shortNumber(high));
    for (const part of [this.middle, this.ramps[1]]) hide(part, !signed);
    write(this.gaps.lastChild, missing);
    hide(this.gaps, !gaps);
  }

  say(words, hint) {
    write(this.words, words);
    write(this.hint, hint);
  }
}
