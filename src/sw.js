// The service worker: keeps the site's own files, so that the page opens without a network and a page that is open never
// mixes two versions. tools/postbuild.mjs fills in the words in capitals; update.js registers this file.
//
// A file whose name has a hash never changes: whoever keeps it may use it. Everything else is asked of the server first,
// so this worker can never hold on to an old page. Calls of an API are never looked at.
const version = "VERSION";
const hashed = HASHED;
// Kept from the first use on, all of them: the page does not see which files its worker imports.
const onUse = ON_USE;
const other = OTHER;

const scope = self.registration.scope;
const family = `tls-console ${scope} `;
const own = `${family}${version}`;
const isHashed = (name) => /^[\w-]+-[0-9a-f]{16}(_bg)?\.(css|js|wasm)$/.test(name);
const isText = (name) => other.includes(name) || /^apis\/[\w.-]+\.json$/.test(name);
const isGood = (answer) => answer.ok && answer.type === "basic" && !answer.redirected;

// The name of a file of the site; nothing for everything else.
const nameOf = ({ method, url, cache, mode }) => {
  // A call of an API says "no-store" (transport/fetch.rs), and its path has a host in it, which no name here has.
  if (method !== "GET" || cache === "no-store" || !url.startsWith(scope)) return undefined;
  const name = url.slice(scope.length).split("#")[0];
  // Nothing behind `?` makes another page of it.
  if (mode === "navigate") return ["", "index.html"].includes(name.split("?")[0]) ? "" : undefined;
  return isHashed(name) || isText(name) ? name : undefined;
};

// The page of this version. Some servers know it by one of its addresses only.
const page = async () => {
  for (const name of ["", "index.html"]) {
    const answer = await fetch(scope + name, { cache: "no-cache" });
    const text = answer.ok ? await answer.text() : "";
    // In the middle of a deployment the old page may still be there: then this version is not taken yet.
    if (text.includes(version)) return new Response(text, { headers: answer.headers });
  }
  throw new Error("the site is not complete yet");
};

const install = async () => {
  const cache = await caches.open(own);
  await cache.put(scope, await page());
  await cache.addAll(hashed.map((name) => scope + name));
  // A deployment may have left some of these out.
  const optional = other.map(async (name) => {
    const answer = await fetch(scope + name, { cache: "no-cache" });
    if (isGood(answer)) await cache.put(scope + name, answer);
  });
  await Promise.allSettled(optional);
};

// Pages of the version before may still be open: its files stay until the next one.
const tidyUp = async () => {
  const kept = (await caches.keys()).filter((name) => name.startsWith(family) && name !== own);
  await Promise.all(kept.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
};

// In this version's files, then in those of the version before.
const find = async (name) => {
  const names = (await caches.keys()).filter((cache) => cache.startsWith(family) && cache !== own);
  for (const cache of [own, ...names.reverse()]) {
    const found = await (await caches.open(cache)).match(scope + name, { ignoreVary: true });
    if (found) return found;
  }
  return undefined;
};

const keep = async (name, answer) => {
  // The page itself is kept by its version only: what it names must be there too.
  if (name !== "" && isGood(answer)) await (await caches.open(own)).put(scope + name, answer.clone());
  return answer;
};

const answer = async (request, name) => {
  if (isHashed(name)) return (await find(name)) ?? keep(name, await fetch(request));
  try {
    return await keep(name, await fetch(request));
  } catch (error) {
    const found = await find(name);
    if (found) return found;
    throw error;
  }
};

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(tidyUp()));
self.addEventListener("fetch", (event) => {
  const name = nameOf(event.request);
  if (name !== undefined) event.respondWith(answer(event.request, name));
});
// A file that a page has loaded: kept, if it is one of the site's own and is not yet.
const keepLoaded = async (url) => {
  const name = url.startsWith(scope) ? url.slice(scope.length) : "";
  const names = onUse.includes(name) ? onUse : [name];
  for (const name of names) if (isHashed(name) && !(await find(name))) await keep(name, await fetch(scope + name));
};

// A page that waits for this version says which one it is itself, or that its user accepts this one. A page that has
// just got this service worker says what it has loaded.
self.addEventListener("message", (event) => {
  const { data, source } = event;
  if (Array.isArray(data)) event.waitUntil(Promise.allSettled(data.map(keepLoaded)));
  else if (data === version || data === "take over") self.skipWaiting();
  else source.postMessage("newer");
});
