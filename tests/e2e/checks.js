// Looked into a page from outside, each returns what is wrong in words; an empty list is good.
(() => {
  const shown = (node) => node.checkVisibility({ visibilityProperty: true }) && node.getClientRects().length > 0;
  const named = (node) => node.outerHTML.replace(/\s+/g, " ").slice(0, 160);
  const apart = (box, x, y) => Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary";

  // Narrower or lower than 24 px (WCAG 2.5.8) and no room around it, unless it stands in a sentence or on the map,
  // where the list beside it is its equal; and our own buttons and fields, which have 44 px.
  const smallTargets = () => {
    const all = [...document.querySelectorAll(controls)].filter((node) => shown(node) && !node.closest("svg, .skip, .unseen"));
    const inSentence = (node) => getComputedStyle(node).display === "inline" && node.parentElement.textContent.trim() !== node.textContent.trim();
    const boxes = all.map((node) => [node, node.getBoundingClientRect()]);
    const cramped = boxes.filter(([node, box]) => {
      if ((box.width >= 24 && box.height >= 24) || inSentence(node)) return false;
      const x = box.left + box.width / 2, y = box.top + box.height / 2;
      return boxes.some(([other, its]) => other !== node && !other.contains(node) && !node.contains(other) && apart(its, x, y) < 12);
    });
    const ours = boxes.filter(([node, box]) => node.matches(".button, select, input:not([type=checkbox], [type=radio])") && box.height < 43.9 && box.width > 1);
    return [...cramped, ...ours].map(([node, box]) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${named(node)}`);
  };

  const wide = () => {
    const most = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= most) return [];
    const over = [...document.body.querySelectorAll("*")].filter((node) => shown(node) && node.getBoundingClientRect().right > most + 1 && !node.closest(".scroll"));
    return [`${document.documentElement.scrollWidth} wide`, ...over.slice(0, 3).map(named)];
  };

  // Text that its own box cuts off.
  const cutOff = () => [...document.body.querySelectorAll("*")].filter((node) => {
    if (!node.textContent.trim() || node.closest("[aria-hidden=true], .unseen, svg") || !shown(node)) return false;
    const style = getComputedStyle(node);
    if (style.clipPath !== "none") return false;
    const cuts = (value) => value === "hidden" || value === "clip";
    return (cuts(style.overflowX) && node.scrollWidth > node.clientWidth + 1) || (cuts(style.overflowY) && node.scrollHeight > node.clientHeight + 1);
  }).map(named);

  // The element that has the focus lies in the window, is not covered, and shows that it has it.
  const focused = () => {
    const node = document.activeElement;
    if (!node || node === document.body) return null;
    const box = [...node.getClientRects()].find((rect) => rect.bottom > 0 && rect.top < innerHeight);
    if (!box) return [`outside the window: ${named(node)}`];
    const x = Math.min(Math.max((box.left + box.right) / 2, 1), innerWidth - 1);
    const y = Math.min(Math.max((box.top + box.bottom) / 2, 1), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    const style = getComputedStyle(node);
    const marked = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || node.closest("svg");
    return [
      ...(top && (node.contains(top) || top.contains(node)) ? [] : [`covered: ${named(node)}`]),
      ...(marked ? [] : [`no outline: ${named(node)}`]),
    ];
  };
  const stops = () => [...document.querySelectorAll(controls)].filter((node) => shown(node) && !node.disabled && node.tabIndex >= 0).length;

  const moving = () => [
    ...document.getAnimations().map(() => "an animation"),
    ...[...document.querySelectorAll("*")].filter((node) => getComputedStyle(node).transitionDuration.split(",").some((it) => parseFloat(it) > 0)).map(named),
  ];
  const bareButtons = () => [...document.querySelectorAll(".button, .badge, .chips a, input:not([type=checkbox], [type=radio]), select")].filter((node) => shown(node) && node.offsetParent && getComputedStyle(node).borderTopStyle === "none").map(named);
  const content = () => {
    const main = document.querySelector("main") ?? document.body;
    return {
      links: [...main.querySelectorAll("a[href]")].map((node) => node.getAttribute("href")),
      words: main.innerText.split("\n").map((line) => line.trim()).filter(Boolean),
    };
  };
  const paper = () => [...document.querySelectorAll("nav.menu, form[role=search], .skip, nav.halaman")].filter(shown).map(named);
  return { smallTargets, wide, cutOff, focused, stops, moving, bareButtons, content, paper };
})()
