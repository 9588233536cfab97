// The drawn parts of a computation graph: boxes with numbers, bent edges with a label.

import { mark, svg, write } from "../../front/dom.js";

// Straight from an even corner to the next, bent from an odd one on.
function way(corners) {
  const [first, ...others] = corners;
  let at = first;
  const parts = others.map(([x, y], i) => {
    const middle = (at[0] + x) / 2;
    const bend = i % 2 ? `C${middle},${at[1]} ${middle},${y} ${x},${y}` : `L${x},${y}`;
    at = [x, y];
    return bend;
  });
  return `M${first}${parts.join("")}`;
}

export class EdgeMark {
  constructor(edge, index) {
    const [x, y] = edge.at;
    this.line = svg("path", { class: "line", d: way(edge.corners) });
    this.ground = svg("rect", { class: "ground", x: x - 1.7, y: y - 0.62, width: 3.4, height: 1.24 });
    this.text = svg("text", { class: "small", x, y });
    const wide = svg("path", { class: "reach", d: way(edge.corners) });
    this.element = svg("g", { class: "edge", "data-edge": index }, wide, this.line, this.ground, this.text);
  }

  show(text, at, state) {
    write(this.text, text);
    const wide = text ? 0.56 * text.length + 0.4 : 0;
    mark(this.ground, "width", wide);
    mark(this.ground, "x", at[0] - wide / 2);
    mark(this.element, "class", `edge ${state}`);
  }
}

const LONG = 6; // signs that fit into half a box; what is longer is written smaller

function figure(node, name, text) {
  write(node, text);
  mark(node, "class", text.length > LONG ? `${name} long` : name);
}

export class NodeMark {
  constructor(node, index) {
    const [x, y, w, h] = node.box;
    const number = node.kind === "number";
    const round = { rx: number ? h / 2 : 0.5 };
    const box = { x: -w / 2, y: -h / 2, width: w, height: h, ...round };
    this.heading = svg("text", { class: number ? "small" : "heading", y: number ? 0 : -h / 4 });
    this.value = svg("text", { class: "value", y: h / 4 });
    this.gradient = svg("text", { class: "gradient", x: w / 4, y: h / 4 });
    const sheet = node.kind === "folded" ? svg("rect", { class: "box under", ...box, x: box.x + 0.22, y: box.y + 0.22 }) : null;
    const sign = svg("text", { class: "sign", x: w / 2 - 0.8, y: -h / 4 });
    write(sign, node.kind === "folded" ? "+" : node.key.includes(".") && node.kind === "operation" ? "−" : "");
    const parts = [sheet, svg("rect", { class: "box", ...box }), this.heading, this.value, this.gradient, sign];
    const marks = { "data-node": index, transform: `translate(${x} ${y})` };
    this.element = svg("g", { class: "node", ...marks }, ...parts);
    this.width = w;
  }

  // value, gradient: texts, empty where they are not known yet.
  show(node, value, gradient, state) {
    write(this.heading, node.heading);
    figure(this.value, "value", node.kind === "number" ? "" : value);
    figure(this.gradient, "gradient", gradient);
    mark(this.value, "x", node.gradient ? -this.width / 4 : 0);
    const inner = node.key.includes(".") && node.kind === "operation" ? "inner" : "";
    mark(this.element, "class", `node ${node.kind} ${inner} ${node.number ? "editable" : ""} ${state}`);
  }
}
