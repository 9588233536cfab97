// Time: play, step, scrub. In the browser it only indexes the films of the last frame; otherwise each tick asks the kernel.

import { icon, make, write } from "./dom.js";

const ICONS = { play: "M4 2.5v11l9-5.5z", pause: "M4 2.5h3v11H4zM9.5 2.5h3v11h-3z", back: "M12 3v10L5.5 8zM3.5 3h1.6v10H3.5z", forward: "M4 3v10l6.500-5zM10.900 3h1.600v10h-1.600z" };

// The running of time belongs to the piece, not to a view: two views of it never tick twice.
export class Playback {
  constructor(store, control) {
    Object.assign(this, { store, control, playing: false, timer: 0 });
  }

  get count() {
    return this.control.count ?? this.store.picture.film;
  }

  get index() {
    const value = this.store.values[this.control.name];
    return Math.max(0, value < 0 || value >= this.count ? this.count - 1 : value);
  }

  go(index, at) {
    const last = Math.max(0, this.count - 1);
    this.store.change({ [this.control.name]: Math.max(0, Math.min(last, index)) }, at);
  }

  step(by, at) {
    this.pause();
    this.go(this.index + by, at);
  }

  toggle() {
    if (this.playing) return this.pause();
    if (this.count < 2) return;
    if (this.index >= this.count - 1) this.go(0);
    this.playing = true;
    this.due = performance.now() + 1000 / this.control.fps;
    this.store.tell("values");
    this.wait();
  }

  pause() {
    this.playing = false;
    cancelAnimationFrame(this.timer);
    this.store.tell("values");
  }

  wait() {
    this.timer = requestAnimationFrame((now) => this.tick(now));
  }

  // A late picture skips moments in the browser, so that the film keeps its speed; the kernel is never hurried.
  tick(now) {
    if (!this.playing || this.store.stages.size === 0) return this.pause();
    const ready = this.control.browser || !this.store.busy;
    if (now >= this.due && ready) {
      const late = this.control.browser ? Math.floor(((now - this.due) * this.control.fps) / 1000) : 0;
      this.due = Math.max(this.due + ((late + 1) * 1000) / this.control.fps, now);
      this.go(this.index + 1 + late);
    }
    if (this.index >= this.count - 1) return this.pause();
    this.wait();
  }
}

export function player(control, store) {
  const playback = store.playback(control, Playback);
  const button = (act, label, press) => make("button", { type: "button", class: "round", "data-act": act, "aria-label": label, title: label, onclick: press }, icon(ICONS[act]));
  const play = button("play", "play", () => playback.toggle());
  const back = button("back", "step back", (event) => playback.step(-1, event.timeStamp));
  const forward = button("forward", "step forward", (event) => playback.step(1, event.timeStamp));
  const range = make("input", { type: "range", min: 0, step: 1, "aria-label": control.label || "time" });
  range.addEventListener("input", (event) => {
    playback.pause();
    playback.go(Number(range.value), event.timeStamp);
  });
  const value = make("span", { class: "value" });
  const element = make("div", { class: "player", "data-control": control.name, "data-kind": "player" },
    make("span", { class: "buttons" }, back, play, forward), make("span", { class: "label" }, control.label), range, value);
  const show = () => showTime(playback, { play, range, value, element });
  return { element, show };
}

function showTime(playback, { play, range, value, element }) {
  const last = Math.max(0, playback.count - 1);
  const { index, playing } = playback;
  if (range.max !== String(last)) range.max = last;
  if (Number(range.value) !== index) range.value = index;
  range.style.setProperty("--share", last ? index / last : 1);
  range.setAttribute("aria-valuetext", `${index} of ${last}`);
  range.disabled = last === 0;
  value.style.minWidth = `${2 * String(last).length + 3}ch`;
  write(value, `${index} / ${last}`);
  const state = playing ? "pause" : "play";
  if (element.dataset.state === state) return;
  element.dataset.state = state;
  play.replaceChildren(icon(ICONS[state]));
  play.setAttribute("aria-label", state);
  play.title = state;
}
