// Style sheets of what is fetched later.

const sheets = new Map();

/** Adds a style sheet once, unless the page has it, and waits until it is there. */
export function style(address) {
  const { href } = new URL(address, location.href);
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) return Promise.resolve();
  if (!sheets.has(href)) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", href });
    sheets.set(href, new Promise((resolve, reject) => {
      Object.assign(link, { onload: resolve, onerror: () => reject(new Error(`${href} is missing`)) });
    }));
    document.head.append(link);
  }
  return sheets.get(href);
}
