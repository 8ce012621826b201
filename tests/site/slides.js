// What the test of the slides asks a page (test_slides.py).
({
  /** What of the present slide is cut off, or too small to be read from the last row. */
  faults() {
    const slide = document.querySelector("section.present > .slide");
    const outer = slide.getBoundingClientRect();
    const scale = outer.width / slide.offsetWidth;
    const found = new Set();
    const tell = (what, node) => {
      const name = node.className?.baseVal ?? node.className;
      found.add(`${what}: <${node.localName} class="${name}"> ${node.textContent.trim().slice(0, 40)}`);
    };
    for (const node of slide.querySelectorAll("*")) {
      if (node.closest(".unseen, .off, .katex-mathml, .katex svg, .hidden")) continue;
      const box = node.getBoundingClientRect();
      if (!box.width || !box.height || !node.checkVisibility({ visibilityProperty: true })) continue;
      const svg = node.ownerSVGElement;
      const sides = [box.right - outer.right + 24 * scale, outer.left + 24 * scale - box.left, box.bottom - outer.bottom + 8 * scale, outer.top - box.top];
      const over = Math.max(...sides) / scale;
      if (over > 1.5 && (!svg || node.localName === "text")) tell(`${Math.round(over)} px out`, node);
      const isBox = node.matches(".body, .cell, .moving, .cell_input, .cell_output, pre") && node.clientHeight;
      if (isBox && (node.scrollHeight > node.clientHeight + 2 || node.scrollWidth > node.clientWidth + 2)) tell("cut off", node);
      // Letters beside axes may be smaller than text.
      const says = [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
      if (!says || node.closest(".katex, math, sub, sup")) continue;
      const size = parseFloat(getComputedStyle(node).fontSize) * (svg ? svg.getScreenCTM().a / scale : node.currentCSSZoom);
      const least = svg ? 16 : node.closest("pre, code, .moving") ? 17.5 : 24;
      if (size < least - 0.1) tell(`${size.toFixed(1)} px`, node);
    }
    return [...found];
  },

  /** Moves a figure: every slider to both ends, every choice. Where it does not fit any more. */
  async moved(place) {
    const frame = () => new Promise(requestAnimationFrame);
    const found = [];
    for (const control of place.querySelectorAll("input:is([type=range], [type=radio], [type=checkbox])")) {
      for (const end of control.type === "range" ? [control.max, control.min] : [control.value]) {
        control.value = end;
        if (control.type === "range") for (const name of ["input", "change"]) control.dispatchEvent(new Event(name, { bubbles: true }));
        else control.click();
        await frame().then(frame);
        if (place.scrollHeight > place.clientHeight + 2 || place.scrollWidth > place.clientWidth + 2) found.push(`cut off with ${control.ariaLabel ?? control.type} at ${end}`);
      }
    }
    return found;
  },
})
