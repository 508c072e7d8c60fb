// Names offered while an @ is typed: arrows move, Enter or Tab takes, Escape closes.

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
let lists = 0;

export class Mentions {
  constructor(textarea, list, players, changed) {
    Object.assign(this, { textarea, list, players, changed, offered: [], at: 0 });
    list.id = `people-${(lists += 1)}`;
    textarea.setAttribute("aria-controls", list.id);
    textarea.addEventListener("input", () => this.offer());
    textarea.addEventListener("click", () => this.offer());
    textarea.addEventListener("blur", () => this.close());
    list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const item = event.target.closest("li");
      if (item) this.take(Number(item.dataset.at));
    });
  }

  // The @ and what is typed behind it, up to the caret.
  typed() {
    const before = this.textarea.value.slice(0, this.textarea.selectionStart);
    return /(?:^|[\s(,])@([\p{L}\p{M}'’]*(?: [\p{L}\p{M}'’]+)?)$/u.exec(before)?.[1];
  }

  offer() {
    const typed = this.typed();
    const wanted = typed === undefined ? null : plain(typed);
    const fits = ({ name, slug }) => plain(name).split(" ").some((part) => part.startsWith(wanted))
      || plain(name).startsWith(wanted) || slug.startsWith(wanted);
    this.offered = wanted === null ? [] : this.players.filter(fits);
    if (this.offered.length === 1 && plain(this.offered[0].name) === wanted) this.offered = [];
    this.at = 0;
    this.draw();
  }

  draw() {
    this.list.replaceChildren(...this.offered.map((player, at) => this.item(player, at)));
    this.list.hidden = !this.offered.length;
    this.textarea.setAttribute("aria-expanded", String(!this.list.hidden));
    if (this.list.hidden) this.textarea.removeAttribute("aria-activedescendant");
    else this.textarea.setAttribute("aria-activedescendant", `${this.list.id}-${this.at}`);
    this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
  }

  item(player, at) {
    const item = document.createElement("li");
    const role = document.createElement("small");
    item.role = "option";
    item.id = `${this.list.id}-${at}`;
    item.dataset.at = at;
    item.ariaSelected = String(at === this.at);
    item.textContent = player.name;
    role.textContent = `${player.role}, ${player.company}`;
    item.append(" ", role);
    return item;
  }

  // True if the key was for the list.
  key(event) {
    if (this.list.hidden) return false;
    const count = this.offered.length;
    if (event.key === "ArrowDown") this.at = (this.at + 1) % count;
    else if (event.key === "ArrowUp") this.at = (this.at + count - 1) % count;
    else if (event.key === "Enter" || event.key === "Tab") return this.take(this.at);
    else if (event.key === "Escape") return this.close();
    else return false;
    this.draw();
    return true;
  }

  take(at) {
    const caret = this.textarea.selectionStart;
    const from = caret - this.typed().length;
    this.textarea.setRangeText(`${this.offered[at].name} `, from, caret, "end");
    this.changed();
    return this.close();
  }

  close() {
    this.offered = [];
    this.draw();
    return true;
  }
}
