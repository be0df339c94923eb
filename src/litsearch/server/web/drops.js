// Files as they are dropped: a folder gives those of it that can be read here, however deep.
const HIDDEN = /^(?:\.|Thumbs\.db$|desktop\.ini$)/i;
const KNOWN = new Set(("adoc asciidoc bbl bib bibtex ciw csv docx enex enw epub htm html ipynb "
  + "jira json jsonl markdown md mediawiki mht mhtml nbib ndjson odt opml org pdf rdf ris rss atom "
  + "rst srt tex toml tsv txt vtt wiki wikitext xhtml xml yaml yml").split(" "));

export const readable = (names) =>
  names.filter((name) => KNOWN.has(name.split(".").pop().toLowerCase()));

// Resolves to the files, and to the names of those that a folder has and nobody reads.
export async function dropped({ items, files }) {
  // What was dropped is gone after the first pause: the entries are taken at once.
  const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some((entry) => entry.isDirectory)) return { files: [...files], unread: [] };
  const all = (await Promise.all(entries.map((entry) => filesOf(entry, true)))).flat();
  const isRead = ({ file, isOwn }) => isOwn || readable([file.name]).length > 0;
  const names = all.filter((each) => !isRead(each)).map(({ file }) => file.name);
  return { files: all.filter(isRead).map(({ file }) => file), unread: names };
}

// isOwn: it was dropped itself, so that whatever it is, something is said of it.
async function filesOf(entry, isOwn) {
  if (!entry.isDirectory) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [{ file, isOwn }];
  }
  const inside = await entriesOf(entry.createReader());
  const shown = inside.filter(({ name }) => !HIDDEN.test(name));
  return (await Promise.all(shown.map((each) => filesOf(each, false)))).flat();
}

// A reader gives its entries some at a time.
async function entriesOf(reader) {
  const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
  return some.length ? [...some, ...await entriesOf(reader)] : [];
}
