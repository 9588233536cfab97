// Moves the time of a piece to and fro, a step at every animation frame: {frames, seconds, pictures, sent}.
([root, seconds]) => new Promise((resolve) => {
  const slider = root.querySelector(".player input[type=range]");
  const canvas = root.querySelector("[data-view] canvas");
  const last = Number(slider.max);
  const [began, sent, seen] = [performance.now(), root.dataset.sent, new Set()];
  let frames = 0;
  const step = () => {
    const now = (performance.now() - began) / 1000;
    if (frames % 20 === 0) seen.add(canvas.toDataURL());
    if (now >= seconds) return resolve({ frames, seconds: now, pictures: seen.size, sent: root.dataset.sent - sent });
    const place = frames % (2 * last);
    slider.value = place <= last ? place : 2 * last - place;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    frames += 1;
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})
