// The notes beside a deck that is shown in another window: they follow it, keep the time and turn its slides.

const asked = new URLSearchParams(location.search);
const page = location.pathname.replace(/^.*\/|_notes\.html$/g, "");

if (asked.has("follow")) {
  const talk = new BroadcastChannel(`slides:${page}`);
  const all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("main > section")]);
  const bar = document.createElement("div");
  const said = document.createElement("p");
  const began = Date.now();
  let at = all[0];

  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

  /** How the talk stands: the time that has passed, and the time at which this slide should end. */
  const tell = () => {
    const passed = (Date.now() - began) / 1000;
    const late = passed - Number(at.dataset.to);
    said.textContent = `${clock(passed)} · this slide to ${clock(Number(at.dataset.to))}${late > 30 ? ` · ${clock(late)} late` : ""}`;
  };

  const button = (text, press) => {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", textContent: text });
    made.addEventListener("click", press);
    bar.append(made);
  };
  const turn = (step) => talk.postMessage({ turn: step });
  button("Back", () => turn(-1));
  button("Next", () => turn(1));
  bar.className = "pace";
  said.setAttribute("role", "timer");
  bar.append(said);
  document.body.prepend(bar);
  document.documentElement.classList.add("follow");

  talk.addEventListener("message", ({ data }) => {
    const found = all.find(({ id }) => id === data.at);
    if (!found) return;
    at.removeAttribute("aria-current");
    at = found;
    at.setAttribute("aria-current", "step");
    at.scrollIntoView({ block: "start", behavior: "instant" });
    tell();
  });
  for (const each of all) each.querySelector(".thumb")?.addEventListener("click", () => talk.postMessage({ go: each.id }));
  addEventListener("keydown", ({ key }) => {
    if (["ArrowRight", "PageDown", "ArrowDown"].includes(key)) turn(1);
    if (["ArrowLeft", "PageUp", "ArrowUp"].includes(key)) turn(-1);
  });
  talk.postMessage({ ask: true });
  tell();
  setInterval(tell, 1000);
}
