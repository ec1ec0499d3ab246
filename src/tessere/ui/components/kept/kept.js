/* Pages for the time without a network: asks the worker to keep them, and says when one is a copy. */
(function () {
  "use strict";

  var root = document.documentElement;
  var address = root.getAttribute("data-worker");
  var copy = root.hasAttribute("data-kept-at");
  var list = root.getAttribute("data-keep");

  function moment(iso) {
    var at = new Date(iso);
    var day = at.toLocaleDateString("fr-FR", { day: "numeric", month: "long", timeZone: "Europe/Paris" });
    var time = at.toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Paris" });
    return day + " à " + time;
  }

  /* A copy says so, and so does a page that loses its network while it is open. */
  function say() {
    var at = root.getAttribute("data-kept-at");
    document.querySelectorAll("[data-kept-words]").forEach(function (words) {
      words.textContent = at ? words.getAttribute("data-kept-words").replace("{at}", moment(at)) : "";
    });
  }

  function lose() {
    if (root.hasAttribute("data-kept-at")) { return; }
    root.setAttribute("data-kept-at", new Date().toISOString());
    say();
  }

  /* What the server says now takes the place of a copy; a live page only lost its network. */
  function regain() {
    if (copy) { window.location.reload(); return; }
    root.removeAttribute("data-kept-at");
    say();
  }

  function listKept(box) {
    return window.caches.open("kept").then(function (cache) {
      return cache.keys().then(function (requests) {
        return Promise.all(requests.map(function (request) { return cache.match(request); }))
          .then(function (kept) {
            kept.forEach(function (one, index) {
              var item = document.createElement("li"), link = document.createElement("a");
              link.href = requests[index].url;
              link.textContent = decodeURIComponent(one.headers.get("Kept-Label"));
              item.appendChild(link);
              box.appendChild(item);
            });
            document.querySelectorAll("[data-kept-some]").forEach(function (part) { part.hidden = !kept.length; });
          });
      });
    });
  }

  say();
  window.addEventListener("offline", lose);
  window.addEventListener("online", regain);
  if (!navigator.serviceWorker || !address) { return; }
  document.querySelectorAll("[data-kept-list]").forEach(listKept);
  document.querySelectorAll("[data-reload]").forEach(function (button) {
    button.addEventListener("click", function () { window.location.reload(); });
  });
  navigator.serviceWorker.register(address).then(function () {
    return navigator.serviceWorker.ready;
  }).then(function (registration) {
    if (list !== null) { registration.active.postMessage({ keep: list }); }
  }).catch(function () { /* A browser that keeps nothing: the site works as before. */ });
})();
