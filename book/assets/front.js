// On the first page: how many cards a reader has due, in place of the invitation to a test.
import { progress } from "../../lossbook/study/store.js";

const cards = Object.values(progress().cards);
const due = cards.filter((card) => card.due <= Date.now()).length;
const door = document.querySelector("[data-door=test]");
if (cards.length && door) {
  const [what, title] = door.querySelectorAll("small, b");
  title.textContent = due ? `${due} card${due > 1 ? "s" : ""} due today` : "No cards due now";
  what.textContent = due ? "Flash cards come back when you are about to forget them" : "Quizzes, cards and your progress";
  door.querySelector("use")?.setAttribute("href", "#curve-mnemonics");
}
