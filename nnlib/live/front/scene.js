// The views in their columns. A view whose type stays is kept from frame to frame and only told what is new.

import { hide, make, mark, write } from "./dom.js";
import { Plane } from "./plane.js";
import { Curves, Margins } from "./curves.js";
import { Bars } from "./bars.js";
import { Matrix } from "./matrix.js";
import { Graph } from "./graph.js";
import { Network } from "./network.js";
import { NetworkMaps } from "./network_maps.js";
import { Note } from "./note.js";

const VIEW_TYPES = { plane: Plane, curves: Curves, bars: Bars, matrix: Matrix, graph: Graph, network: Network, maps: NetworkMaps, note: Note };

// A plane that is long like a timeline gets the whole width, and so does a graph.
function isWide(view) {
  return (view.type === "plane" && view.aspect > 1.8) || view.type === "graph";
}

export class Scene {
  constructor(stage) {
    this.stage = stage;
    this.element = make("div", { class: "columns" });
    this.views = [];
    this.outline = "";
    this.columns = null;
  }

  close() {
    for (const { view } of this.views) view.close();
  }

  draw(columns) {
    const outline = JSON.stringify(columns.map((stack) => stack.map((view) => [view.type, isWide(view)])));
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
      const plane = stack.some((view) => view.type === "plane") ? "has-plane" : "";
      const wide = stack.some(isWide) ? "is-wide" : "";
      return make("div", { class: `column ${plane} ${wide}` }, ...stack.map((view) => this.add(view, margins)));
    });
    this.element.replaceChildren(...stacks);
    this.element.dataset.columns = columns.length;
  }

  add({ type }, margins) {
    const view = new (VIEW_TYPES[type] ?? Note)(this.stage);
    if (view.margins) view.margins = margins;
    const title = make("b");
    const unit = make("span", { class: "unit" });
    const head = make("div", { class: "title", hidden: true }, title, unit);
    const index = this.views.length;
    const element = make("div", { class: `view ${type}`, "data-view": type, "data-index": index }, head, view.body);
    this.views.push({ view, element, head, title, unit });
    return element;
  }

  // The title above a view; an axis without a title gives it its name, as in "loss".
  describe({ view, element, head, title, unit }, description) {
    const { ylabel = "", words = "" } = description;
    const main = description.title || (description.type === "curves" ? ylabel : "");
    const extra = ylabel && ylabel !== main ? `↑\u00a0${ylabel}` : "";
    write(title, main);
    write(unit, extra + (description.log ? `${extra ? ", " : ""}log scale` : ""));
    hide(head, !title.textContent && !unit.textContent);
    view.update(description);
    const speaker = view.focusable ?? element;
    const [role, stop] = view.movable ? ["application", "0"] : ["img", null];
    if (description.type === "note") return;
    mark(speaker, "role", role);
    mark(speaker, "aria-label", words || main || description.type);
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
