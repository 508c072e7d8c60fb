"""A workspace as local-slack's own page shows it, for eyes; the rich text that the page leaves out is drawn in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.async_api import Browser

from tests.tools.browser import opened
from tests.tools.local_slack import LocalSlack

Json = dict[str, Any]
WIDTH = 1100
DRAW = """
([messages, views, names]) => {
  const moment = (at, format) => {
    const when = new Date(at * 1000);
    const day = when.toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric" });
    const time = when.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    return format.replace("{date_short_pretty}", day.replace(",", "")).replace("{time}", time);
  };
  const made = (tag, within, look = "") => {
    const node = document.createElement(tag);
    node.style.cssText = look;
    node.append(...within);
    return node;
  };
  const mention = (id) => made("span", ["@" + names[id]], "color:#1264a3;background:#e8f5fa;border-radius:3px");
  const one = (part) => {
    const style = part.style || {};
    const look = (style.bold ? "font-weight:700;" : "") + (style.italic ? "font-style:italic" : "");
    switch (part.type) {
      case "user": return mention(part.user_id);
      case "date": return made("span", [moment(part.timestamp, part.format)]);
      case "link": return made("span", [part.text || part.url], "color:#1264a3");
      case "text": return made("span", [part.text], look);
      case "rich_text_list":
        const items = part.elements.map((item) => made("li", item.elements.map(one)));
        return made(part.style === "ordered" ? "ol" : "ul", items, "margin:0;padding-left:26px");
      case "rich_text_preformatted": return made("pre", part.elements.map(one));
      default: return made("div", (part.elements || []).map(one), "white-space:pre-wrap");
    }
  };
  const cell = (found) => made("td", [one(found)], "border:1px solid #ddd;padding:4px 8px;vertical-align:top");
  const rows = (block) => block.rows.map((row) => made("tr", row.map(cell)));
  const chosen = ({ initial_users: users = [], initial_options: options = [] }) =>
    [...users.map((id) => "@" + names[id]), ...options.map((option) => option.text.text)].join(", ");
  const menu = ({ element }) =>
    made("div", [chosen(element) || "Select…"], "border:1px solid #bbb;border-radius:4px;padding:8px;background:#eee");
  const drawn = (block) => {
    switch (block.type) {
      case "rich_text": return made("div", block.elements.map(one), "font-size:15px");
      case "table": return made("table", rows(block), "border-collapse:collapse");
      default: return menu(block);
    }
  };
  const put = (within, blocks) => {
    const left = blocks.filter((block) =>
      ["rich_text", "table"].includes(block.type) || ((block.element || {}).type || "").startsWith("multi_"));
    document.querySelectorAll(`${within} .bk-unknown`).forEach((place, at) => place.replaceWith(drawn(left[at])));
  };
  for (const message of messages) put(`.msg[data-ts="${message.ts}"]`, message.blocks || []);
  for (const view of views.slice(-1)) {
    put(".modal-overlay", view.blocks);
    const selects = document.querySelectorAll(".modal-overlay select");
    const menus = view.blocks.filter((block) => (block.element || {}).type === "static_select");
    const radios = document.querySelectorAll(".modal-overlay [type=radio]");
    const options = view.blocks.flatMap(({ element }) =>
      (element || {}).type === "radio_buttons" ? element.options.map((one) => [one, element.initial_option]) : []);
    options.forEach(([one, first], at) => { radios[at].checked = one.value === (first || {}).value; });
    menus.forEach(({ element }, at) => { selects[at].value = (element.initial_option || {}).value || ""; });
  }
  for (const small of document.querySelectorAll(".bk-context")) {
    small.textContent = [...small.children].map((part) => part.textContent).join(" ")
      .replace(/<!date\\^(\\d+)\\^([^|]*)\\|[^>]*>/g, (_, at, format) => moment(at, format))
      .replace(/<@(\\w+)(\\|[^>]*)?>/g, (_, id) => "@" + names[id]).replaceAll(" , ", ", ");
  }
}
"""


async def screenshot(browser: Browser, slack: LocalSlack, user: str, path: Path) -> None:
    """What `user` sees at the end of the first channel, with the form in front if there is one."""
    people = {one.id: one for one in slack.users}
    names = {one.id: one.real_name for one in slack.users} | {slack.app.bot_user: "Tandem"}
    async with opened(browser, WIDTH, 1000, people[user].tz) as page:
        await page.goto(slack.url)
        await page.get_by_label("Act as").select_option(user)
        shown = await slack.messages(slack.channels[0].id)
        await page.wait_for_function("most => document.querySelectorAll('.msg').length >= most", arg=min(len(shown), 1))
        await page.evaluate(DRAW, [shown, await slack.views(), names])
        await page.locator(".messages").evaluate("place => { place.scrollTop = place.scrollHeight }")
        await page.screenshot(path=path)
