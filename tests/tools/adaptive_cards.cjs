// Parses, validates and renders each card on standard input with Microsoft's renderer; prints its complaints.
const fs = require("node:fs");
const noop = () => {};
const element = () => new Proxy(noop, { get: (_, name) => name === Symbol.toPrimitive ? () => "" : element(), apply: element, set: () => true });
globalThis.window = globalThis;
globalThis.document = element();
const source = fs.readFileSync(process.argv[2], "utf8");
const module_ = { exports: {} };
new Function("module", "exports", "window", source)(module_, module_.exports, globalThis);
const AdaptiveCards = module_.exports;
const cards = JSON.parse(fs.readFileSync(0, "utf8"));
const told = cards.map((json) => {
  const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5);
  const card = new AdaptiveCards.AdaptiveCard();
  card.parse(json, context);
  const events = [];
  for (let at = 0; at < context.eventCount; at++) events.push(context.getEventAt(at).message);
  return events.concat(card.validateProperties().validationEvents.map((event) => event.message));
});
process.stdout.write(JSON.stringify(told));
