// What a test sees of a live piece, from inside the page: its error, its picture as one string, when it is at rest.

window.look = (() => {
  const error = (root) => root.querySelector(".trouble:not([hidden]) [data-part=error]")?.innerText ?? "";

  // What the function has printed, or warned of.
  const output = (root) => root.querySelector("[data-part=output]")?.innerText ?? "";

  // The views as a screen reader says them.
  const words = (root) => [...root.querySelectorAll("[data-view] [aria-label], [data-view][aria-label], [data-view].note")]
    .map((part) => part.ariaLabel ?? part.innerText).join(" ");

  // A canvas is told by its size and a number made of all its pixels (FNV-1a): a PNG takes 12 ms longer.
  function sum({ width, height }, pixels) {
    let mixed = 0x811c9dc5;
    for (let i = 0; i < pixels.length; i++) mixed = Math.imul(mixed ^ pixels[i], 0x01000193);
    return [width, height, mixed];
  }

  function canvas(c) {
    if (!c.width || !c.height) return "empty";
    return sum(c, new Uint32Array(c.getContext("2d").getImageData(0, 0, c.width, c.height).data.buffer));
  }

  function view(element) {
    const drawn = [...element.querySelectorAll("canvas")].map(canvas).join();
    return drawn + [...element.querySelectorAll("svg")].map((s) => s.outerHTML).join() + element.innerText;
  }

  function picture(root) {
    const views = [...root.querySelectorAll("[data-view]")];
    const said = [...root.querySelectorAll("[data-part=notes], [data-part=refusal]")].map((e) => e.innerText).join();
    return [...views.map(view), said].join("|") + (views[0]?.closest("[inert]") ? "|veiled" : "");
  }

  // Waits, at most so many ms, until the frame for the last value that was sent has been drawn.
  function settled(root, most) {
    const began = performance.now();
    return new Promise((done) => {
      const look = () => {
        const { drawn = "", sent = "0", status } = root.dataset;
        const settled = drawn === sent && ["ready", "error", "veiled", "stopped"].includes(status);
        if (settled || performance.now() - began > most) done({ settled, ms: performance.now() - began, ...root.dataset });
        else setTimeout(look, 15);
      };
      // What the browser draws by itself, a moment of a film, comes with the next picture; a covered page has none.
      let begun = false;
      const begin = () => begun || look((begun = true));
      requestAnimationFrame(begin);
      setTimeout(begin, 300);
    });
  }

  // Waits, at most so many ms, until nothing changes from one frame to the next: what comes into sight is painted then.
  async function steady(root, most) {
    const until = performance.now() + most;
    const frame = () => new Promise((done) => (requestAnimationFrame(done), setTimeout(done, 100)));
    for (let same = 0, last = ""; same < 3 && performance.now() < until; ) {
      await frame();
      const now = picture(root);
      same = now === last ? same + 1 : 0;
      last = now;
    }
  }

  return { error, output, picture, settled, steady, words };
})();
