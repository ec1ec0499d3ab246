/* Asked inside a page by audit.py; each question answers with the faults that it finds. */
({
  structure() {
    const faults = [];
    const said = (element) => element.textContent.trim().replace(/\s+/g, " ").slice(0, 60);
    const all = (what) => [...document.querySelectorAll(what)];
    const headings = all("h1, h2, h3, h4, h5, h6").filter((one) => one.getClientRects().length);
    const firsts = headings.filter((heading) => heading.tagName === "H1").length;
    if (firsts !== 1) { faults.push(`${firsts} headings of level 1`); }
    let level = 0;
    headings.forEach((heading) => {
      const own = Number(heading.tagName[1]);
      if (own > level + 1) { faults.push(`h${own} after h${level}: ${said(heading)}`); }
      if (!said(heading)) { faults.push(`empty h${own}`); }
      level = own;
    });
    if (document.documentElement.lang !== "fr") { faults.push("the language is not French"); }
    // A receipt and a code that is shown across a counter fill the screen: nothing around them.
    const around = document.querySelector(".receipt, .show") ? 0 : 1;
    [["main", 1], ["header", around], ["footer", around]].forEach(([part, wanted]) => {
      if (all(part).length !== wanted) { faults.push(`${all(part).length} ${part}`); }
    });
    const skip = document.body.querySelector("a[href]");
    if (!skip || skip.getAttribute("href") !== "#contenu") { faults.push("no skip link first"); }
    all("table").forEach((table) => {
      if (!table.caption || !said(table.caption)) { faults.push("a table without caption"); }
    });
    all("th").forEach((head) => {
      if (!head.scope) { faults.push(`a header without scope: ${said(head)}`); }
    });
    all("[aria-describedby]").forEach((field) => {
      field.getAttribute("aria-describedby").split(" ").forEach((id) => {
        if (!document.getElementById(id)) { faults.push(`${field.id}: nothing is named ${id}`); }
      });
    });
    all("[aria-live], [role=status], [role=alert], [role=log]").forEach((part) => {
      if (part.querySelector("[data-clock], [data-ago]")) { faults.push("a clock is read out"); }
    });
    return faults;
  },

  /* Numbers the stops of the keyboard, and notes where it goes until `walked` is asked for. */
  stops() {
    const groups = new Set();
    const isStop = (one) => {
      const folded = one.closest("details:not([open])");
      if (one.disabled || one.type === "hidden" || one.tabIndex < 0) { return false; }
      if (folded && !(one.tagName === "SUMMARY" && one.parentNode === folded)) { return false; }
      const visible = getComputedStyle(one).visibility === "visible";
      if (!one.getClientRects().length || !visible) { return false; }
      if (one.type !== "radio") { return true; }
      // A group of radio buttons is one stop: what is chosen, or else its first.
      const chosen = [...document.getElementsByName(one.name)].find((each) => each.checked);
      if (groups.has(one.name) || (chosen && chosen !== one)) { return false; }
      groups.add(one.name);
      return true;
    };
    const controls = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    const stops = [...document.querySelectorAll(controls)].filter(isStop);
    const name = (one) => (one.outerHTML.match(/^<[^>]*>/) || [""])[0].slice(0, 120);
    const wanted = stops.map(name);
    const ringed = (one) => {
      const style = one && getComputedStyle(one);
      return style && style.boxShadow.includes("0px 0px 0px 5px") && style.outlineWidth === "3px";
    };
    const covered = (one) => {
      const box = one.getBoundingClientRect();
      if (box.width < 3) { return false; }
      const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
      const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
      const top = document.elementFromPoint(x, y), label = one.closest("label");
      return !top || !(one.contains(top) || top.contains(one) || (label && label.contains(top)));
    };
    const faults = [];
    let turn = 0;
    window.walked = () =>
      turn < wanted.length ? [...faults, `only ${turn} stops of ${wanted.length}`] : faults;
    // The body takes the focus, so that the next stop is the first of the page.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    document.addEventListener("focusin", ({ target }) => {
      if (turn < wanted.length) {
        const here = name(target);
        if (here !== wanted[turn]) { faults.push(`${here} comes before ${wanted[turn]}`); }
        const shown = ringed(target) || ringed(target.nextElementSibling);
        if (!shown) { faults.push(`no focus to be seen: ${here}`); }
        if (covered(target)) { faults.push(`hidden under something: ${here}`); }
      }
      turn += 1;
    });
    return stops.length;
  },

  overflows() {
    const faults = [];
    const wide = document.documentElement.scrollWidth;
    const all = [...document.querySelectorAll("body *:not(svg *):not(.vh)")];
    if (wide > innerWidth) {
      const over = all.filter((one) =>
        !one.children.length && one.getBoundingClientRect().right > innerWidth + 1);
      const names = over.map((one) => one.outerHTML.slice(0, 100)).join(" ");
      faults.push(`${wide} px wide in ${innerWidth}: ${names}`);
    }
    all.forEach((one) => {
      if (one.closest(".vh, thead, [aria-hidden=true]") || one.clientWidth < 2) { return; }
      if (!one.innerText || one.querySelector("[aria-hidden=true]")) { return; }
      const { overflowX, overflowY } = getComputedStyle(one);
      const cutX = overflowX === "hidden" && one.scrollWidth > one.clientWidth + 1;
      const cutY = overflowY === "hidden" && one.scrollHeight > one.clientHeight + 1;
      if (cutX || cutY) { faults.push(`cut: ${one.outerHTML.slice(0, 100)}`); }
    });
    return faults;
  },

  /* The spacing of WCAG 1.4.12, or none. */
  space(wanted) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      "* { line-height: 1.5 !important; letter-spacing: .12em !important;" +
      " word-spacing: .16em !important } p { margin-bottom: 2em !important }");
    document.adoptedStyleSheets = wanted ? [sheet] : [];
  }
})
