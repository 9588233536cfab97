// Time: play, step, scrub. In the browser it only indexes the films of the last frame; otherwise each tick asks the kernel.

import { button, make, mark, write } from "../front/dom.js";

const SLOWER = 5;

// The running of time belongs to the piece, not to a view: two views of it never tick twice.
class Playback {
  constructor(store, control) {
    Object.assign(this, { store, control, playing: false, slow: false, timer: 0 });
  }

  get fps() {
    return this.control.fps / (this.slow ? SLOWER : 1);
  }

  get count() {
    return this.control.count ?? this.store.picture.film;
  }

  get index() {
    const value = this.store.values[this.control.name];
    return Math.max(0, value < 0 || value >= this.count ? this.count - 1 : value);
  }

  // Who stands at the end of a film stays there when the next one is longer: -1 is the last moment.
  go(index, at) {
    const last = Math.max(0, this.count - 1);
    const end = this.control.browser && index >= last ? -1 : last;
    this.store.change({ [this.control.name]: index >= last ? end : Math.max(0, index) }, at);
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
    this.due = performance.now() + 1000 / this.fps;
    this.store.tell("values");
    this.wait();
  }

  toggleSlow() {
    this.slow = !this.slow;
    this.store.tell("values");
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
    if (!this.playing || this.store.pieces.size === 0) return this.pause();
    const ready = this.control.browser || !this.store.busy;
    if (now >= this.due && ready) {
      const late = this.control.browser ? Math.floor(((now - this.due) * this.fps) / 1000) : 0;
      this.due = Math.max(this.due + ((late + 1) * 1000) / this.fps, now);
      this.go(this.index + 1 + late);
    }
    if (this.index >= this.count - 1) return this.pause();
    this.wait();
  }
}

export default function player(control, store) {
  const playback = store.playback(control, Playback);
  const play = round("play", "play", () => playback.toggle());
  const back = round("back", "step back", (event) => playback.step(-1, event.timeStamp));
  const forward = round("forward", "step forward", (event) => playback.step(1, event.timeStamp));
  const range = make("input", { type: "range", min: 0, step: 1, "aria-label": control.label || "time" });
  range.addEventListener("input", (event) => {
    const index = Number(range.value);
    playback.pause();
    playback.go(index, event.timeStamp);
  });
  const value = make("span", { class: "value" });
  const buttons = make("span", { class: "buttons" }, back, play, forward);
  const slow = button({ class: "plain slow", "data-act": "slow", title: `play ${SLOWER} times as slowly` }, () => playback.toggleSlow(), "slow");
  const label = make("span", { class: "label" }, control.label);
  const marks = { class: "player", "data-control": control.name, "data-kind": "player" };
  const element = make("div", marks, buttons, label, range, value, slow);
  const show = () => showTime(playback, control.every, { play, range, value, slow, element });
  return { element, show };
}

function round(act, label, press) {
  return button({ class: "round", "data-act": act, "aria-label": label, title: label }, press, make("i", { class: `icon ${act}` }));
}

function showTime(playback, every, { play, range, value, slow, element }) {
  const last = Math.max(0, playback.count - 1);
  const { index, playing } = playback;
  if (range.max !== String(last)) range.max = last;
  if (Number(range.value) !== index) range.value = index;
  range.style.setProperty("--share", last ? index / last : 1);
  mark(range, "aria-valuetext", `${index * every} of ${last * every}`);
  range.disabled = last === 0;
  value.style.minWidth = `${2 * String(last * every).length + 3}ch`;
  write(value, `${index * every} / ${last * every}`);
  mark(slow, "aria-pressed", playback.slow);
  const state = playing ? "pause" : "play";
  if (element.dataset.state === state) return;
  element.dataset.state = state;
  play.firstChild.className = `icon ${state}`;
  play.setAttribute("aria-label", state);
  play.title = state;
}
