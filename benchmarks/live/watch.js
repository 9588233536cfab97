// Watches a live piece: when an input event came, and when the final frame that answers it was drawn, painted, shown.
([root, control]) => {
  const watch = (window.watch = { moves: [], tell: () => {} });
  let move = null;

  watch.restart = () => {
    move = null;
    watch.moves = [];
  };

  // A promise that so many movements have been painted.
  watch.reached = (count) => new Promise((resolve, reject) => {
    watch.tell = () => watch.moves.length >= count && resolve();
    setTimeout(() => reject(new Error(`expected ${count} movements, saw ${watch.moves.length}`)), 10_000);
    watch.tell();
  });

  // A message posted in an animation frame arrives when that frame has been painted.
  const painting = () => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.now());
    port2.postMessage(null);
  });

  // Whether an animation frame is being made: what is drawn in it is painted at its end, all else with the next one.
  let making = false;
  const request = window.requestAnimationFrame;
  window.requestAnimationFrame = (callback) => request((time) => {
    making = true;
    painting().then(() => (making = false));
    callback(time);
  });

  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())));

  root.addEventListener("input", (event) => {
    move = { input: event.timeStamp, sent: Number(root.dataset.sent) };
  }, true);

  new MutationObserver(() => {
    const { sent, drawn, final } = root.dataset;
    if (!move || Number(sent) <= move.sent || drawn !== sent || final !== "true") return;
    const done = { ...move, drawn: performance.now() };
    move = null;
    const next = nextFrame();
    Promise.all([making ? painting() : next.then(painting), next]).then(([painted, shown]) => {
      watch.moves.push({ ...done, painted, shown, value: root.live.values()[control] });
      watch.tell();
    });
  }).observe(root, { attributes: true, attributeFilter: ["data-sent", "data-drawn", "data-final"] });
}
