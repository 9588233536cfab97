// Live pieces on a page of their own: a model for each, as the front end wants it, and the line to where it is answered.

import front from "./front.js";

// All that the front end asks of a widget's model. `post` takes what it sends; `hear` is called with what comes back.
export class Model {
  constructor(state, post) {
    this.state = state;
    this.post = post;
    this.listeners = new Map();
  }

  get(name) {
    return this.state[name];
  }

  on(name, listener) {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
  }

  off(name, listener) {
    this.listeners.set(name, (this.listeners.get(name) ?? []).filter((other) => other !== listener));
  }

  send(content) {
    this.post(content);
  }

  hear(content, buffers) {
    for (const listener of this.listeners.get("msg:custom") ?? []) listener(content, buffers);
  }
}

// Draws a piece in `el`; returns its model.
export function show(state, post, el) {
  const model = new Model(state, post);
  front.initialize({ model });
  front.render({ model, el });
  return model;
}

// Every piece that is served at `address`, one under the other in `place`.
export function connect(address, place) {
  const models = new Map();
  const socket = new WebSocket(address);
  socket.binaryType = "arraybuffer";
  socket.addEventListener("message", ({ data }) => {
    const { piece, state, content, buffers } = read(data);
    if (content) return models.get(piece).hear(content, buffers);
    const el = place.appendChild(document.createElement("div"));
    const whole = { spec: state.spec, opening: { header: state.opening, buffers } };
    models.set(piece, show(whole, (told) => socket.send(JSON.stringify({ piece, content: told })), el));
  });
  socket.addEventListener("close", () => place.setAttribute("data-closed", ""));
}

// A message: a number, the length of some JSON; that JSON, which tells the buffers' sizes; and the buffers.
function read(data) {
  const length = new DataView(data).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(data, 4, length)));
  let at = 4 + length;
  const buffers = header.sizes.map((size) => new DataView(data, at, ((at += size), size)));
  return { ...header, buffers };
}
