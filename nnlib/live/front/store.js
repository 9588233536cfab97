// The state of one live piece: control values, the newest picture, and the talk with the kernel.
// It belongs to the model, not to a view: several views of one piece share it and stay in step.

import { Changes } from "./changes.js";
import { beforePaint, oncePerFrame } from "./clock.js";
import { Heartbeat } from "./heartbeat.js";
import { NOTHING, pictureAfter } from "./picture.js";
import { Receipts } from "./receipts.js";

export class Store {
  constructor(model, kinds) {
    this.model = model;
    this.kinds = kinds;
    this.spec = model.get("spec") ?? { controls: [], name: "" };
    this.start = Object.fromEntries(this.spec.controls.map((control) => [control.name, control.value]));
    this.values = { ...this.start };
    this.changes = new Changes(this.start);
    this.picture = NOTHING;
    this.scale = 1;
    this.code = null;
    this.pieces = new Set(); // its renderings
    this.listeners = new Set();
    this.talk = { sent: 0, adopted: 0, drawn: 0, answered: 0, since: 0, met: false };
    this.heartbeat = new Heartbeat(this);
    this.receipts = new Receipts((content) => this.heartbeat.say(content));
    this.post = oncePerFrame(() => this.sendValues());
    this.repaint = beforePaint(() => this.paint());
    // What arrives is drawn at once, not when the next repaint begins: until then the page has nothing else to do.
    this.paintNews = oncePerFrame(() => this.paint());
    const opening = model.get("opening");
    if (opening) this.adopt(opening.header, opening.buffers);
    this.hear = (message, buffers) => this.receive(message, buffers ?? []);
    model.on("msg:custom", this.hear);
  }

  close() {
    this.receipts.close();
    this.model.off("msg:custom", this.hear);
  }

  // --- who wants to know -------------------------------------------------------------------------

  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(what) {
    for (const listener of [...this.listeners]) listener(what);
  }

  // A rendering opens. The first one asks the kernel for its newest frame; later ones find it here.
  open(piece) {
    this.pieces.add(piece);
    if (this.pieces.size === 1) this.heartbeat.say(this.changes.hello());
  }

  leave(piece) {
    this.pieces.delete(piece);
    if (this.pieces.size === 0) this.heartbeat.say({ kind: "bye", page: this.changes.page });
  }

  // --- values ------------------------------------------------------------------------------------

  control(name) {
    return this.spec.controls.find((control) => control.name === name);
  }

  // `at` is the time of the input event: the slider-to-pixels time starts there.
  change(values, at = performance.now()) {
    this.values = { ...this.values, ...this.followers(values), ...values };
    const moved = Object.keys(values).map((name) => this.control(name));
    if (moved.some((control) => !control?.browser)) {
      this.inputAt ??= at;
      this.post();
    }
    this.tell("values");
    // Some are drawn from the browser's own values, before Python knows; all else shows when the answer comes.
    if (moved.some((control) => control?.drawn_at_once)) this.repaint();
  }

  // The values of controls that follow those which move, as a history does.
  followers(moved) {
    const follow = (control) => this.kinds.controls[control.kind]?.follow?.(control, this, moved);
    const others = this.spec.controls.filter(({ name }) => !(name in moved));
    return Object.fromEntries(others.map((control) => [control.name, follow(control)]).filter(([, value]) => value !== undefined));
  }

  sendValues() {
    const { talk } = this;
    if (!this.busy) talk.since = performance.now();
    talk.sent += 1;
    this.receipts.sent(talk.sent, this.inputAt ?? performance.now());
    this.inputAt = null;
    this.heartbeat.say({ kind: "set", ...this.changes.take(this.values, talk.sent), drawn: this.receipts.take() });
    this.tell("status");
  }

  // Back to the start values. A guess is kept: it was made before the reveal and cannot be made again.
  reset(at) {
    const kept = this.spec.controls.filter((control) => control.asks).map((control) => control.name);
    this.change(Object.fromEntries(Object.entries(this.start).filter(([name]) => !kept.includes(name))), at);
  }

  get busy() {
    return this.talk.sent > this.talk.answered || !this.picture.final;
  }

  get question() {
    return this.spec.controls.find((control) => control.asks && this.values[control.name] === null);
  }

  // What went wrong; something half typed is no trouble, and is said at its control.
  get trouble() {
    return this.picture.error?.kind === "refused" ? null : this.picture.error;
  }

  get refusals() {
    return this.picture.error?.at ?? {};
  }

  get status() {
    if (this.question) return "veiled";
    if (this.heartbeat.lost) return "lost";
    if (this.busy) return "working";
    return this.trouble ? (this.trouble.kind ?? "error") : "ready";
  }

  // The player's running time, made once a piece; the class comes from the player, which knows this file.
  playback(control, Playback) {
    this.playbacks ??= new Map();
    if (!this.playbacks.has(control)) this.playbacks.set(control, new Playback(this, control));
    return this.playbacks.get(control);
  }

  // The moment that films show: the browser's player says it; -1 is the last.
  get time() {
    const player = this.spec.controls.find((control) => control.kind === "player" && control.browser);
    return player ? this.values[player.name] : -1;
  }

  // The same as the number of a moment.
  get moment() {
    const last = Math.max(0, this.picture.film - 1);
    return this.time < 0 || this.time > last ? last : this.time;
  }

  // What is said now: one text, or one for each moment of the film.
  textNow(text) {
    return Array.isArray(text) ? text[Math.min(this.moment, text.length - 1)] : String(text ?? "");
  }

  // --- frames ------------------------------------------------------------------------------------

  receive(message, buffers) {
    this.heartbeat.heard();
    if (message.kind === "code") {
      this.code = message.text;
      this.tell("code");
    }
    if (message.kind === "resend" && message.page === this.changes.page) {
      this.changes.lost();
      this.post();
    }
    if (message.kind !== "frame") return;
    this.receipts.arrived(message);
    const old = message.seq < this.talk.adopted;
    if (!old) this.adopt(message, buffers);
    this.takeOver(message);
    this.talk.met = true;
    if (document.hidden || this.pieces.size === 0) this.receipts.drawn(this.picture.final);
    else this.paintNews();
  }

  adopt(frame, buffers) {
    this.settle(frame);
    this.picture = pictureAfter(this.picture, frame, buffers, this.kinds.views);
    this.tell("status");
  }

  // Values from the kernel move the controls, but nothing may pull a slider out of the hand.
  takeOver(frame) {
    const taken = this.changes.heard(frame.values, frame.seq, this.values);
    if (!Object.keys(taken).length) return;
    this.values = { ...this.values, ...taken };
    this.tell("values");
  }

  // Which inputs are answered now. A page that was loaded anew counts on from the kernel's number; what was moved before
  // it knew that is sent once more, with a number that the kernel has not seen.
  settle(frame) {
    const { talk } = this;
    const moved = !talk.met && talk.sent > 0 && frame.seq > talk.sent;
    talk.sent = Math.max(talk.sent, frame.seq);
    talk.adopted = Math.max(talk.adopted, frame.seq);
    if (frame.final !== false) {
      talk.answered = Math.max(talk.answered, frame.seq);
      talk.since = performance.now();
    }
    if (!moved) return;
    this.changes.repeat();
    this.post();
  }

  paint() {
    try {
      for (const piece of this.pieces) piece.draw();
      this.talk.drawn = Math.max(this.talk.drawn, this.picture.seq);
    } finally {
      // A picture that cannot be drawn must not hold up the next one.
      this.receipts.drawn(this.picture.final);
    }
    this.tell("drawn");
  }
}
