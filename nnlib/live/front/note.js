// A few words among the views. Good and bad have a sign, not only a colour.

import { keepRoom, make, write } from "./dom.js";

const TONE_SIGNS = { good: "✓", bad: "✕", plain: "" };

// What is said now: one text, or one for each moment of the film.
export function saidNow(text, store) {
  return Array.isArray(text) ? text[Math.min(store.moment, text.length - 1)] : String(text ?? "");
}

export class Note {
  constructor(stage) {
    this.stage = stage;
    this.sign = make("span", { class: "sign", "aria-hidden": "true" });
    this.text = make("p");
    this.body = make("div", { class: "words" }, this.sign, this.text);
    this.close = keepRoom(this.body);
  }

  update(view) {
    const tone = view.tone ?? "plain";
    this.body.dataset.tone = tone;
    write(this.sign, TONE_SIGNS[tone] ?? "");
    this.said = view.text;
  }

  draw() {
    write(this.text, saidNow(this.said, this.stage.store).replace(/(^|[\s(=])-(?=\d)/g, "$1−")); // a true minus sign
  }
}
