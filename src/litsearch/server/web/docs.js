// openapi.json, to read: each route with what it takes and answers.
import { h } from "./dom.js";

const main = document.getElementById("main");
const token = sessionStorage.getItem("token");
const reply = await fetch("openapi.json", { headers: token ? { Authorization: `Bearer ${token}` } : {} });
if (!reply.ok) main.append(h("p", { class: "note" }, "The description could not be read: open the start page first, and enter the token there."));
else draw(await reply.json());

function draw(api) {
  const parts = api.components.schemas;
  const named = (schema) => (schema?.$ref ? schema.$ref.split("/").pop() : schema?.type === "array" ? `list of ${named(schema.items)}` : schema?.anyOf ? schema.anyOf.map(named).join(" or ") : schema?.enum?.join(" | ") || schema?.const || schema?.type || "any");
  const line = (name, schema, must) => h("li", {}, h("code", {}, name), ` ${named(schema)}${must ? ", needed" : ""}${schema?.description ? `: ${schema.description}` : ""}`);
  main.append(h("p", {}, api.info.description.replaceAll("`", "")), h("p", {}, h("a", { href: "openapi.json" }, "openapi.json")));
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const [method, route] of Object.entries(methods)) {
      const body = route.requestBody?.content?.["application/json"]?.schema, fields = body && (parts[named(body)] || {});
      main.append(h("h2", {}, h("code", {}, `${method.toUpperCase()} ${path}`)), h("p", {}, route.summary, ". ", route.description),
        h("ul", {}, (route.parameters || []).map((one) => line(one.name, one.schema, one.required)),
          Object.entries(fields?.properties || {}).map(([name, schema]) => line(name, schema, (fields.required || []).includes(name)))),
        h("p", { class: "meta" }, Object.entries(route.responses).map(([status, one]) => `${status} ${named(one.content?.["application/json"]?.schema) === "any" ? one.description : named(one.content["application/json"].schema)}`).join(" · ")));
    }
  }
  main.append(h("h1", {}, "Shapes"));
  for (const [name, shape] of Object.entries(parts)) main.append(h("h2", { id: name }, name), h("p", {}, shape.description || ""), h("ul", {}, Object.entries(shape.properties || {}).map(([field, schema]) => line(field, schema, false))));
}
