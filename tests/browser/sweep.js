// Moves every control of a live piece from inside the page, and tells what was seen: no word crosses to the test between
// two movements. A control is moved by its own element, as a hand would, one that lives in a view by its value.

window.sweep = (() => {
  const fire = (target, kind) => target.dispatchEvent(new Event(kind, { bubbles: true }));

  // By kind: what of the control's element a hand takes hold of, and how it comes to stand at `wire`.
  const TAKEN = {
    slider: ["input[type=range]", ([range], wire, { stops }) => {
      range.value = stops.indexOf(wire);
      fire(range, "input");
    }],
    choice: ["label, select", ([first, ...others], wire) => {
      if (first.tagName !== "SELECT") return [first, ...others][wire].click();
      first.selectedIndex = wire;
      fire(first, "change");
    }],
    toggle: [".switch", ([part], wire) => {
      const box = part.querySelector("input");
      if (box.checked !== wire) box.click();
    }],
    button: ["button", ([button]) => button.click()],
    text: ["input", ([field], wire) => {
      field.value = wire;
      fire(field, "input");
    }],
    pasted: ["textarea, .below button", ([area], wire) => {
      area.value = wire;
      fire(area, "change");
    }],
    presets: ["[data-preset]", (pills, wire) => pills[wire].click()],
    player: ["[data-act], input[type=range]", (parts, wire) => {
      const range = parts.find((part) => part.type === "range");
      range.value = wire < 0 ? range.max : wire;
      fire(range, "input");
    }],
    predict: ["[data-option]", (options, wire) => options[wire].click()],
  };

  // Of a kind that is not in the list, what has the keys.
  function parts(root, { name, kind }) {
    const [selector] = TAKEN[kind] ?? ["[tabindex], input, button, select, textarea"];
    const home = kind === "predict" ? root.querySelector(".card") : root.querySelector(`[data-control="${name}"]`);
    return [...(home?.querySelectorAll(selector) ?? [])];
  }

  // Whether a pointer in the middle of it would meet it, and nothing that lies over it.
  function canBeHit(target) {
    target.scrollIntoView({ block: "center" });
    const { left, right, top, bottom } = target.getBoundingClientRect();
    return target.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
  }

  // Where a control lives that has no element of its own: in a view.
  function viewOf(root, { name }) {
    return root.querySelector(`[data-view][data-index="${root.live.viewOf(name)}"]`);
  }

  // The places to which a handle goes, in its view.
  function places(root, { name }) {
    const view = root.live.viewOf(name);
    const [x0, x1, y0, y1] = view < 0 ? [-1, 1, -1, 1] : root.live.bounds(view);
    return [0.1, 0.5, 0.9].map((share) => [x0 + share * (x1 - x0), y0 + (1 - share) * (y1 - y0)]);
  }

  function stops(root, control, ends) {
    if (control.kind === "handle") return places(root, control);
    if (control.kind === "predict") return [0];
    if (control.kind !== "player" || control.count) return ends;
    const last = Math.max(1, root.live.moments()) - 1;
    return [0, Math.floor(last / 2), last];
  }

  function start(root) {
    const kept = root.live.spec.controls.filter(({ kind }) => kind !== "predict");
    return Object.fromEntries(kept.map(({ name, value }) => [name, value]));
  }

  // The control as it is found: the others at their start, what it is folded under open, its line switched on. Resolves
  // to the pictures of that, if it was waited for: several stops need none to be compared with.
  async function uncover(root, control, most, several) {
    const line = control.row && control.row !== control.name ? { [control.row]: true } : {};
    root.live.move({ ...start(root), ...control.needs, ...line });
    for (const details of root.querySelectorAll("details.group")) details.open ||= details.dataset.group === control.group;
    if (several && !control.needs && !control.row && !control.same) return [];
    await look.settled(root, most);
    return [look.picture(root)];
  }

  async function one(root, control, ends, most) {
    const wires = stops(root, control, ends);
    const pictures = new Set(await uncover(root, control, most, wires.length > 1));
    const found = parts(root, control);
    const lives = root.live.viewOf(control.name) >= 0 || !found.length ? [viewOf(root, control)] : [];
    const hit = [...found, ...lives].map((part) => part && canBeHit(part));
    const seen = { name: control.name, same: control.same, hidden: hit.filter((ok) => !ok).length, answers: [] };
    for (const wire of wires) {
      if (found.length && control.kind in TAKEN) TAKEN[control.kind][1](found, wire, control);
      else root.live.move({ [control.name]: wire });
      const { settled, ms } = await look.settled(root, most);
      const at = JSON.stringify(root.live.values()[control.name]).slice(0, 80);
      seen.answers.push({ at, settled, ms, error: look.error(root), output: look.output(root), words: look.words(root).length });
      pictures.add(look.picture(root));
    }
    return { ...seen, pictures: pictures.size };
  }

  // {name, same, hidden, answers: [{at, settled, ms, error, output, words}], pictures} for each control that `ends` names,
  // the guess first; `ends` are the values to move it to, at most `most` ms the time for an answer.
  async function sweep(root, ends, most) {
    const controls = root.live.spec.controls.filter(({ name }) => name in ends);
    controls.sort((a, b) => (b.kind === "predict") - (a.kind === "predict"));
    const all = [];
    for (const control of controls) all.push(await one(root, control, ends[control.name], most));
    root.querySelector("[data-act=reset]").click();
    await look.settled(root, most);
    return all;
  }

  // --- Tab -----------------------------------------------------------------------------------------------------------

  // The key may not leave the piece: in a cell's editor it would write. `begin` puts the focus before all, `end` tells
  // the names of the controls that were reached, by themselves, by their view, or by the card that asks for the guess.
  function tabbing() {
    const reached = new Set();
    let mark = null;
    let root = null;
    const note = ({ target }) => {
      const home = target.closest(".card, [data-control], [data-view]");
      if (home) reached.add(home.matches(".card") ? "card" : home.dataset.control ?? Number(home.dataset.index));
    };
    const hold = (event) => {
      if (event.key !== "Tab" || root.contains(document.activeElement)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    return {
      begin(piece) {
        root = piece;
        reached.clear();
        mark = document.createElement("span");
        mark.tabIndex = -1;
        root.prepend(mark);
        for (const details of root.querySelectorAll("details.group")) details.open = true;
        root.addEventListener("focusin", note);
        window.addEventListener("keydown", hold, true);
        mark.focus();
      },
      inside: () => root.contains(document.activeElement) && document.activeElement !== mark,
      end() {
        mark.remove();
        root.removeEventListener("focusin", note);
        window.removeEventListener("keydown", hold, true);
        const veiled = root.dataset.status === "veiled";
        const there = root.live.spec.controls.filter(({ kind, needs }) => (kind === "predict") === veiled && !needs);
        const got = ({ name }) => reached.has(name) || reached.has(root.live.viewOf(name)) || (veiled && reached.has("card"));
        return there.map((control) => [control.name, got(control)]);
      },
    };
  }

  return { sweep, ...tabbing() };
})();
