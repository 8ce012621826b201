// What our scripts find in the browser beside what browsers have (`make lint` reads this).

/** The build puts these in (book/_ext/site/). */
declare const LIVE_SCRIPT: string;
declare const REPOSITORY: string;
declare const MARKS_SCRIPT: string;
declare const SEARCH_SCRIPT: string;
declare const CALLS_SCRIPT: string;
declare const SECTIONS: import("../book/assets/search/finding.js").Section[];
declare const WORKER: string;
declare const CELLS: Record<string, string[]>;
declare const WIDGETS: Record<string, [script: string, ...styles: string[]]>;

interface Window {
  /** The theme's. */
  toggleFullScreen(): void;
  /** book/assets/search/search.js: shows what is found for what stands in a form. */
  lossbookSearch(form: HTMLFormElement): void;
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

/** Of the packages of Lighthouse (tools/check/lighthouse/), which only `make lighthouse` installs. */
declare module "selfsigned" {
  export function generate(names: { name: string; value: string }[]): Promise<{ private: string; cert: string }>;
}
