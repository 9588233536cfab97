// The views in their columns. A view whose kind stays is kept from frame to frame and only told what is new.

import { hide, make, mark, write } from "./dom.js";
import { Margins } from "./margins.js";

export class Scene {
  constructor(piece) {
    this.piece = piece;
    this.element = make("div", { class: "columns" });
    this.views = [];
    this.outline = "";
    this.columns = null;
  }

  close() {
    for (const { view } of this.views) view.close?.();
  }

  // What a kind is drawn by.
  drawerOf({ kind }) {
    return this.piece.store.kinds.views[kind].default;
  }

  // Whether it gets the whole width.
  isWide(view) {
    return Boolean(this.drawerOf(view).isWide?.(view));
  }

  draw(columns) {
    const outline = JSON.stringify(columns.map((stack) => stack.map((view) => [view.kind, this.isWide(view)])));
    if (outline !== this.outline) this.rebuild(columns, outline);
    if (columns !== this.columns) columns.flat().forEach((view, i) => this.describe(this.views[i], view));
    this.columns = columns;
    const room = this.room();
    for (const { view } of this.views) view.draw();
    // A curve that needed more room than those drawn before it: these once more.
    if (this.room() !== room) for (const { view } of this.views) view.draw();
  }

  room() {
    return this.views.reduce((sum, { view }) => sum + (view.margins?.total ?? 0), 0);
  }

  rebuild(columns, outline) {
    this.close();
    this.outline = outline;
    this.views = [];
    const stacks = columns.map((stack) => {
      const margins = new Margins();
      const kinds = stack.map(({ kind }) => `has-${kind}`).join(" ");
      const wide = stack.some((view) => this.isWide(view)) ? "is-wide" : "";
      return make("div", { class: `column ${kinds} ${wide}` }, ...stack.map((view) => this.add(view, margins)));
    });
    this.element.replaceChildren(...stacks);
    this.element.dataset.columns = columns.length;
  }

  add(description, margins) {
    const { kind } = description;
    const view = new (this.drawerOf(description))(this.piece);
    if (view.margins) view.margins = margins;
    const title = make("b");
    const unit = make("span", { class: "unit" });
    const head = make("div", { class: "title", hidden: true }, title, unit);
    const index = this.views.length;
    const element = make("div", { class: `view ${kind}`, "data-view": kind, "data-index": index }, head, view.body);
    this.views.push({ view, element, head, title, unit });
    return element;
  }

  // The title above a view, and its words for whoever does not see it.
  describe({ view, element, head, title, unit }, description) {
    const { ylabel = "", words = "" } = description;
    const drawer = this.drawerOf(description);
    const main = drawer.heading?.(description) ?? description.title;
    const extra = ylabel && ylabel !== main ? `↑\u00a0${ylabel}` : "";
    write(title, main);
    write(unit, extra + (description.log ? `${extra ? ", " : ""}log scale` : ""));
    hide(head, !title.textContent && !unit.textContent);
    view.update(description);
    const speaker = view.focusable ?? element;
    const [role, stop] = view.movable ? ["application", "0"] : ["img", null];
    if (drawer.isText) return;
    mark(speaker, "role", role);
    mark(speaker, "aria-label", words || main || description.kind);
    if (stop === null) speaker.removeAttribute("tabindex");
    else mark(speaker, "tabindex", stop);
  }

  // Where a place of a plane or a curve is on the screen, for tests and for curious people in the console.
  toPixels(index, x, y) {
    const { view } = this.views[index] ?? {};
    if (!view?.toX) return null;
    const rect = view.surface.canvas.getBoundingClientRect();
    return { x: rect.left + view.toX(x), y: rect.top + view.toY(y) };
  }
}
