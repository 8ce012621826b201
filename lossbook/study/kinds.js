// Kinds of questions with a script of their own, as in static.py: it comes with the first of them, before it is brought to life.

const scripts = {
  lines: async () => (await import("./lines.js")).program,
  sketch: async () => (await import("./sketch.js")).pad,
};

/** What each of these scripts gives, once it is there. */
export const kinds = {};

/** Whether a question needs a script that did not come. */
export const isHelpless = (kind) => Object.hasOwn(scripts, kind) && !kinds[kind];

/**
 * Fetch what some questions need. Where that fails, there is the answer to look at.
 * @param {Iterable<HTMLElement>} questions
 */
export async function fetchKinds(questions) {
  const asked = new Set([...questions].map(({ dataset }) => dataset.kind));
  const own = Object.keys(scripts).filter((kind) => asked.has(kind));
  await Promise.allSettled(own.map(async (kind) => { kinds[kind] ??= await scripts[kind](); }));
}
