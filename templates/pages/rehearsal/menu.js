// The menu of a line: capture it, react to it, reply to it. One menu for the page, put beside the line's button.

const menu = document.getElementById("line-menu");
const items = () => [...menu.querySelectorAll("[role=menuitem]")].filter((item) => !item.closest("[hidden]"));
// The line whose menu is open, by its id: it may be drawn anew meanwhile.
let line = null;
let act = null;
const button = () => document.querySelector(`#${line} > .more-of`);

// Opens the menu of the line whose button this is; `chosen(what, emoji)` does what is chosen.
export function open(from, chosen) {
  const { id, classList } = from.closest(".line");
  const again = id === line;
  close();
  if (again) return;
  line = id;
  act = chosen;
  for (const part of menu.querySelectorAll("[data-do=capture], .react")) part.hidden = !classList.contains("said");
  menu.showPopover();
  place();
  items()[0].focus();
}

function close() {
  if (!line) return;
  button()?.setAttribute("aria-expanded", "false");
  menu.hidePopover();
  line = null;
}

function back() {
  const from = button();
  close();
  from?.focus();
}

// Below the button, or above it where there is no room.
function place() {
  const from = line && button();
  if (!from) {
    close();
    return;
  }
  from.ariaExpanded = "true";
  const at = from.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = at.bottom + 4 + height <= innerHeight;
  menu.style.top = `${Math.max(4, below ? at.bottom + 4 : at.top - 4 - height)}px`;
  menu.style.left = `${Math.max(4, Math.min(at.right - width, innerWidth - width - 4))}px`;
}

function key(event) {
  const all = items();
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (step) all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
  else if (event.key === "Home") all[0].focus();
  else if (event.key === "End") all.at(-1).focus();
  else if (["Escape", "Tab"].includes(event.key)) back();
  else return;
  event.preventDefault();
}

menu.addEventListener("keydown", key);
menu.addEventListener("click", (event) => {
  const item = event.target.closest("[role=menuitem]");
  if (!item) return;
  const chosen = act;
  back();
  chosen(item.dataset.do, item.dataset.emoji);
});
document.addEventListener("pointerdown", (event) => {
  if (line && !menu.contains(event.target) && !event.target.closest(".more-of")) close();
});
document.addEventListener("scroll", place, true);
addEventListener("resize", place);
