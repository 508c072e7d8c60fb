// To the server and back: an act keeps its id however often it is sent, and news resume where they ended.

export function newId() {
  const noise = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(noise, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Sends an act {id, who, side, …}. Gives {} or {form} or {errors}; throws an Error whose message is for people.
export async function send(path, act) {
  let response;
  try {
    response = await fetch(`/rehearsal/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(act),
    });
  } catch {
    throw new Error("The server did not answer.");
  }
  const json = response.headers.get("Content-Type")?.startsWith("application/json");
  if (response.ok && json) return response.json();
  if (json) throw new Error((await response.json()).error);
  throw new Error(response.status < 500 ? (await response.text()).trim() : "The server could not do this.");
}

// Hears the news of both rooms as these two people see them, until closed; `heard` takes (kind, content).
// A line that was heard before changes nothing, so a source that gave up may begin again from the start.
export function listen(rehearsal, people, heard, state) {
  const query = new URLSearchParams({ rehearsal, ...people });
  let source = null;
  let closed = false;
  const open = () => {
    if (closed) return;
    source = new EventSource(`/rehearsal/stream?${query}`);
    for (const kind of ["line", "guide"]) {
      source.addEventListener(kind, (event) => heard(kind, JSON.parse(event.data)));
    }
    source.onopen = () => state("");
    source.onerror = () => {
      state("Reconnecting …");
      if (source.readyState === EventSource.CLOSED) setTimeout(open, 2000);
    };
  };
  open();
  return { close() { closed = true; source.close(); } };
}
