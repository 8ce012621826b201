"""Labels of what a lesson shows that lie on one another."""

# As they are seen: what is faint has given way to what comes.
LABELS_ON_LABELS = """() => {
  const labels = [...document.querySelectorAll("[data-on] svg text")].filter((node) => {
    for (let each = node; each; each = each.parentElement) {
      const { display, visibility, opacity } = getComputedStyle(each);
      if (display === "none" || visibility === "hidden" || opacity < 0.4) return false;
    }
    return node.textContent.trim();
  });
  const boxes = labels.map((node) => node.getBoundingClientRect());
  const found = [];
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b, k) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    // Boxes have room above and below their letters.
    const both = [labels[i], labels[i + 1 + k]];
    if (wide > 2 && high > 4) found.push(both.map((node) => node.textContent));
  }));
  return found;
}"""
