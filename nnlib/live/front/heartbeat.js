// Is Python still there? A kernel that computes for long answers at once that it is; one that was restarted does not.

const PATIENCE = 2500;

export class Heartbeat {
  constructor(store) {
    this.store = store;
    this.asked = false;
    this.lost = false;
  }

  ask() {
    if (this.asked) return;
    this.asked = true;
    this.store.model.send({ kind: "ping" });
    this.timer = setTimeout(() => this.judge(), PATIENCE);
  }

  judge() {
    this.lost = this.asked && this.store.busy;
    this.asked = false;
    if (this.lost) this.store.repaint();
  }

  // Any message will do. The question is answered, and its time limit must not judge the next one.
  heard() {
    clearTimeout(this.timer);
    this.asked = false;
    if (!this.lost) return;
    this.lost = false;
    this.store.repaint();
  }
}
