// Answers for other programs and other days: copied, saved as Markdown or references, written
// into a folder of notes.
import { send, text as download } from "./api.js";
import { isListing, isWorded, where } from "./answer.js";
import { byline, h, news } from "./dom.js";
import { inLink, plain, printable } from "./escapes.js";
import { keptAnswers } from "./kept.js";

// One answer, or those of a conversation.
export function exportMenu(answers, title) {
  const file = answers.length > 1 ? "conversation" : "answer";
  const cites = answers.flatMap((answer) => answer.citations);
  const ids = [...new Set(cites.map((citation) => citation.source.id))];
  const take = (name, text, as) => {
    const onclick = () => give(text, as);
    return h("button", { type: "button", class: "plain", onclick }, name);
  };
  const sources = (format) => () => download("sources", { source: ids, format });
  const place = h("span", {}, take("Obsidian note", () => note(answers), `${file}.md`));
  keptAnswers().then(({ vault }) => { if (vault) place.replaceChildren(vaultButton(answers)); });
  return h("details", { class: "out" }, h("summary", {}, title),
    take("Markdown", () => asMarkdown(answers), `${file}.md`), place,
    take("BibTeX", sources("bibtex"), "sources.bib"),
    take("CSL JSON", sources("csl-json"), "sources.json"));
}

// Written into the folder of notes that the service names.
function vaultButton(answers) {
  const onclick = async (event) => {
    const button = event.currentTarget;
    try {
      const body = { title: answers[0].question, text: note(answers) };
      const { name, open } = await send("POST", "vault", body);
      const opening = open ? h("a", { href: open }, "Open it in Obsidian") : "";
      button.replaceWith(h("span", { class: "meta" }, `Written to ${name}. `, opening));
      news(`Written to ${name}`);
    } catch (error) {
      button.replaceWith(h("span", { class: "bad" }, `${error.message} ${error.hint || ""}`));
    }
  };
  return h("button", { type: "button", class: "plain", onclick }, "Obsidian note, into the vault");
}

export async function give(text, file) {
  const url = URL.createObjectURL(new Blob([await text()], { type: "text/plain" }));
  h("a", { href: url, download: file }).click();
  URL.revokeObjectURL(url);
  news(`Saved as ${file}`);
}

const asMarkdown = (answers) => answers.map(markdown).join("\n");

// Notes at the foot of several answers have names of their own.
function markdown(answer, turn) {
  const mark = (n) => turn ? `[^${turn + 1}-${n}]` : `[^${n}]`;
  const quotes = quoteLines(answer, mark);
  const notes = answer.citations.map((citation) => `${mark(citation.n)}: ${from(citation)}`);
  const said = ({ text, citations }) => plain(text) + citations.map(mark).join("");
  const worded = isWorded(answer) ? [answer.sentences.map(said).join(" "), ""] : [];
  const cites = [...worded, ...quotes, "", ...notes];
  const body = answer.citations.length ? cites : [plain(answer.reason)];
  return [`## ${plain(answer.question)}`, "", ...body, ""].join("\n");
}

function quoteLines(answer, mark) {
  if (isListing(answer)) {
    return answer.sentences.map((each) => `- ${plain(each.text)} ${mark(each.citations[0])}`);
  }
  const quotes = answer.citations.map(({ n, quote }) => `> ${plain(quote)} ${mark(n)}`);
  return [quotes.join("\n>\n")];
}

function from(citation) {
  const title = plain(citation.source.title);
  const link = citation.link ? `[${title}](<${inLink(citation.link)}>)` : title;
  const page = citation.locator.page && `p. ${citation.locator.page}`;
  const parts = [link, plain(byline(citation.source)), page, plain(where(citation.entries))];
  return parts.filter(Boolean).join(", ");
}

function note(answers) {
  const day = new Date().toISOString().slice(0, 10);
  const question = JSON.stringify(answers[0].question);
  const head = ["---", `question: ${question}`, `date: ${day}`, "tags: [litsearch]", "---", ""];
  return head.join("\n") + asMarkdown(answers);
}

const plainText = (answer) => isWorded(answer) || isListing(answer)
  ? answer.sentences.map((each) => `${each.text} [${each.citations.join(", ")}]`).join("\n")
  : answer.citations.map((citation) => `“${citation.quote}” [${citation.n}]`).join("\n\n");

// The answer as text with its sources.
export function copyButton(answer) {
  const lines = answer.citations.map(({ n, source, link, entries }) => {
    const parts = [source.title, byline(source), link || where(entries)];
    return `[${n}] ${parts.filter(Boolean).join(". ")}`;
  });
  const copy = async (event) => {
    const button = event.currentTarget;
    await navigator.clipboard.writeText(printable(`${plainText(answer)}\n\n${lines.join("\n")}\n`));
    button.textContent = "Copied";
    news("Copied");
  };
  const text = "Copy with its sources";
  return h("button", { type: "button", class: "plain copy", onclick: copy }, text);
}
