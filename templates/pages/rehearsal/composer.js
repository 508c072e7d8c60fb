// Where a person types. What could not be sent stays at hand and is sent again under its old id.

import { Mentions } from "./mentions.js";
import { newId } from "./wire.js";

export class Composer {
  constructor(form, players, say) {
    this.form = form;
    this.say = say;
    this.textarea = form.querySelector("textarea");
    this.button = form.querySelector(".send");
    this.unsent = form.querySelector(".unsent");
    this.replying = form.querySelector(".replying");
    this.repliesTo = null;
    this.replying.querySelector("button").addEventListener("click", () => this.reply(null));
    this.mentions = new Mentions(this.textarea, form.querySelector(".people"), players, () => this.fit());
    this.textarea.addEventListener("input", () => this.fit());
    this.textarea.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.fit();
  }

  describe(words) {
    this.textarea.placeholder = words;
    this.textarea.setAttribute("aria-label", words);
  }

  fill(text) {
    this.textarea.value = text;
    this.fit();
    this.textarea.focus();
    this.textarea.setSelectionRange(text.length, text.length);
  }

  // What is typed next replies to a line, by its number and in its words; null: to none.
  reply(line, words = "") {
    this.repliesTo = line;
    this.replying.hidden = line === null;
    this.replying.querySelector("span").textContent = `Reply to ${words}`;
    this.textarea.focus();
  }

  fit() {
    this.button.disabled = !this.textarea.value.trim();
    this.textarea.style.height = "auto";
    this.textarea.style.height = `${this.textarea.scrollHeight}px`;
  }

  key(event) {
    if (event.isComposing) return;
    if (this.mentions.key(event)) event.preventDefault();
    else if (event.key === "Escape" && this.repliesTo !== null) this.reply(null);
    else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    }
  }

  submit() {
    const text = this.textarea.value.trim();
    if (!text) return;
    this.textarea.value = "";
    this.mentions.close();
    this.fit();
    const sending = this.say(text, newId(), this.repliesTo);
    if (this.repliesTo !== null) this.reply(null);
    this.deliver(sending);
  }

  // `sending` sends, and can be asked again.
  async deliver(sending) {
    this.unsent.hidden = true;
    try {
      await sending();
    } catch (error) {
      this.complain(error.message, sending);
    }
  }

  complain(words, sending) {
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = "Send again";
    again.addEventListener("click", () => this.deliver(sending));
    this.unsent.replaceChildren(words, " ", again);
    this.unsent.hidden = false;
  }
}
