// The service worker of the walking pages: it holds one walk and answers for the network when that is
// away. It keeps nothing else, and nothing of a person beyond the route: everything is fetched without
// cookies, and "finish" deletes it.

const cacheName = "haechi-walk";
const maximumKeptBytes = 12 * 1024 * 1024;
const maximumKeptCount = 400;
// A network that does not answer within this is as good as none for somebody who walks.
const patienceMilliseconds = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const [port] = event.ports;
  const answer = event.data.kind === "keep" ? keep(event.data) : forget();
  event.waitUntil(answer.then((result) => port.postMessage(result)));
});

async function forget() {
  await caches.delete(cacheName);
  return { count: 0, bytes: 0 };
}

// A walk takes the place of the one before.
async function keep({ addresses, language }) {
  const cache = await caches.open(cacheName);
  const kept = new Set();
  let [count, bytes] = [0, 0];
  for (const address of addresses.slice(0, maximumKeptCount)) {
    if (new URL(address).origin !== self.location.origin) continue;
    const response = await fetch(address, {
      credentials: "omit", headers: { "Accept-Language": language },
    }).catch(() => null);
    if (!response || !(response.status === 200 || response.status === 204)) continue;
    const body = await response.arrayBuffer();
    if (bytes + body.byteLength > maximumKeptBytes) break;
    bytes += body.byteLength;
    count += 1;
    kept.add(address);
    const headers = new Headers(response.headers);
    // The body is decoded already.
    headers.delete("Content-Encoding");
    headers.delete("Content-Length");
    const isEmpty = response.status === 204;
    await cache.put(address, new Response(isEmpty ? null : body, { status: response.status, headers }));
  }
  // Without a network the old walk stays.
  for (const request of count ? await cache.keys() : []) {
    if (!kept.has(request.url)) await cache.delete(request);
  }
  return { count, bytes };
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(request));
});

// What changes comes from the network while there is one; what is named by its content, from here.
async function answer(request) {
  const kept = await caches.match(request.url, { cacheName, ignoreVary: true });
  if (!kept) return fetch(request);
  if (/^\/(assets|vendor|map\/tiles)\//.test(new URL(request.url).pathname)) return kept;
  const timer = AbortSignal.timeout(patienceMilliseconds);
  return fetch(request, request.mode === "navigate" ? undefined : { signal: timer }).catch(() => kept);
}
