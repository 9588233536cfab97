// Below the views: the status line, the actions, what was printed, the code.

import { button, keepRoom, make, write } from "./dom.js";

const SCALES = [1, 1.35, 1.7];

export class Footer {
  constructor(piece) {
    const { store } = piece;
    this.piece = piece;
    this.notes = make("div", { class: "notes", "data-part": "notes" });
    const stop = action("stop", () => store.heartbeat.say({ kind: "stop" }));
    const reset = action("reset", (event) => store.reset(event.timeStamp));
    this.size = action("larger", () => this.larger());
    this.codeButton = action("code", () => this.toggleCode());
    this.codeButton.setAttribute("aria-expanded", "false");
    const actions = make("div", { class: "actions" }, stop, reset, this.codeButton, this.size);
    this.row = make("div", { class: "foot" }, this.notes, actions);
    this.output = make("pre", { class: "output", "data-part": "output", hidden: true, tabindex: 0, "aria-label": "printed by the function" });
    this.copy = button({ class: "plain" }, () => this.copyCode(), "copy");
    this.code = make("pre", { class: "code", "data-part": "code", tabindex: 0, "aria-label": "code" });
    this.panel = make("div", { class: "panel", hidden: true }, this.copy, this.code);
    this.keeps = [keepRoom(this.notes), keepRoom(this.output)];
  }

  close() {
    for (const stop of this.keeps) stop();
  }

  draw({ notes, output }) {
    while (this.notes.children.length < notes.length) this.notes.append(make("span"));
    while (this.notes.children.length > notes.length) this.notes.lastChild.remove();
    notes.forEach((note, i) => write(this.notes.children[i], this.piece.store.textNow(note)));
    write(this.output, output ?? "");
    // A box that was once there stays: pictures below must not jump when the next value prints nothing.
    if (output) this.output.hidden = false;
  }

  toggleCode() {
    this.panel.hidden = !this.panel.hidden;
    this.codeButton.setAttribute("aria-expanded", !this.panel.hidden);
    if (this.panel.hidden) return;
    write(this.code, this.piece.store.code ?? "");
    this.piece.store.heartbeat.say({ kind: "code" });
  }

  showCode(text) {
    write(this.code, text);
  }

  async copyCode() {
    try {
      await navigator.clipboard.writeText(this.code.textContent);
      write(this.copy, "copied");
    } catch {
      // No clipboard on a page without a certificate: select it, the person presses the keys.
      getSelection().selectAllChildren(this.code);
      write(this.copy, "selected");
    }
    setTimeout(() => write(this.copy, "copy"), 1500);
  }

  larger() {
    const { store } = this.piece;
    store.scale = SCALES[(SCALES.indexOf(store.scale) + 1) % SCALES.length];
    write(this.size, store.scale === SCALES.at(-1) ? "normal size" : "larger");
    store.tell("scale");
  }
}

function action(name, press) {
  return button({ class: "plain", "data-act": name }, press, name);
}
