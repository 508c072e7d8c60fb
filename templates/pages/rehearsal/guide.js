// What to try next. A sentence is put where it is to be said, as the one who says it; pressing Enter is left to people.

export class Guide {
  constructor(state, rooms, reveal) {
    Object.assign(this, { state, rooms, reveal });
    this.list = document.getElementById("guide");
    this.count = document.getElementById("guide-count");
    this.items = state.guide.map((step) => this.item(step));
    this.list.replaceChildren(...this.items);
    this.empty();
  }

  player(slug) {
    return this.state.players.find((player) => player.slug === slug);
  }

  item(step) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const { name, side } = this.player(step.who);
    const parts = { tick: "", title: step.title, "who-says": `${name}, ${this.state.companies[side]}`, says: step.says };
    for (const [kind, words] of Object.entries(parts)) {
      const part = document.createElement("span");
      part.className = kind;
      part.textContent = words;
      button.append(part);
    }
    button.type = "button";
    button.title = step.says;
    button.addEventListener("click", () => this.offer(step));
    item.append(button);
    return item;
  }

  offer(step) {
    const room = this.rooms[this.player(step.who).side];
    if (room.player.slug !== step.who) room.become(step.who);
    this.reveal(room.side);
    room.show("room");
    room.composer.fill(step.says);
  }

  tick({ done, says }) {
    this.items.forEach((item, at) => this.word(item, this.state.guide[at], says[at]));
    const next = done.indexOf(false);
    this.items.forEach((item, at) => {
      item.className = done[at] ? "done" : at === next ? "next" : "";
      item.querySelector(".tick").textContent = done[at] ? "✓" : "";
      item.querySelector("button").ariaCurrent = at === next ? "step" : null;
    });
    const count = done.filter(Boolean).length;
    this.count.textContent = next < 0 ? "all done" : `${count} of ${done.length}`;
    this.items[next]?.scrollIntoView({ block: "nearest" });
  }

  // A step names the records that this rehearsal made.
  word(item, step, says) {
    step.says = says;
    item.querySelector(".says").textContent = says;
    item.querySelector("button").title = says;
  }

  // An empty room says what to do in it.
  empty() {
    const [first] = this.state.guide;
    const sponsor = this.rooms.sponsor.logs.room.empty;
    const sentence = document.createElement("button");
    const code = document.createElement("code");
    code.textContent = first.says;
    sentence.type = "button";
    sentence.append(code);
    sentence.addEventListener("click", () => this.offer(first));
    sponsor.replaceChildren(
      element("h3", "A transfer begins with one sentence"), element("p", "Click it, read it, press Enter."), sentence,
      element("small", `You speak as ${this.player(first.who).name}. You can be anybody: choose above.`),
    );
    this.rooms.cmo.logs.room.empty.replaceChildren(
      element("h3", "The other company’s room"),
      element("p", "Whatever belongs to the meeting appears in both rooms, each in its own reader’s time zone."),
    );
    for (const room of Object.values(this.rooms)) {
      room.logs.direct.empty.replaceChildren(
        element("h3", "Nobody else reads this"),
        element("p", "Reminders come here. Ask Tandem in short: mine, overdue, help."),
      );
    }
  }
}

function element(name, words) {
  const made = document.createElement(name);
  made.textContent = words;
  return made;
}
