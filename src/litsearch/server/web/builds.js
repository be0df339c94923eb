// Builds that the page asked for: followed to their end, repeated for a source, undone.
import { get, send, upload } from "./api.js";
import { h, news, withCode } from "./dom.js";

const POLL = 700; // milliseconds between two looks at a build

const looks = new Map(); // id -> what is asked of a build, once for all who follow it

function look(id) {
  if (!looks.has(id)) {
    looks.set(id, get(`build/${id}`));
    setTimeout(() => looks.delete(id), POLL / 2);
  }
  return looks.get(id);
}

const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

// Follows a build to its end.
export async function followBuild(job, state) {
  for (let now = job; now; now = await look(now.id)) {
    if (now.status === "failed") {
      throw Object.assign(new Error(now.message || "The build failed."), { hint: "" });
    }
    if (now.status === "done") return;
    const stage = now.stage.toLowerCase();
    const far = now.total ? ` ${stage}, ${now.done} of ${now.total}` : "";
    state.textContent = `reading${far}…`;
    await pause(POLL);
  }
}

export const verdictNodes = ({ status, reason, remedy }) =>
  [h("span", { class: `badge ${status}` }, status), " ", ...withCode(`${reason} ${remedy}`)];

// A source that failed: fetched once more, or read from a file that stands in for it.
export function retryButton(row, state) {
  const path = `sources/${encodeURIComponent(row.id)}/retry`;
  const onclick = () => follow(() => send("POST", path, {}), row, state);
  return h("button", { type: "button", class: "plain", onclick }, "Fetch it again");
}

export function fileButton(row, state) {
  const input = h("input", { type: "file", class: "hidden", id: `file-${row.id}` });
  input.addEventListener("change", () => {
    const [file] = input.files;
    const query = new URLSearchParams({ source: row.id });
    const path = `files/${encodeURIComponent(file.name)}?${query}`;
    follow(() => upload(path, file), row, state);
  });
  return h("label", { class: "plain pick", for: input.id }, "Give its file", input);
}

async function follow(write, row, state) {
  try {
    await followBuild((await write()).job, state);
    state.replaceChildren(...verdictNodes(await get(`sources/${encodeURIComponent(row.id)}`)));
  } catch (error) {
    state.textContent = `${error.message} ${error.hint || ""}`;
  }
}

export function undoButton(id, state, doors) {
  const onclick = async (event) => {
    const button = event.currentTarget;
    try {
      const done = await send("POST", `undo/${id}`, {});
      doors?.replaceChildren();
      button.remove();
      await followBuild(done.job, state);
      state.textContent = "undone";
      news("Undone");
    } catch (error) {
      state.textContent = `${error.message} ${error.hint || ""}`;
    }
  };
  return h("button", { type: "button", class: "plain", onclick }, "Undo");
}
