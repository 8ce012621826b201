// What stands behind the # of an address when a page keeps there what was chosen on it.

/** The parts of it; an address of another kind, such as that of a heading, has none. */
export function names(/** @type {string} */ hash) {
  return hash.startsWith("#/") ? hash.slice(2).split("/").filter(Boolean).map(read) : [];
}

/** What stands behind the # for some parts. */
export const address = (/** @type {string[]} */ parts) => `#/${parts.map(written).join("/")}`;

const written = (part) => encodeURIComponent(part).replace(/%(3D|2C)/g, decodeURIComponent); // = and , can be read as they are

function read(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // cut off within a letter: nothing that we wrote
  }
}
