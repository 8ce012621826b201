// The page half of the passport (book/_ext/directives/passport.py), which tells more (standing.js) to who has done something.
import { follow, progress } from "./store.js";

const NONE = {
  errors: (count) => `Of ${count} misconceptions you have shown none so far. What you answer wrong is noted here.`,
  goals: (count) => `You have shown something of 0 of ${count} goals.`,
};

/** Bring a part of the passport to life where it stands. */
export function enhance(root, signal) {
  const part = root.matches(":has(.errors)") ? "errors" : "goals";
  const none = NONE[part](root.querySelectorAll("li").length);
  let telling;
  follow(async () => {
    const { questions, tasks, mistakes } = progress();
    if (!telling && ![questions, tasks, mistakes].some((entries) => Object.keys(entries).length)) {
      root.querySelector(".score").textContent = none;
      return;
    }
    telling ??= import("./standing.js").then((told) => told[part](root, none)).catch(() => { telling = undefined; });
    await (await telling)?.();
  }, signal);
  root.dataset.live = "";
}
