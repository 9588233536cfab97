// From now until the first live piece has been drawn and painted: window.firstPicture, a promise of milliseconds.
() => {
  const pressed = performance.now();
  // Cells that run scroll the notebook along, and what is out of sight is not drawn: whoever waits for it looks there.
  const drawn = () => {
    const piece = document.querySelector(".nnlib-live[data-n]");
    piece?.scrollIntoView({ block: "nearest" });
    return piece?.querySelector("[data-view] canvas[width]");
  };
  window.firstPicture = new Promise((resolve, reject) => {
    const look = () => requestAnimationFrame(() => (drawn() ? painted() : look()));
    const painted = () => requestAnimationFrame(() => resolve(performance.now() - pressed));
    setTimeout(() => reject(new Error("expected a first picture within 60 s, saw none")), 60_000);
    look();
  });
}
