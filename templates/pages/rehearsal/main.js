// The rehearsal room: two rooms, one guide, one stream of news.

import { Guide } from "./guide.js";
import { Room } from "./room.js";
import { listen } from "./wire.js";

const chosen = new URLSearchParams(location.search).get("rehearsal");
const state = await (await fetch(`/rehearsal/state${chosen ? `?rehearsal=${chosen}` : ""}`)).json();
const narrow = matchMedia("(max-width: 900px)");
const details = document.querySelector(".guide details");
const rooms = {};
for (const side of ["sponsor", "cmo"]) rooms[side] = new Room(side, state, connect);
const guide = new Guide(state, rooms, (side) => {
  reveal(side);
  if (narrow.matches) details.open = false;
});
let source = null;
connect();

function connect() {
  source?.close();
  for (const room of Object.values(rooms)) room.clear();
  const people = Object.fromEntries(Object.values(rooms).map((room) => [room.side, room.player.slug]));
  source = listen(state.rehearsal, people, heard, (words) => {
    document.getElementById("state").textContent = words;
  });
}

function heard(kind, content) {
  if (kind === "guide") {
    guide.tick(content);
    return;
  }
  const [side, direct] = content.pane.split("-");
  rooms[side].put(Boolean(direct), content);
}

function reveal(side) {
  document.body.dataset.showing = side;
  for (const button of document.querySelectorAll("[data-show]")) {
    button.ariaPressed = String(button.dataset.show === side);
  }
  for (const log of Object.values(rooms[side].logs)) log.toEnd();
}

for (const button of document.querySelectorAll("[data-show]")) {
  button.textContent = state.companies[button.dataset.show].split(" ")[0];
  button.addEventListener("click", () => reveal(button.dataset.show));
}

const suit = () => { details.open = !narrow.matches; };
narrow.addEventListener("change", suit);
suit();
document.querySelector(".guide summary").addEventListener("click", (event) => {
  if (!narrow.matches) event.preventDefault();
});
if (!narrow.matches) rooms.sponsor.composer.textarea.focus({ preventScroll: true });
