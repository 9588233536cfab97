// A few words among the views. Good and bad have a sign, not only a colour.

import { keepRoom, make, write } from "./dom.js";

const TONE_SIGNS = { good: "✓", bad: "✕", plain: "" };

export class Note {
  constructor() {
    this.sign = make("span", { class: "sign", "aria-hidden": "true" });
    this.text = make("p");
    this.body = make("div", { class: "words" }, this.sign, this.text);
    this.close = keepRoom(this.body);
  }

  update(view) {
    const tone = view.tone ?? "plain";
    this.body.dataset.tone = tone;
    write(this.sign, TONE_SIGNS[tone] ?? "");
    write(this.text, (view.text ?? "").replace(/(^|[\s(=])-(?=\d)/g, "$1−")); // a true minus sign
  }

  draw() {}
}
