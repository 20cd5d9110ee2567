// PAGE: {version, shell, later}. What is in `shell` is kept at once; what is in `later` once it has been fetched, or
// when the page says that it has nothing else to do: postMessage({ keep: [place, …] }).
const PREFIX = "kakanai-home-";
const CACHE = PREFIX + PAGE.version;
const INDEX = "index.html";

const placeOf = (url) => {
  const base = new URL("./", self.location.href).href;
  const plain = url.split(/[?#]/)[0];
  if (!plain.startsWith(base)) return null;
  return plain.slice(base.length) || INDEX;
};

async function keep(places) {
  const cache = await caches.open(CACHE);
  for (const place of places) {
    if (await cache.match(place)) continue;
    const response = await fetch(place, { cache: place === INDEX ? "reload" : "default" });
    if (!response.ok || response.redirected) throw new Error(place);
    await cache.put(place, response);
  }
}

async function answer(place, request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(place);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(place, response.clone());
  return response;
}

self.addEventListener("install", (event) => event.waitUntil(keep(PAGE.shell)));

self.addEventListener("activate", (event) => {
  const sweep = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(sweep());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const place = placeOf(request.url);
  if (request.method !== "GET" || place === null) return;
  if (PAGE.shell.includes(place) || PAGE.later.includes(place)) event.respondWith(answer(place, request));
});

self.addEventListener("message", (event) => {
  const places = event.data?.keep;
  if (!Array.isArray(places)) return;
  const known = places.filter((place) => PAGE.later.includes(place));
  // Without a network they are kept the next time.
  event.waitUntil(keep(known).catch(() => {}));
});
