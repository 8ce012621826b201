// The types of fsrs.js are those of the package that it is made from.
export { createEmptyCard, fsrs } from "ts-fsrs";
