// The film played once from its beginning: how many different pictures were painted, in which time, over how many steps.
(root) => new Promise((done) => {
  const press = (act) => root.querySelector(`[data-kind=player] [data-act=${act}]`).click();
  const range = root.querySelector("[data-kind=player] input[type=range]");
  const canvas = root.querySelector("[data-view=plane] canvas");
  let [pictures, first, last, seen] = [0, 0, 0, null];
  const look = (now) => {
    const at = Number(range.value);
    if (at !== seen) {
      if (seen === null) first = now;
      else pictures += 1;
      seen = at;
      last = now;
      canvas.getContext("2d").getImageData(0, 0, 1, 1);
    }
    if (at < Number(range.max)) requestAnimationFrame(look);
    else done({ pictures, seconds: (last - first) / 1000, steps: 20 * at });
  };
  press("play");
  requestAnimationFrame(look);
})
