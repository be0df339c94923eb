// Answers that were kept in the library: shown as they were, asked for again, compared, forgotten.
import { get, send } from "./api.js";
import { draw } from "./answer.js";
import { go, h, news, plural } from "./dom.js";

const SHOWN = 5;
const NONE = "No answer was kept yet. Keep, under an answer, writes it down with its quotes, to be "
  + "compared with what the library says later.";
let reply = null; // what the service says of kept answers, until one more is kept

export const keptAnswers = (signal) => (reply ??= get("answers", {}, signal)
  .catch(() => ({ answers: [], writable: false })));

const link = (kept) => go({ view: "kept", id: kept.id }, kept.question, { "data-nav": true });
const day = (kept) => h("span", { class: "meta" }, ` ${kept.kept.slice(0, 10)}`);
const rows = (answers) => answers.map((kept) => h("li", {}, link(kept), day(kept)));

// The last ones, for the start page.
export async function recentAnswers(signal) {
  const { answers } = await keptAnswers(signal);
  if (!answers.length) return "";
  const rest = answers.length - SHOWN;
  const more = rest > 0 ? go({ view: "kept" }, `${plural(rest, "more answer")}`) : "";
  return h("section", {}, h("h2", {}, "Kept answers"),
    h("ul", {}, rows(answers.slice(0, SHOWN))), more);
}

// A button that keeps a turn: the service asks once more, and writes what it says.
export function keepButton(turn, earlier) {
  const place = h("span");
  const onclick = async (event) => {
    const button = event.currentTarget;
    try {
      const turns = earlier.map(({ question, answer }) => ({ question, answer: answer.answer }));
      const request = { question: turn.question, turns, ...turn.filters };
      const kept = await send("POST", "answers", request);
      reply = null;
      button.replaceWith(go({ view: "kept", id: kept.id }, "Kept", { class: "plain" }));
      news("Kept");
    } catch (error) {
      button.replaceWith(h("span", { class: "bad" }, `${error.message} ${error.hint || ""}`));
    }
  };
  keptAnswers().then(({ writable }) => {
    if (writable) place.append(h("button", { type: "button", class: "plain", onclick }, "Keep"));
  });
  return place;
}

export async function kept(params, signal) {
  const { answers } = await keptAnswers(signal);
  const id = params.get("id");
  if (!id) {
    const none = h("p", { class: "note" }, NONE);
    const all = answers.length ? h("ul", { class: "entries" }, rows(answers)) : none;
    return h("section", {}, h("h1", {}, "Kept answers"), all);
  }
  const record = answers.find((each) => each.id === id);
  if (!record) return h("section", {}, h("h1", {}, "Kept answers"), missing());
  return answerPage(record);
}

const missing = () => h("p", { class: "note" },
  "The answer that this link leads to is not kept any more. ",
  go({ view: "kept" }, "See the others"));

function answerPage(record) {
  const then = h("section", { class: "answer", "aria-label": "The answer as it was" });
  const now = h("section", { class: "answer", "aria-label": "The answer now" });
  draw(record.answer, then);
  const { generator, generation } = record.answer;
  const origin = `Kept on ${record.kept.slice(0, 10)}, made by ${generator} from ${generation}.`;
  return h("article", { class: "reader" },
    h("h1", {}, record.question), h("p", { class: "meta" }, origin), then,
    h("div", { class: "tools-row" }, replayButton(record, now), forgetButton(record)), now);
}

function replayButton(record, place) {
  const onclick = async () => {
    try {
      showComparison(await send("POST", `answers/${record.id}/replay`, {}), place);
    } catch (error) {
      const message = `${error.message} ${error.hint || ""}`;
      place.replaceChildren(h("p", { class: "note", role: "alert" }, message));
    }
  };
  return h("button", { type: "button", class: "plain", onclick }, "Ask again and compare");
}

function showComparison({ same, differences, now }, place) {
  if (same) {
    news("The same as then");
    return place.replaceChildren(h("p", { class: "note" }, "The library says the same today."));
  }
  const today = h("section");
  draw(now, today);
  news(`${plural(differences.length, "thing")} changed`);
  return place.replaceChildren(
    h("h2", {}, "What changed"), h("ul", {}, differences.map((each) => h("li", {}, each))),
    h("h2", {}, "What the library says today"), today);
}

function forgetButton(record) {
  const onclick = async (event) => {
    const button = event.currentTarget;
    try {
      await send("DELETE", `answers/${record.id}`, {});
      reply = null;
      button.replaceWith("Forgotten");
      news("Forgotten");
    } catch (error) {
      button.replaceWith(`${error.message} ${error.hint || ""}`);
    }
  };
  return h("button", { type: "button", class: "plain bad", onclick }, "Forget it");
}
