// From now until the first live piece has been drawn and painted: window.firstPicture, a promise of milliseconds.
() => {
  const pressed = performance.now();
  const drawn = () => document.querySelector(".nnlib-live[data-n]")?.querySelector("[data-view] canvas[width]");
  window.firstPicture = new Promise((resolve) => {
    const look = () => requestAnimationFrame(() => (drawn() ? painted() : look()));
    const painted = () => requestAnimationFrame(() => resolve(performance.now() - pressed));
    look();
  });
}
