(room) => {
  // A line that changes is another element, so that each is read once.
  const read = (window.linesRead ??= new WeakMap());
  const words = (line) => {
    const copy = (line.querySelector(".body") ?? line).cloneNode(true);
    for (const aside of copy.querySelectorAll(".zone, .who")) aside.remove();
    for (const button of copy.querySelectorAll("button")) button.textContent = ` [${button.textContent}] `;
    for (const label of copy.querySelectorAll("dt")) label.append(": ");
    for (const block of copy.querySelectorAll("p, h3, li, dd, td, th")) block.append(" ");
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  const one = (line, direct) => ({
    id: Number(line.dataset.id),
    direct,
    kind: ["said", "post", "answer"].find((kind) => line.classList.contains(kind)),
    training: !line.querySelector("article") || Boolean(line.querySelector("article .training")),
    words: words(line),
  });
  return [...room.querySelectorAll("[data-pane]")].flatMap((pane) =>
    [...pane.querySelectorAll(".log > li")].map((line) => {
      if (!read.has(line)) read.set(line, one(line, pane.dataset.pane === "direct"));
      return read.get(line);
    }));
}
