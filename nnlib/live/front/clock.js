// When to do things: before the next picture, and never not at all.

// Run `task` before the next repaint. A page that is not painted (another tab, a covered window) gets no animation
// frames, so a timer stands by: nothing waits for ever, least of all the kernel for an acknowledgement.
export function soon(task) {
  const once = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    task();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, document.hidden ? 0 : 250);
}

// Run `task` now, and if it is asked for again before the next repaint, once more then: at most once a frame,
// always the newest, the last one never lost.
export function oncePerFrame(task) {
  let resting = false;
  let asked = false;
  return function run() {
    if (resting) {
      asked = true;
      return;
    }
    resting = true;
    task();
    soon(() => {
      resting = false;
      if (asked) run((asked = false));
    });
  };
}

// Run `task` before the next repaint, however often it is asked for.
export function beforePaint(task) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    soon(() => {
      waiting = false;
      task();
    });
  };
}
