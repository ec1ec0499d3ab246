/* Parts of the page that ask the server for themselves: when its stream says that something changed,
   or every few seconds where there is none. What stands in [data-said] is read out when it has changed. */
(function () {
  "use strict";

  var EVERY_MS = 5000;
  var SLOW_MS = 60000;
  var FOCUS_MS = 1000;
  var FIRST_WAIT_MS = 4000;

  /* The texts of a part that a person who does not see it change must hear. */
  function said(part) {
    return Array.prototype.map.call(part.querySelectorAll("[data-said]"), function (one) {
      return (one.getAttribute("data-said") || one.innerText).replace(/\s+/g, " ").trim();
    });
  }

  function follow(part) {
    var shown = "", stale = false, asking = false, timer = 0, known = said(part);
    var speaker = document.createElement("p");
    speaker.className = "vh";
    speaker.setAttribute("role", "status");
    document.querySelector("main").appendChild(speaker);

    function speak() {
      var now = said(part);
      var fresh = now.filter(function (words) { return known.indexOf(words) < 0; });
      known = now;
      if (fresh.length) { speaker.textContent = fresh.join(". "); }
    }

    function later() {
      if (!timer) { timer = window.setTimeout(function () { timer = 0; work(); }, FOCUS_MS); }
    }

    function done() {
      asking = false;
      work();
    }

    function work() {
      if (!stale || asking || document.hidden) { return; }
      if (part.contains(document.activeElement)) { later(); return; }
      stale = false;
      asking = true;
      fetch(part.getAttribute("data-live"), { credentials: "same-origin" })
        .then(function (answer) { return answer.ok && !answer.redirected ? answer.text() : shown; })
        .then(function (html) {
          if (html === shown) { return; }
          /* Somebody may have come here by keyboard while the answer was on its way. */
          if (part.contains(document.activeElement)) { stale = true; return; }
          shown = html;
          part.innerHTML = html;
          speak();
        })
        .catch(function () { /* The figures that are shown stay; the next turn asks again. */ })
        .then(done);
    }

    function refresh() {
      stale = true;
      work();
    }

    window.setInterval(refresh, part.hasAttribute("data-stream") ? SLOW_MS : EVERY_MS);
    return refresh;
  }

  var parts = Array.prototype.slice.call(document.querySelectorAll("[data-live]"));
  if (!parts.length) { return; }
  var refreshes = parts.map(follow);
  var streamed = document.querySelector("[data-stream]");
  var address = streamed && window.EventSource ? streamed.getAttribute("data-stream") : "";
  var source = null, wait = FIRST_WAIT_MS, reopening = 0;

  function refresh() { refreshes.forEach(function (each) { each(); }); }

  function close() {
    window.clearTimeout(reopening);
    if (source) { source.close(); }
    source = null;
  }

  /* A browser keeps few connections to one host: pages that nobody looks at hold none. */
  function open() {
    if (!address || source || document.hidden) { return; }
    source = new EventSource(address);
    source.addEventListener("changed", function () {
      wait = FIRST_WAIT_MS;
      refresh();
    });
    source.addEventListener("error", function () {
      /* A dropped stream is opened again by the browser, a refused one is not. */
      if (!source || source.readyState !== EventSource.CLOSED) { return; }
      close();
      reopening = window.setTimeout(open, wait);
      wait = Math.min(wait * 2, SLOW_MS);
    });
  }

  function look() {
    if (document.hidden) { close(); return; }
    refresh();
    open();
  }

  document.addEventListener("visibilitychange", look);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", function (event) { if (event.persisted) { look(); } });
  open();
})();
