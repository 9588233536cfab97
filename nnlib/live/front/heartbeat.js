// Is Python still there? A kernel that computes for long answers at once that it is; one that was restarted does not.

const PATIENCE = 2500;

export class Heartbeat {
  constructor(store) {
    this.store = store;
    this.asked = false;
    this.lost = false;
  }

  // Hands something to Python. A kernel that was restarted has left nobody to take it, which is an error of the model's;
  // here it is an answer.
  say(content) {
    try {
      this.store.model.send(content);
    } catch {
      this.none();
    }
  }

  ask() {
    if (this.asked) return;
    this.asked = true;
    this.say({ kind: "ping" });
    this.timer = setTimeout(() => this.judge(), PATIENCE);
  }

  judge() {
    if (this.asked && this.store.busy) this.none();
    this.asked = false;
  }

  // Nobody is there.
  none() {
    if (!this.lost) this.turn(true);
  }

  // Any message will do. The question is answered, and its time limit must not judge the next one.
  heard() {
    clearTimeout(this.timer);
    this.asked = false;
    if (this.lost) this.turn(false);
  }

  turn(lost) {
    this.lost = lost;
    this.store.repaint();
    this.store.tell("status");
  }
}
