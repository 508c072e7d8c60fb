// Forms: opened over the page, kept open with what was typed until Tandem takes them.

import { newId } from "./wire.js";

const dialog = document.getElementById("dialog");

// Opens a form; `fill(values)` takes what is filled in with an id, and gives {} or {errors} or the next {form}.
export function open(html, fill) {
  dialog.innerHTML = html;
  const form = dialog.querySelector("form");
  const sending = { id: newId(), busy: false };
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(form, sending, fill);
  });
  if (!dialog.open) dialog.showModal();
  const inputs = [...form.querySelectorAll(".field input, .field textarea, .field select")];
  (inputs.find(waits) ?? inputs[0] ?? form.querySelector(".main")).focus();
}

// What is known already needs nobody's eyes first.
function waits(input) {
  const isTick = ["checkbox", "radio"].includes(input.type);
  return isTick ? !input.closest(".field").querySelector(":checked") : input.type !== "hidden" && !input.value;
}

async function submit(form, sending, fill) {
  if (sending.busy) return;
  const button = form.querySelector("[type=submit]");
  sending.busy = button.ariaBusy = true;
  show(form, {}, "");
  try {
    const act = { id: sending.id, values: values(form), ...carried(form) };
    const { errors, form: next } = await fill(act);
    sending.id = newId();
    if (errors) show(form, errors, "");
    else if (next) open(next, fill);
    else dialog.close();
  } catch (error) {
    show(form, {}, `${error.message} Nothing is lost: send it again.`);
  } finally {
    sending.busy = button.ariaBusy = false;
  }
}

function carried(form) {
  const { message, given, says, place } = form.dataset;
  return { message, given, says, place: place ? JSON.parse(place) : null };
}

function values(form) {
  const found = {};
  for (const field of form.querySelectorAll("[data-input]")) found[field.dataset.input] = value(field);
  return found;
}

function value(field) {
  const inputs = [...field.querySelectorAll("input, textarea, select")];
  const chosen = inputs.filter((one) => !["checkbox", "radio"].includes(one.type) || one.checked);
  const all = chosen.map((one) => one.value);
  if (field.dataset.kind === "people") return { people: all };
  return field.dataset.kind === "many" ? all : all[0] ?? "";
}

function show(form, errors, sentence) {
  let first = null;
  for (const field of form.querySelectorAll("[data-input]")) {
    const words = errors[field.dataset.input] ?? "";
    const error = field.querySelector(".error");
    const input = field.querySelector("input, textarea, select");
    error.textContent = words;
    error.hidden = !words;
    field.classList.toggle("wrong", Boolean(words));
    input?.setAttribute("aria-invalid", String(Boolean(words)));
    if (words) first ??= input;
  }
  const others = Object.entries(errors).filter(([name]) => !form.querySelector(`[data-input="${CSS.escape(name)}"]`));
  const whole = form.querySelector(".form-error");
  whole.textContent = [sentence, ...others.map(([, words]) => words)].filter(Boolean).join(" ");
  whole.hidden = !whole.textContent;
  first?.focus();
}
