// What moves or answers further down a page is fetched when a reader comes near it: by scrolling, by the keyboard, by a
// link to a heading or the search of the browser, for all of them bring its place into view.

const AHEAD = "100%"; // one screen: it is there when the reader is

/** Calls `arrive` with each place once, when a reader comes near. Returns what does so for all that are left. */
export function whenNear(places, arrive) {
  const left = new Set(places);
  const come = (place) => {
    if (!left.delete(place)) return;
    watch.unobserve(place);
    arrive(place);
  };
  const watch = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) if (isIntersecting) come(target);
  }, { rootMargin: `${AHEAD} 0px` });
  for (const place of left) watch.observe(place);
  return () => { for (const place of left) come(place); };
}
