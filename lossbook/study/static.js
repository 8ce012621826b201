// Puts the static form of a widget into a notebook, and keeps the notebook's keys away.
import { add } from "../elements.js";
import { NEWER, follow, isNewer } from "./store.js";

/**
 * Put what the build keeps beside a page into the places of its questions. Whether it came.
 * @param {Iterable<HTMLElement>} questions
 * @param {string} address
 */
export async function complete(questions, address) {
  const reply = await fetch(address).catch(() => null);
  if (!reply?.ok) return false;
  const { head } = new DOMParser().parseFromString(await reply.text(), "text/html"); // a file of the site, as the page itself
  const places = new Map(Array.from(questions, (part) => [part.dataset.id, part.querySelector(".answer")]));
  for (const part of head.querySelectorAll("template")) places.get(part.dataset.id)?.append(part);
  return true;
}

/**
 * What brings the other numbers of some questions, once: nobody needs them before one is asked again. Without them
 * they ask what they show; in a notebook there is no address, for they are in their places.
 * @param {Iterable<HTMLElement>} questions
 * @param {string} [address]
 */
export function others(questions, address) {
  /** @type {Promise<void> | undefined} */
  let coming;
  return async () => {
    if (address) coming ??= complete(questions, address).then((came) => { if (!came) coming = undefined; });
    await coming;
  };
}

/** With how many rows of numbers a question can be asked, whether they are there already or not. */
export const rows = (part) => Number(part.dataset.rows ?? part.querySelectorAll("template:not(.rules)").length + 1);

/**
 * Bring what stands in a place to life. Where the progress that is kept comes from a newer edition, it says so.
 * @param {(root: HTMLElement, signal?: AbortSignal, model?: any) => void | Promise<void>} enhance
 * @param {HTMLElement} root
 * @param {AbortSignal} [signal]
 * @param {any} [model]
 */
export async function enliven(enhance, root, signal, model) {
  await enhance(root, signal, model);
  let note;
  follow(() => {
    if (isNewer()) note ??= root.insertBefore(add(root, "p", { class: "newer" }, NEWER), root.firstChild);
  }, signal);
}

/** The render function of a widget: its static form, brought to life by `enhance`. */
export function live(enhance) {
  return async function render({ model, el }) {
    const stop = new AbortController();
    const { body } = new DOMParser().parseFromString(model.get("html"), "text/html");
    const root = el.appendChild((await import("./copying.js")).copy(body.firstElementChild));
    for (const type of ["keydown", "keyup"]) el.addEventListener(type, (event) => event.stopPropagation());
    enliven(enhance, root, stop.signal, model);
    return () => {
      stop.abort();
      root.remove();
    };
  };
}
