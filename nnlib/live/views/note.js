// A few words among the views. Good and bad have a sign, not only a colour.

import { keepRoom, make, write } from "../front/dom.js";

const TONE_SIGNS = { good: "✓", bad: "✕", plain: "" };

export default class Note {
  // It is read as it stands; the others are pictures with a description.
  static isText = true;

  constructor(piece) {
    this.piece = piece;
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
    write(this.text, this.piece.store.textNow(this.said).replace(/(^|[\s(=])-(?=\d)/g, "$1−")); // a true minus sign
  }
}
