/* Keeps what must open without a network: the files of every page, one page that says so, and the
   pages that the server names for the person who is signed in. All the rest goes to the network.
   The server writes FILES, VERSION, OFFLINE and SIGN_OUT in front of this. */
/* global FILES, VERSION, OFFLINE, SIGN_OUT */
(function () {
  "use strict";

  var STORE = "files-" + VERSION;
  var KEPT = "kept";
  /* A network that takes longer is no network for somebody who stands at a desk. */
  var PATIENCE_MS = 6000;

  function store(cache, url) {
    return fetch(url, { credentials: "omit" }).then(function (answer) {
      if (!answer.ok) { throw new Error(url); }
      return cache.put(url, answer);
    });
  }

  function install() {
    return caches.open(STORE).then(function (cache) {
      return Promise.all(FILES.concat(OFFLINE).map(function (url) { return store(cache, url); }));
    }).then(function () { return self.skipWaiting(); });
  }

  function forgetOlder() {
    return caches.keys().then(function (names) {
      return Promise.all(names.map(function (name) {
        return name === STORE || name === KEPT ? true : caches.delete(name);
      }));
    }).then(function () { return self.clients.claim(); });
  }

  function file(request) {
    return caches.match(request, { cacheName: STORE }).then(function (found) {
      return found || fetch(request);
    });
  }

  /* The page as it was, with the instant at which the server last said that it is so. */
  function marked(kept) {
    return kept.text().then(function (html) {
      var at = kept.headers.get("Kept-At");
      return new Response(html.replace("<html ", "<html data-kept-at=\"" + at + "\" "), {
        headers: kept.headers
      });
    });
  }

  function page(request) {
    return caches.match(request.url, { cacheName: KEPT }).then(function (kept) {
      var answer = fetch(request);
      if (!kept) {
        return answer.catch(function () { return caches.match(OFFLINE, { cacheName: STORE }); });
      }
      return new Promise(function (resolve) {
        function instead() { resolve(marked(kept.clone())); }
        var timer = setTimeout(instead, PATIENCE_MS);
        answer.then(function (found) {
          clearTimeout(timer);
          resolve(found);
        }, instead);
      });
    });
  }

  function written(answer, one) {
    return answer.text().then(function (html) {
      var headers = new Headers(answer.headers);
      headers.set("Kept-At", new Date().toISOString());
      headers.set("Kept-Version", VERSION + one.version);
      headers.set("Kept-Label", encodeURIComponent(one.label));
      return new Response(html, { headers: headers });
    });
  }

  function keepOne(cache, one) {
    return cache.match(one.url).then(function (kept) {
      if (kept && kept.headers.get("Kept-Version") === VERSION + one.version) { return kept; }
      return fetch(one.url, { credentials: "same-origin" });
    }).then(function (answer) {
      if (!answer.ok || answer.redirected) { return cache.delete(one.url); }
      return written(answer, one).then(function (copy) { return cache.put(one.url, copy); });
    });
  }

  /* Exactly these pages, no others: what belongs to somebody else, or is over, goes. */
  function keep(pages) {
    return caches.open(KEPT).then(function (cache) {
      var wanted = pages.map(function (one) { return new URL(one.url, self.location).href; });
      return cache.keys().then(function (kept) {
        return Promise.all(kept.map(function (request) {
          return wanted.indexOf(request.url) < 0 ? cache.delete(request) : true;
        }));
      }).then(function () {
        return Promise.all(pages.map(function (one) { return keepOne(cache, one); }));
      });
    });
  }

  /* Without a list the page is one for nobody: whoever was signed in here is no more. */
  function follow(list) {
    if (!list) { return caches.delete(KEPT); }
    return fetch(list, { credentials: "same-origin" }).then(function (answer) {
      /* Sent elsewhere, or refused. */
      if (answer.redirected || answer.status === 403) { return caches.delete(KEPT); }
      return answer.ok ? answer.json().then(function (found) { return keep(found.pages); }) : null;
    });
  }

  self.addEventListener("install", function (event) { event.waitUntil(install()); });
  self.addEventListener("activate", function (event) { event.waitUntil(forgetOlder()); });

  self.addEventListener("message", function (event) {
    event.waitUntil(follow(event.data.keep).catch(function () { /* The next page asks again. */ }));
  });

  self.addEventListener("fetch", function (event) {
    var request = event.request, url = new URL(request.url);
    if (url.origin !== self.location.origin) { return; }
    if (request.method === "POST" && url.pathname === SIGN_OUT) {
      event.waitUntil(caches.delete(KEPT));
    } else if (request.method === "GET" && request.mode === "navigate") {
      event.respondWith(page(request));
    } else if (FILES.indexOf(url.pathname) >= 0) {
      event.respondWith(file(request));
    }
  });
})();
