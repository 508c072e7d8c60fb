(room) => [...room.querySelectorAll("[data-pane]")].flatMap((pane) =>
  [...pane.querySelectorAll(".log > li")].map((line) => {
    const copy = (line.querySelector(".body") ?? line).cloneNode(true);
    for (const zone of copy.querySelectorAll(".zone, .who")) zone.remove();
    for (const button of copy.querySelectorAll("button")) button.textContent = ` [${button.textContent}] `;
    for (const label of copy.querySelectorAll("dt")) label.append(": ");
    for (const block of copy.querySelectorAll("p, h3, li, dd, td, th")) block.append(" ");
    return {
      id: Number(line.dataset.id),
      direct: pane.dataset.pane === "direct",
      kind: ["said", "post", "answer"].find((kind) => line.classList.contains(kind)),
      training: !line.querySelector("article") || Boolean(line.querySelector("article .training")),
      words: copy.textContent.replace(/\s+/g, " ").trim(),
    };
  }))
