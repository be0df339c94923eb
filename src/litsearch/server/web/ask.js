// A conversation: each question with its quotations, the passages under the last, and the box that
// asks on.
import { ask as stream, get } from "./api.js";
import { closeTip, draw, isListing, spoken } from "./answer.js";
import {
  conversation, conversations, forget, loadConversations, newId, save,
} from "./conversations.js";
import { go, h, news, plural, words } from "./dom.js";
import { any, chips, facets, filtersOf } from "./filters.js";
import { keepButton, recentAnswers } from "./kept.js";
import { copyButton, exportMenu } from "./out.js";
import { showPassages } from "./passages.js";
import { storageKey } from "./store.js";

export { closeTip };

const EARLIER = 6; // turns that a follow-up leans on
const HEARD = 2000; // characters of an earlier answer
const NEW = 12; // sources named as new
const RECENT = 5; // conversations on the start page
const OPENERS = "what who whose which when where why how "
  + "is are was were do does did can could should";
const QUESTION = new RegExp(`\\?\\s*$|^\\s*(?:${OPENERS.replaceAll(" ", "|")})\\b`, "i");

export async function start(params, stats, signal) {
  await loadConversations();
  if (!stats.counts.sources) return (await import("./add.js")).empty(stats);
  const starters = h("div");
  const recent = conversations().slice(0, RECENT);
  suggest(starters, "Questions to begin with", {}, signal);
  const title = `What would you like to know${any(params) ? " of these" : ""}?`;
  const { sources, passages } = stats.counts;
  return h("section", { class: "start" },
    h("h1", {}, title),
    any(params) ? h("div", {}, chips(params)) : "",
    h("p", { class: "soft" },
      `${plural(sources, "source")} from your reading lists, ${plural(passages, "passage")}. `
      + "Every answer is made of quotations that lead to the place where they stand."),
    starters,
    recent.length ? history(recent) : "",
    await recentAnswers(signal),
    h("div", { class: "new" }, await whatIsNew(stats, signal)));
}

function history(recent) {
  const clear = (event) => {
    forget();
    event.currentTarget.closest("section").remove();
    news("Forgotten");
  };
  const row = ({ id, turns }) => {
    const [{ question }] = turns;
    const more = turns.length - 1;
    return h("li", {}, go({ q: question, c: id }, question, { "data-nav": true }),
      more ? h("span", { class: "meta" }, ` and ${plural(more, "more question")}`) : "");
  };
  return h("section", {}, h("h2", {}, "Asked before"),
    h("ul", {}, recent.map(row)),
    h("button", { type: "button", class: "plain", onclick: clear }, "Forget these"));
}

// What came into the library since this browser last saw it.
async function whatIsNew(stats, signal) {
  const last = localStorage.getItem(storageKey("generation"));
  localStorage.setItem(storageKey("generation"), stats.generation);
  if (!last || last === stats.generation) return "";
  try {
    const since = await get("history", { since: last }, signal);
    return [
      sourceList("New since you were here", [...since.new, ...since.reachable]),
      lostQuotes(since.answers),
    ];
  } catch {
    return ""; // what was kept of then is gone
  }
}

function sourceList(title, rows) {
  if (!rows.length) return "";
  const visible = rows.slice(0, NEW);
  const list = visible.map((row) =>
    h("li", {}, go({ view: "source", id: row.id }, row.title, { "data-nav": true })));
  const rest = rows.length - visible.length;
  const more = rest ? h("p", { class: "meta" }, `and ${plural(rest, "more source")}`) : "";
  return [h("h2", {}, title), h("ul", {}, list), more];
}

// Kept answers whose quotes were edited, or are gone.
function lostQuotes(quotes) {
  if (!quotes.length) return "";
  const ids = [...new Map(quotes.map((quote) => [quote.id, quote])).values()];
  return [h("h2", {}, "Kept answers that lost a quote"), h("ul", {}, ids.map((quote) =>
    h("li", {}, go({ view: "kept", id: quote.id }, quote.question, { "data-nav": true }),
      h("span", { class: "meta" }, ` ${quote.title}: ${quote.reason}`))))];
}

async function suggest(place, title, request, signal) {
  try {
    const { questions } = await get("questions", request, signal);
    if (!questions.length) return;
    const rows = questions.map((question) =>
      h("li", {}, go({ q: question }, question, { "data-nav": true })));
    place.replaceChildren(h("h2", {}, title), h("ul", { class: "suggested" }, rows));
  } catch (error) {
    if (error.name !== "AbortError") place.replaceChildren();
  }
}

export async function ask(params, signal) {
  await loadConversations();
  const talk = conversation(params.get("c")) || { id: newId(), turns: [] };
  const hasTurns = talk.turns.length > 0;
  const side = h("aside", { class: "facets", "aria-label": "Filters" });
  const bar = h("div", {}, chips(params));
  const turns = h("div", { class: "turns" });
  const passages = h("section", { class: "passages", "aria-label": "Passages" });
  const related = h("section", { class: "related", "aria-label": "Related questions" });
  const column = h("div", {}, bar, turns, follow(talk, params), related, passages);
  const view = h("div", { class: "columns" }, side, column);
  const at = { talk, params, signal, turns, passages, related };
  if (params.get("c") && !hasTurns) bar.append(h("p", { class: "note" }, NOT_HERE));
  facets(side, params, signal)
    .then((titles) => bar.firstChild?.replaceWith?.(chips(params, titles) || ""))
    .catch((error) => showError(side, error));
  talk.turns.forEach((turn, n) => turns.append(finishedTurn(turn, n, at)));
  const last = talk.turns.at(-1);
  const isNew = !hasTurns || (params.get("q") !== last.question && !params.get("t"));
  if (isNew) add(params.get("q"), at);
  else afterwards(last, at);
  return { view, ready: () => settle(turns, params) };
}

const NOT_HERE = "The conversation that this link leads to is not kept here. "
  + "Its question is asked anew.";

function settle(turns, params) {
  const all = turns.querySelectorAll(".turn");
  const last = all.length > 1 ? all[all.length - 1] : null;
  const node = turns.querySelector(`#turn-${params.get("t")}`) || last;
  node?.scrollIntoView();
  return Boolean(node);
}

function follow(talk, params) {
  const input = h("input", {
    type: "text", id: "follow", name: "follow", maxlength: "2000", autocomplete: "off",
    placeholder: "Ask on: why, an example…",
  });
  const onsubmit = (event) => {
    event.preventDefault();
    const question = input.value.trim();
    if (!question || !talk.turns.length) return;
    const next = new URLSearchParams(params);
    next.delete("t");
    next.set("c", talk.id);
    next.set("q", question);
    dispatchEvent(new CustomEvent("goto", { detail: `?${next}` }));
  };
  return h("form", { class: "follow", onsubmit },
    h("label", { class: "hidden", for: "follow" }, "Ask on"), input,
    h("button", { type: "submit" }, "Ask on"));
}

// Asks, and shows what comes as it comes.
async function add(question, at) {
  const turn = { question, filters: filtersOf(at.params), answer: null };
  const n = at.talk.turns.length;
  const { article, place, tools } = frame(turn, n);
  at.turns.append(article);
  if (n) article.scrollIntoView({ block: "start" });
  const stopping = new AbortController();
  at.signal.addEventListener("abort", () => stopping.abort());
  const stop = () => stopping.abort("stopped");
  tools.append(h("button", { type: "button", class: "plain", onclick: stop }, "Stop"));
  try {
    turn.answer = await answerOf(turn, at, place, stopping.signal);
  } catch (error) {
    if (stopping.signal.reason !== "stopped") return showError(place, error);
    place.append(h("p", { class: "note" }, "Stopped."));
    return tools.replaceChildren(again(question, at, article));
  }
  at.talk.turns.push(turn);
  save(at.talk);
  const here = new URLSearchParams(at.params);
  here.set("c", at.talk.id);
  dispatchEvent(new CustomEvent("address", { detail: `?${here}` }));
  article.replaceWith(finishedTurn(turn, n, at));
  news(spoken(turn.answer));
  return afterwards(turn, at);
}

async function answerOf(turn, at, place, signal) {
  const earlier = at.talk.turns.filter((each) => each.answer).slice(-EARLIER);
  const turns = earlier.map((each) =>
    ({
      question: each.question, answer: each.answer.answer.slice(0, HEARD),
      quotes: each.answer.citations.slice(0, 20).map(({ quote }) => quote.slice(0, 2000)),
    }));
  const sentences = [];
  const citations = [];
  let answer = null;
  let trouble = null;
  const request = { question: turn.question, turns, ...turn.filters };
  for await (const [name, data] of stream(request, signal)) {
    if (name === "error") trouble = Object.assign(new Error(data.detail), { hint: data.hint });
    // The language model failed; the answer says so, and stands without it.
    if (name === "answer") trouble = null;
    if (name === "progress") wait(place, data);
    if (name === "citation") citations.push(data);
    if (name === "sentence") sentences.push(data);
    if (name === "sources" || name === "answer") answer = data;
    const draft = { ...answer, sentences, citations, generator: "model" };
    const visible = name === "sentence" ? draft : answer;
    if (visible?.citations) draw(visible, place);
  }
  if (trouble) throw trouble;
  return answer;
}

function wait(place, { stage, done, total }) {
  const text = `${stage}: ${done} of ${total}`;
  const newNote = () => place.appendChild(h("p", { class: "note progress" }));
  const note = place.querySelector(".progress") ?? newNote();
  note.textContent = text;
}

function frame(turn, n) {
  const place = h("section", { class: "answer", "aria-label": `Answer ${n + 1}` }, placeholders());
  const tools = h("div", { class: "tools-row" });
  const title = h(n ? "h2" : "h1", { class: "asked" }, turn.question);
  const article = h("article", { class: "turn", id: `turn-${n}` }, title, place, tools);
  return { article, place, tools };
}

function finishedTurn(turn, n, at) {
  const { article, place, tools } = frame(turn, n);
  draw(turn.answer, place);
  const count = turn.answer.citations.length;
  const isLast = n === at.talk.turns.length - 1;
  const here = { q: turn.question, c: at.talk.id, t: n, ...turn.filters };
  tools.append(
    count && navigator.clipboard ? copyButton(turn.answer) : "",
    count ? keepButton(turn, at.talk.turns.slice(Math.max(0, n - EARLIER), n)) : "",
    count ? exportMenu([turn.answer], "Export") : "",
    isLast && n ? exportMenu(answersOf(at.talk), "Export the conversation") : "",
    isLast ? again(turn.question, at, article) : "",
    go(here, "Link", { class: "plain", "aria-label": "Link to this turn" }),
    correction(turn, n, at));
  return article;
}

const answersOf = (talk) => talk.turns.map((turn) => turn.answer);

function again(question, at, article) {
  const onclick = () => {
    if (at.talk.turns.at(-1)?.question === question) at.talk.turns.pop();
    article.remove();
    add(question, at);
  };
  return h("button", { type: "button", class: "plain", onclick }, "Ask again");
}

// What was searched, to be corrected.
function correction(turn, n, at) {
  const input = h("input", {
    type: "text", value: turn.answer.question, maxlength: "2000",
    "aria-label": "The question, as you mean it",
  });
  const onsubmit = (event) => {
    event.preventDefault();
    at.talk.turns.splice(n);
    save(at.talk);
    const next = new URLSearchParams({ q: input.value.trim() });
    dispatchEvent(new CustomEvent("goto", { detail: `?${next}` }));
  };
  const asWritten = turn.answer.question === turn.question;
  const read = asWritten ? "It was searched as you wrote it" : "It was read as the question below";
  const terms = words(turn.answer.question).join(", ") || "none";
  return h("details", { class: "meant" }, h("summary", {}, "Not what I meant"),
    h("p", { class: "meta" }, `${read}; the words that count in it: ${terms}.`),
    h("form", { onsubmit }, input, h("button", {}, "Ask this instead")));
}

const placeholders = () => [1, 2, 3].map(() => h("div", { class: "wait" }));

function showError(place, error) {
  if (error.name === "AbortError") return;
  if (error.status === 401) return void dispatchEvent(new Event("locked"));
  const message = `${error.message} ${error.hint || ""}`;
  place.replaceChildren(h("p", { class: "note", role: "alert" }, message));
}

// Under the last turn: passages, and questions that lead on. Under a refusal of a question, and
// what the catalog tells, no passages.
function afterwards(turn, at) {
  const refused = turn.answer.status === "declined" && QUESTION.test(turn.question);
  at.related.replaceChildren();
  at.passages.replaceChildren();
  const title = refused ? "Questions that this library answers" : "Related questions";
  suggest(at.related, title, { near: turn.answer.question }, at.signal);
  const show = () => {
    at.passages.replaceChildren(...placeholders());
    return showPassages(turn, at).catch((error) => showError(at.passages, error));
  };
  if (!refused && !isListing(turn.answer)) return show();
  const text = "Show the passages that come nearest";
  const button = h("button", { type: "button", class: "plain", onclick: show }, text);
  return at.passages.replaceChildren(button);
}
