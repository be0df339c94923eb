// openapi.json, to read: each route with what it takes and answers.
import { h } from "./dom.js";
import { storageKey } from "./store.js";

const UNREADABLE = "The description could not be read: "
  + "open the start page first, and enter the token there.";
const main = document.getElementById("main");
const token = sessionStorage.getItem(storageKey("token"));
const headers = token ? { Authorization: `Bearer ${token}` } : {};
const reply = await fetch("openapi.json", { headers });
if (reply.ok) draw(await reply.json());
else main.append(h("p", { class: "note" }, UNREADABLE));

function draw({ info, paths, components }) {
  const parts = components.schemas;
  main.append(
    h("p", {}, info.description.replaceAll("`", "")),
    h("p", {}, h("a", { href: "openapi.json" }, "openapi.json")));
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      main.append(...route(`${method.toUpperCase()} ${path}`, operation, parts));
    }
  }
  main.append(h("h1", {}, "Shapes"));
  for (const [name, { description, properties }] of Object.entries(parts)) {
    const fields = Object.entries(properties || {}).map(([field, schema]) => line(field, schema));
    main.append(h("h2", { id: name }, name), h("p", {}, description || ""), h("ul", {}, fields));
  }
}

function json(content) {
  return content?.["application/json"]?.schema;
}

function route(title, { summary, description, parameters, requestBody, responses }, parts) {
  const body = json(requestBody?.content);
  const { properties = {}, required = [] } = (body && parts[typeName(body)]) || {};
  const query = (parameters || []).map((each) => line(each.name, each.schema, each.required));
  const sent = Object.entries(properties)
    .map(([name, schema]) => line(name, schema, required.includes(name)));
  const replies = Object.entries(responses).map(([status, { content, description: words }]) =>
    `${status} ${json(content) ? typeName(json(content)) : words}`);
  return [
    h("h2", {}, h("code", {}, title)), h("p", {}, summary, ". ", description),
    h("ul", {}, query, sent), h("p", { class: "meta" }, replies.join(" · ")),
  ];
}

function typeName(schema) {
  if (schema?.$ref) return schema.$ref.split("/").pop();
  if (schema?.type === "array") return `list of ${typeName(schema.items)}`;
  if (schema?.anyOf) return schema.anyOf.map(typeName).join(" or ");
  return schema?.enum?.join(" | ") || schema?.const || schema?.type || "any";
}

function line(name, schema, must = false) {
  const needed = must ? ", needed" : "";
  const remark = schema?.description ? `: ${schema.description}` : "";
  return h("li", {}, h("code", {}, name), ` ${typeName(schema)}${needed}${remark}`);
}
