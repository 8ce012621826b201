// What our scripts find in the browser beside what browsers have (`make lint` reads this).

/** The build puts these in (book/_ext/site/). */
declare const LIVE_SCRIPT: string;
declare const REPOSITORY: string;
declare const WORKER: string;
declare const CELLS: Record<string, string[]>;
declare const WIDGETS: Record<string, [script: string, style: string]>;

/** Sphinx's, on its search page. */
declare const Search: { htmlToText(html: string, anchor?: string): string; performSearch(): void; setIndex(index: object): void };

interface Window {
  /** The theme's. */
  toggleFullScreen(): void;
}

/** esbuild takes these in as text. */
declare module "*.css" {
  const text: string;
  export default text;
}
declare module "*.py" {
  const text: string;
  export default text;
}
