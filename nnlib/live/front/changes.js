// What the kernel knows of the controls' values, so that a message carries only what has changed since the last one.
//
// Messages of a page are a chain: each names the one before it (`after`). A kernel that misses a link of it asks for
// everything. What others changed, Python or another page, comes with a frame, and is taken over unless this page has
// moved that control since.

import { identical } from "./equal.js";

export class Changes {
  constructor(values) {
    this.page = Math.random().toString(36).slice(2, 8);
    this.known = { ...values }; // as the kernel has them, or will when it has read what is on its way
    this.sentIn = new Map(); // name -> the number of the last message that carried it
    this.after = 0;
  }

  unsent(values, name) {
    return !identical(values[name], this.known[name]);
  }

  // The parts of message number `seq`: all values that differ from what the kernel knows.
  take(values, seq) {
    const names = Object.keys(values).filter((name) => this.unsent(values, name));
    const changed = Object.fromEntries(names.map((name) => [name, values[name]]));
    for (const name of names) this.sentIn.set(name, seq);
    Object.assign(this.known, changed);
    const { page, after } = this;
    this.after = seq;
    return { page, seq, after, values: changed };
  }

  // A view opens: the chain begins anew.
  hello() {
    this.after = 0;
    return { kind: "hello", page: this.page };
  }

  // Nothing that was sent can be counted on: the next message tells everything.
  lost() {
    this.known = {};
    this.after = null;
  }

  // What was sent may have been numbered as if it were older than it is: it is sent once more.
  repeat() {
    for (const name of this.sentIn.keys()) delete this.known[name];
  }

  // Of the values that came with a frame those to take over, {} if there are none.
  heard(told, seq, values) {
    const taken = {};
    for (const [name, value] of Object.entries(told ?? {})) {
      if ((this.sentIn.get(name) ?? 0) > seq) continue;
      if (!this.unsent(values, name)) taken[name] = value;
      this.known[name] = value;
    }
    return taken;
  }
}
