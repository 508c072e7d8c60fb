// The lines of one pane: put in by number, changed in place, never doubled. Who reads further up is told of new ones.

const NEAR = 80;
const SOON = 10 * 60 * 1000;
const moment = (line) => Date.parse(line.querySelector(".who time").dateTime);
const isFor = (line, reader) => line.dataset.author === reader || line.classList.contains("own");

const same = (one, other) => one.className === other.className
  && one.dataset.says === other.dataset.says && one.dataset.emoji === other.dataset.emoji;

export class Log {
  constructor(scroll) {
    this.scroll = scroll;
    this.list = scroll.querySelector(".log");
    this.empty = scroll.querySelector(".empty");
    this.below = scroll.querySelector(".below");
    this.below.addEventListener("click", () => this.toEnd());
    this.lines = new Map();
    this.followed = true;
    scroll.addEventListener("scroll", () => { this.follow(this.atEnd()); });
    // A phone's keyboard makes the room small: who read the end still reads the end.
    new ResizeObserver(() => { if (this.followed) this.toEnd(); }).observe(scroll);
  }

  clear() {
    this.lines.clear();
    this.list.replaceChildren();
    this.toEnd();
    this.settle();
  }

  // Puts a line where its number says; `reader` comes to see what they said themselves and what answers them alone.
  put({ id, html }, reader) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const line = template.content.firstElementChild;
    const atEnd = this.atEnd();
    const old = this.lines.get(id);
    if (old) this.replace(old, line);
    else this.insert(line);
    this.lines.set(id, line);
    this.settle();
    this.arrange(line);
    if (line.nextElementSibling) this.arrange(line.nextElementSibling);
    if (atEnd || (!old && isFor(line, reader))) this.toEnd();
    else if (!old) this.below.hidden = false;
  }

  follow(followed) {
    this.followed = followed;
    if (followed) this.below.hidden = true;
  }

  replace(old, line) {
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    old.replaceWith(line);
    if (line.classList.contains("post")) line.classList.add("fresh");
    if (focused) [...line.querySelectorAll("button")].find((one) => same(one, focused))?.focus();
  }

  insert(line) {
    let before = this.list.lastElementChild;
    while (before && Number(before.dataset.id) > Number(line.dataset.id)) before = before.previousElementSibling;
    if (before) before.after(line);
    else this.list.prepend(line);
  }

  // The first line of a day says so; a person's next line needs no second head.
  arrange(line) {
    const before = line.previousElementSibling;
    const sameDay = before?.dataset.day === line.dataset.day;
    const talk = line.classList.contains("said") && before?.classList.contains("said");
    line.classList.toggle("newday", !sameDay);
    const same = talk && before.dataset.author === line.dataset.author;
    line.classList.toggle("follow", sameDay && same && moment(line) - moment(before) < SOON);
  }

  settle() {
    if (this.empty) this.empty.hidden = this.lines.size > 0;
  }

  atEnd() {
    return this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < NEAR;
  }

  toEnd() {
    this.below.hidden = true;
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  // How many posts stand here that came after line `seen`.
  newer(seen) {
    return [...this.lines].filter(([id, line]) => id > seen && !line.classList.contains("said")).length;
  }

  newest() {
    return Math.max(0, ...this.lines.keys());
  }
}
