// The hand in a graph: it points, drags numbers and the ground, types, opens nodes; by mouse, finger and keyboard.

import { make, write } from "../../front/dom.js";
import { ARROWS } from "../../front/keys.js";
import { NumberFields } from "./number_fields.js";

export class Interaction {
  constructor(piece, graph) {
    Object.assign(this, { piece, graph, pointed: null, spoken: null, chosen: 0, turned: "", drag: null, edgeTurn: 0 });
    this.fields = new NumberFields(piece, graph);
    this.mouse = make("span", { class: "for-mouse" });
    this.keys = make("span", { class: "for-keys" });
    this.hints = make("div", { class: "tools" }, this.mouse, this.keys);
    const { frame } = graph;
    const listen = (name, act) => frame.addEventListener(name, act);
    listen("pointermove", (event) => this.move(event));
    listen("pointerdown", (event) => this.down(event));
    listen("pointerup", (event) => this.up(event));
    listen("pointercancel", () => (this.drag = null));
    listen("pointerleave", () => this.point(null));
    listen("dblclick", (event) => this.twice(event));
    listen("wheel", (event) => this.wheel(event));
    listen("keydown", (event) => event.target === frame && this.key(event));
    listen("focus", () => this.focus(true));
    listen("blur", () => this.focus(false));
  }

  close() {
    this.fields.endTyping();
  }

  get store() {
    return this.piece.store;
  }

  // Another graph: what was pointed at is gone. The keyboard stays at the node that was opened or closed.
  forget() {
    this.pointed = this.spoken = this.drag = null;
    const { turned } = this;
    this.chosen = Math.max(0, this.graph.view.nodes.findIndex(({ key }) => turned && (key === turned || key.startsWith(`${turned}.`))));
    this.turned = "";
    this.fields.endTyping();
  }

  configure() {
    const { view } = this.graph;
    const number = view.nodes.some((node) => node.number);
    const folded = view.opened && view.nodes.some((node) => node.kind === "folded" || node.key.includes("."));
    const ground = !this.graph.pane.whole;
    const mouse = [number && "drag an input sideways, or double-click to type", folded && "click + to open, − to close", ground && "drag the ground to move, Ctrl + wheel to enlarge"];
    const keys = ["arrows: choose", "E: its edges", number && "+ −: change a number, Enter: type", folded && "Enter: open or close", "I O W: larger, smaller, whole"];
    write(this.mouse, mouse.filter(Boolean).join(";  ") || "point at a node or a line");
    write(this.keys, keys.filter(Boolean).join(";  "));
  }

  isChosen(i) {
    return this.focused && this.piece.byKeyboard && i === this.chosen;
  }

  focus(on) {
    this.focused = on;
    if (!on) this.spoken = null;
    this.hints.classList.toggle("by-keys", on && this.piece.byKeyboard);
    this.piece.redraw();
  }

  // --- pointer -----------------------------------------------------------------------------------

  // What lies there, also while the frame holds the pointer.
  under({ clientX, clientY }) {
    const part = this.graph.frame.getRootNode().elementFromPoint(clientX, clientY)?.closest("[data-node], [data-edge]");
    if (!part) return null;
    return part.dataset.node !== undefined ? { node: Number(part.dataset.node) } : { edge: Number(part.dataset.edge) };
  }

  point(thing) {
    if (thing?.node === this.pointed?.node && thing?.edge === this.pointed?.edge) return;
    this.pointed = thing;
    this.piece.redraw();
  }

  down(event) {
    if (event.button !== 0 || event.target === this.fields.field) return;
    const thing = this.under(event);
    const node = this.graph.view.nodes[thing?.node];
    if (thing?.node !== undefined) this.chosen = thing.node;
    this.drag = { x: event.clientX, y: event.clientY, thing, far: false, from: node?.number ? this.fields.value(node.number) : null };
    this.drag.name = node?.number;
    this.graph.frame.setPointerCapture(event.pointerId);
  }

  move(event) {
    const { drag } = this;
    if (!drag) return this.point(this.under(event));
    const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
    if (Math.hypot(dx, dy) > 3) drag.far = true;
    if (!drag.far) return;
    if (drag.name) return this.fields.drag(drag.name, drag.from, dx, event.timeStamp);
    this.graph.pane.move(dx, dy);
    Object.assign(drag, { x: event.clientX, y: event.clientY });
  }

  up(event) {
    const { drag } = this;
    this.drag = null;
    if (!drag || drag.far || drag.thing?.node === undefined) return;
    this.turn(drag.thing.node, event.timeStamp);
  }

  twice(event) {
    const node = this.graph.view.nodes[this.under(event)?.node];
    if (node?.number) this.fields.type(node);
  }

  // Only with Ctrl: without it the wheel belongs to the page.
  wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const rect = this.graph.frame.getBoundingClientRect();
    this.graph.pane.enlarge(event.deltaY < 0 ? 1.15 : 1 / 1.15, [event.clientX - rect.left, event.clientY - rect.top]);
  }

  // --- opening -----------------------------------------------------------------------------------

  // Opens a folded node; a node that came out of one closes that.
  turn(i, at) {
    const { view } = this.graph;
    const node = view.nodes[i];
    if (!view.opened) return;
    const keys = this.store.values[view.opened];
    const parent = node.key.split(".").slice(0, -1).join(".");
    this.turned = node.kind === "folded" ? node.key : parent;
    if (node.kind === "folded") this.store.change({ [view.opened]: [...keys, node.key].sort() }, at);
    else if (parent) this.store.change({ [view.opened]: keys.filter((key) => key !== parent && !key.startsWith(`${parent}.`)) }, at);
  }

  // --- keyboard ----------------------------------------------------------------------------------

  key(event) {
    const { view, pane } = this.graph;
    const node = view.nodes[this.chosen];
    const acts = {
      e: () => this.nextEdge(), i: () => pane.enlarge(1.25), o: () => pane.enlarge(0.8), w: () => pane.toggleWhole(),
      Enter: () => (node.number ? this.fields.type(node) : this.turn(this.chosen, event.timeStamp)),
      "+": () => node.number && this.fields.nudge(node, 1, event), "-": () => node.number && this.fields.nudge(node, -1, event),
    };
    const arrow = ARROWS[event.key];
    const act = arrow ? () => this.step(arrow) : acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.pointed = null; // the mouse may lie anywhere
    act();
    this.piece.redraw();
  }

  // To the nearest node in that direction.
  step([right, down]) {
    const { nodes } = this.graph.view;
    const [x, y] = nodes[this.chosen].box;
    const cost = ([u, v]) => {
      const [along, across] = right ? [(u - x) * right, Math.abs(v - y)] : [(v - y) * down, Math.abs(u - x)];
      return along > 0.1 ? along + 2 * across : Infinity;
    };
    const costs = nodes.map((node) => cost(node.box));
    const best = costs.indexOf(Math.min(...costs));
    if (costs[best] < Infinity) this.chosen = best;
    this.tell({ node: this.chosen });
  }

  nextEdge() {
    const own = this.graph.view.edges.flatMap((edge, i) => (edge.from === this.chosen || edge.to === this.chosen ? [i] : []));
    if (own.length) this.tell({ edge: own[this.edgeTurn++ % own.length] });
  }

  tell(thing) {
    this.spoken = thing;
    if (thing.node !== undefined) this.graph.pane.follow(this.graph.view.nodes[thing.node].box);
    this.piece.announce(this.graph.about(thing));
  }
}
