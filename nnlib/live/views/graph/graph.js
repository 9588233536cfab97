// A computation graph, stepped forward and backward; its inputs can be dragged and typed.

import { keepRoom, make, mark, svg, write } from "../../front/dom.js";
import { boxedNumber } from "../../front/numbers.js";
import { EdgeMark, NodeMark } from "./boxes.js";
import { Interaction } from "./interaction.js";
import { Pane } from "./pane.js";

const MARGIN = 0.35; // em around the drawing, for lines and rings

export default class Graph {
  static isWide() {
    return true;
  }

  constructor(piece) {
    this.piece = piece;
    this.edges = svg("g");
    this.nodes = svg("g");
    this.picture = svg("svg", { class: "drawing", "aria-hidden": "true" }, this.edges, this.nodes);
    this.frame = make("div", { class: "frame" }, this.picture);
    this.pane = new Pane(this.frame, this.picture);
    this.caption = make("p", { class: "caption" });
    this.legend = make("p", { class: "legend", "aria-hidden": "true" },
      make("b", {}, "value"), make("b", { class: "of-gradient" }, "gradient"), make("span", {}, "on lines: local derivative"));
    this.interaction = new Interaction(piece, this);
    this.body = make("div", { class: "graph-body" }, this.legend, this.frame, this.caption, this.interaction.hints);
    this.focusable = this.frame;
    this.movable = true;
    this.marks = { nodes: [], edges: [] };
    this.outline = "";
    this.leave = keepRoom(this.caption);
  }

  // Whether that control's numbers, or its open nodes, are moved here.
  holds(name) {
    return this.view?.numbers === name || this.view?.opened === name;
  }

  close() {
    this.leave();
    this.pane.close();
    this.interaction.close();
  }

  update(view) {
    this.view = view;
    const outline = JSON.stringify([view.nodes.map(({ box, kind, key }) => [box, kind, key]), view.edges.map((edge) => edge.corners)]);
    if (outline !== this.outline) this.build(view, outline);
  }

  build(view, outline) {
    this.outline = outline;
    this.marks = {
      nodes: view.nodes.map((node, i) => new NodeMark(node, i)),
      edges: view.edges.map((edge, i) => new EdgeMark(edge, i)),
    };
    this.edges.replaceChildren(...this.marks.edges.map(({ element }) => element));
    this.nodes.replaceChildren(...this.marks.nodes.map(({ element }) => element));
    for (const group of [this.edges, this.nodes]) mark(group, "transform", `translate(${MARGIN} ${MARGIN})`);
    this.interaction.forget();
    this.followed = -1;
  }

  // The moment that the player shows; without a player, the last.
  get moment() {
    const last = this.view.moments.length - 1;
    const { time } = this.piece.store;
    return time < 0 || time > last ? last : time;
  }

  // What is known at a moment: which values, and how much of each gradient has come together.
  known(moment) {
    const values = new Set();
    const gradients = new Map();
    for (const step of this.view.moments.slice(0, moment + 1)) {
      for (const i of step.values) values.add(i);
      for (const [i, text] of step.gradients) gradients.set(i, text);
    }
    return { values, gradients };
  }

  draw() {
    const { view, piece } = this;
    if (!view || !piece.palette) return;
    this.pane.resize([view.size[0] + 2 * MARGIN, view.size[1] + 2 * MARGIN], piece.palette.size);
    const { moment } = this;
    const step = view.moments[moment];
    const last = moment === view.moments.length - 1;
    this.now = this.known(moment);
    const lit = new Set(last && piece.store.time < 0 ? [] : step.edges);
    const atWork = last && piece.store.time < 0 ? null : step.node;
    const onPath = new Set(view.path);
    view.edges.forEach((edge, i) => this.marks.edges[i].show(this.textOf(edge), edge.at, this.stateOfEdge(edge, i, { lit, step, onPath })));
    const changed = new Set(step.gradients.map(([i]) => i));
    view.nodes.forEach((node, i) => this.drawNode(node, i, { atWork, changed: atWork === null ? new Set() : changed, step }));
    if (this.followed !== moment && atWork !== null) this.pane.follow(view.nodes[atWork].box);
    this.followed = moment;
    this.interaction.configure();
    this.say(step, last);
  }

  stateOfEdge(edge, i, { lit, step, onPath }) {
    const { pointed } = this.interaction;
    const near = pointed?.edge === i || pointed?.node === edge.from || pointed?.node === edge.to;
    if (lit.has(i)) return step.back ? "lit back" : "lit";
    if (onPath.has(i)) return "lit back";
    return `${near ? "near" : ""} ${this.view.path.length ? "aside" : ""}`;
  }

  drawNode(node, i, { atWork, changed, step }) {
    const { values, gradients } = this.now;
    const states = [
      i === atWork ? (step.back ? "lit back" : "lit") : changed.has(i) ? "given" : "",
      this.interaction.pointed?.node === i ? "pointed" : "",
      this.interaction.isChosen(i) ? "chosen" : "",
    ];
    this.marks.nodes[i].show(node, values.has(i) ? this.valueOf(node) : "", gradients.get(i) ?? "", states.join(" "));
  }

  // A local derivative is made of values, so it appears with that of the result.
  textOf(edge) {
    return this.now.values.has(edge.to) ? edge.text : "";
  }

  // A number under the hand is shown as it is, before Python has answered.
  valueOf(node) {
    return node.number ? boxedNumber(this.piece.store.values[this.view.numbers][node.number]) : node.value;
  }

  say(step, last) {
    const { view } = this;
    const pointed = this.interaction.pointed ?? this.interaction.spoken;
    const resting = last && view.pathSays ? view.pathSays : step.says;
    const text = pointed ? this.about(pointed) : resting;
    write(this.caption, text);
  }

  // Only what is known at this moment: the rest is still to come.
  about({ node, edge }) {
    if (edge !== undefined) return this.aboutEdge(this.view.edges[edge]);
    const about = this.view.nodes[node];
    if (!about) return "";
    const [value, gradient] = about.says;
    if (!this.now.values.has(node)) return about.heading;
    return this.now.gradients.has(node) || !gradient ? [value, gradient].filter(Boolean).join(";  ") : value;
  }

  aboutEdge(edge) {
    if (!edge) return "";
    const { values, gradients } = this.now;
    if (!values.has(edge.to)) return this.view.nodes[edge.to].heading;
    return edge.says.slice(0, gradients.has(edge.to) ? 2 : 1).filter(Boolean).join(";  ");
  }
}
