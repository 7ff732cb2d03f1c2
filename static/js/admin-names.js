// What the admin's libraries leave without a name or out of the keyboard's reach: fields that suggest (Select2) are
// called by their label, rows wider than the window can be scrolled by the keyboard, and a column without a name has no
// heading that is one in name only.
(() => {
  const labelOf = (box) => box.previousElementSibling?.labels?.[0];
  const name = () => {
    for (const box of document.querySelectorAll(".select2-container")) {
      const label = labelOf(box);
      if (!label) continue;
      label.id ||= `nama-${label.htmlFor}`;
      for (const part of box.querySelectorAll(".select2-selection")) {
        const own = part.querySelector("[id$='-container']")?.id ?? "";
        const names = `${label.id} ${own}`.trim();
        if (part.getAttribute("aria-labelledby") !== names) part.setAttribute("aria-labelledby", names);
      }
      for (const field of box.querySelectorAll(".select2-search__field")) {
        if (!field.hasAttribute("aria-labelledby")) field.setAttribute("aria-labelledby", label.id);
      }
    }
    for (const rows of document.querySelectorAll(".inline-group")) {
      if (rows.scrollWidth > rows.clientWidth) rows.tabIndex = 0;
    }
  };
  const dropEmptyHeadings = () => {
    for (const heading of document.querySelectorAll(".tabular thead th:empty")) {
      const cell = document.createElement("td");
      cell.className = heading.className;
      heading.replaceWith(cell);
    }
  };
  addEventListener("load", () => {
    name();
    dropEmptyHeadings();
    new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
  });
})();
