// When something goes wrong: one sentence in place, over the dimmed last picture, the traceback on demand.

import { button, hide, make, mark, write } from "./dom.js";

export class Trouble {
  constructor() {
    this.message = make("p", { class: "message", "data-part": "error" });
    this.trace = make("pre", { class: "trace", tabindex: 0, hidden: true });
    this.details = button({ class: "plain", "aria-expanded": "false" }, () => this.toggle(), "details");
    this.element = make("div", { class: "trouble", role: "alert", hidden: true }, this.message, this.details, this.trace);
  }

  toggle(open = this.trace.hidden) {
    hide(this.trace, !open);
    mark(this.details, "aria-expanded", open);
  }

  draw(error) {
    hide(this.element, !error);
    if (!error) return this.toggle(false);
    this.element.dataset.kind = error.kind ?? "error";
    write(this.message, error.message);
    write(this.trace, error.traceback ?? "");
    hide(this.details, !error.traceback);
  }
}
