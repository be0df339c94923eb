// What a browser keeps is of one library: several share one origin, each at its own path.
const folder = location.pathname.replace(/[^/]*$/, "");
export const PLACE = folder.includes("/l/") ? folder : "";
export const storageKey = (name) => PLACE + name;
