// The word to the kernel that its frames were drawn, and how long after the movement that they answer.

const REST = 100; // ms that the receipt of a last picture may wait

export class Receipts {
  constructor(say) {
    this.say = say;
    this.moved = new Map(); // seq -> when the input came that it carried
    this.owed = [];
    this.frames = 0;
  }

  sent(seq, at) {
    this.moved.set(seq, at);
  }

  arrived({ n, seq }) {
    this.owed.push({ n, seq });
  }

  // What has arrived is drawn. A generator waits for the word; that of a last picture can wait itself: in a drag the
  // next message takes it along, and kernel, server and JupyterLab are not busy with it just then.
  drawn(final) {
    const now = performance.now();
    for (const receipt of this.owed.filter((one) => one.at === undefined)) {
      receipt.at = now;
      this.frames += 1;
    }
    clearTimeout(this.resting);
    if (!final) this.send();
    else if (this.owed.length) this.resting = setTimeout(() => this.send(), REST);
  }

  send() {
    const drawn = this.take();
    if (drawn.length) this.say({ kind: "ack", drawn });
  }

  // The receipts that can go now.
  take() {
    const ready = this.owed.filter((one) => one.at !== undefined);
    this.owed = this.owed.filter((one) => one.at === undefined);
    return ready.map(({ n, seq, at }) => {
      const since = this.moved.get(seq);
      for (const earlier of [...this.moved.keys()]) if (earlier <= seq) this.moved.delete(earlier);
      return { n, ms: since === undefined ? null : Math.round(10 * (at - since)) / 10 };
    });
  }

  close() {
    clearTimeout(this.resting);
  }
}
