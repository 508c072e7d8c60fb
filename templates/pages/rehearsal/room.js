// One company's room: who one is there, its two panes, and what is said and pressed in them.

import { Composer } from "./composer.js";
import { open } from "./dialog.js";
import { Log } from "./log.js";
import { open as openMenu } from "./menu.js";
import { newId, send } from "./wire.js";

const HINTS = { room: "Say something, or /tt and a sentence", direct: "Ask Tandem: mine, overdue, help" };

// A line in a few words: a card's title, or what somebody said.
const brief = (line) => {
  const words = (line.querySelector("h3") ?? line.querySelector(".words, article p"))?.textContent.trim() ?? "";
  return words.length > 70 ? `${words.slice(0, 69).trimEnd()}…` : words;
};

export class Room {
  constructor(side, state, picked) {
    const template = document.getElementById("room");
    this.element = template.content.firstElementChild.cloneNode(true);
    template.before(this.element);
    Object.assign(this, { side, state, picked, company: state.companies[side] });
    this.players = state.players.filter((player) => player.side === side);
    this.logs = { room: this.log("room"), direct: this.log("direct") };
    const everyone = state.players.map((player) => ({ ...player, company: state.companies[player.side] }));
    this.composer = new Composer(this.element.querySelector(".composer"), everyone, (...said) => this.say(...said));
    this.head();
    this.tabs();
    this.element.addEventListener("click", (event) => this.press(event));
    this.show("room");
  }

  log(name) {
    return new Log(this.element.querySelector(`[data-pane="${name}"]`));
  }

  head() {
    const { element, side, company } = this;
    element.dataset.side = side;
    element.setAttribute("aria-label", company);
    const kind = document.createElement("small");
    kind.textContent = side === "sponsor" ? "the sponsor’s room" : "the manufacturer’s room";
    element.querySelector("h2").append(company, kind);
    this.select = element.querySelector("select");
    this.select.setAttribute("aria-label", `Who you are at ${company}`);
    this.select.append(...this.players.map((player) => new Option(`${player.name}, ${player.role}`, player.slug)));
    const kept = localStorage.getItem(`tandem.${side}`);
    if (this.players.some((player) => player.slug === kept)) this.select.value = kept;
    this.select.addEventListener("change", () => this.become(this.select.value));
  }

  get player() {
    return this.players.find((player) => player.slug === this.select.value);
  }

  become(slug) {
    if (this.composer.repliesTo !== null) this.composer.reply(null);
    this.select.value = slug;
    localStorage.setItem(`tandem.${this.side}`, slug);
    this.picked();
  }

  clear() {
    for (const log of Object.values(this.logs)) log.clear();
    this.describe();
    this.badge();
  }

  // Tabs

  tabs() {
    this.tabButtons = [...this.element.querySelectorAll("[role=tab]")];
    for (const button of this.tabButtons) {
      const panel = this.logs[button.dataset.tab].scroll;
      panel.id = `${this.side}-${button.dataset.tab}`;
      button.id = `${panel.id}-tab`;
      button.setAttribute("aria-controls", panel.id);
      panel.setAttribute("aria-labelledby", button.id);
      button.addEventListener("click", () => this.show(button.dataset.tab));
      button.addEventListener("keydown", (event) => {
        if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
        this.show(this.showing === "room" ? "direct" : "room");
        this.tabButtons.find((one) => one.dataset.tab === this.showing).focus();
      });
    }
  }

  show(tab) {
    if (this.composer.repliesTo !== null) this.composer.reply(null);
    this.showing = tab;
    for (const button of this.tabButtons) {
      const chosen = button.dataset.tab === tab;
      button.setAttribute("aria-selected", String(chosen));
      button.tabIndex = chosen ? 0 : -1;
      this.logs[button.dataset.tab].scroll.hidden = !chosen;
    }
    this.describe();
    this.logs[tab].toEnd();
    this.badge();
  }

  describe() {
    const city = this.player.zone.split("/").pop().replaceAll("_", " ");
    this.element.querySelector(".pick span").textContent = `You are · ${city} time`;
    const hint = this.showing === "room" ? HINTS.room : HINTS.direct;
    this.composer.describe(hint);
  }

  // A number of direct messages that this person has not looked at.
  badge() {
    const key = `tandem.seen.${this.player.slug}`;
    const direct = this.logs.direct;
    if (this.showing === "direct") localStorage.setItem(key, Math.max(Number(localStorage.getItem(key)), direct.newest()));
    const count = direct.newer(Number(localStorage.getItem(key)));
    const badge = this.element.querySelector(".badge");
    badge.hidden = !count;
    badge.textContent = count;
    badge.setAttribute("aria-label", `${count} new`);
  }

  put(direct, line) {
    this.logs[direct ? "direct" : "room"].put(line, this.player.slug);
    if (direct) this.badge();
  }

  // Acts

  act(id) {
    const { side, state: { rehearsal } } = this;
    return { id, who: this.player.slug, side, rehearsal, direct: this.showing === "direct" };
  }

  say(text, id, repliesTo) {
    const act = { ...this.act(id), text, replies_to: repliesTo };
    return async () => this.answered(await send("say", act), act);
  }

  // What is chosen in the menu of a line, or pressed below it.
  point(id, what, emoji) {
    const line = document.getElementById(id);
    const number = Number(line.dataset.id);
    if (what === "reply") {
      this.composer.reply(number, brief(line));
      return;
    }
    const pressed = line.querySelector(`.reactions [data-emoji="${CSS.escape(emoji ?? "")}"]`)?.ariaPressed === "true";
    const act = { ...this.act(newId()), line: number };
    if (what === "capture") this.composer.deliver(async () => this.answered(await send("pick", act), act));
    else this.composer.deliver(() => send("react", { ...act, emoji, gone: pressed }));
  }

  // An example is put where it is typed, to be read and changed.
  press(event) {
    const more = event.target.closest("button.more-of");
    const reaction = event.target.closest("button[data-emoji]");
    if (more) openMenu(more, (what, emoji) => this.point(more.closest(".line").id, what, emoji));
    if (reaction) this.point(reaction.closest(".line").id, "react", reaction.dataset.emoji);
    const sentence = event.target.closest("button.sentence");
    if (sentence) this.composer.fill(sentence.textContent);
    const button = event.target.closest("button[data-says]");
    if (!button || button.ariaBusy === "true") return;
    const place = button.closest("[data-place]")?.dataset.place;
    const act = { ...this.act(newId()), says: button.dataset.says, place: place ? JSON.parse(place) : null };
    this.composer.deliver(async () => {
      button.ariaBusy = "true";
      try {
        this.answered(await send("press", act), act);
      } finally {
        button.ariaBusy = null;
      }
    });
  }

  answered({ form }, { who, side, rehearsal, direct }) {
    if (form) open(form, (filled) => send("fill", { who, side, rehearsal, direct, ...filled }));
  }
}
