// Keeps the page and what it is made of, so that a tablet that is switched on without network starts all the same.
// What the server has newer is taken while it answers quickly; what people do never goes through here.

const KEPT = 'kiosk';
const QUICK = 3000;
const FILES = [
  '/kiosk', '/kiosk/kiosk.js', '/kiosk/door.js', '/kiosk/queue.js', '/kiosk/cards.js', '/kiosk/sounds.js', '/kiosk/kiosk.css', '/css/tokens.css', '/favicon.svg',
  '/lib/qr-scanner/qr-scanner.min.js', '/lib/qr-scanner/qr-scanner-worker.min.js',
];

self.addEventListener('install', event => event.waitUntil((async () => {
  const kept = await caches.open(KEPT);
  await kept.addAll(FILES.map(file => new Request(file, { cache: 'reload' })));
  await self.skipWaiting();
})()));

self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method === 'GET' && url.origin === self.location.origin && FILES.includes(url.pathname)) event.respondWith(answer(url.pathname));
});

async function answer(path) {
  const kept = await caches.open(KEPT);
  try {
    const fresh = await fetch(path, { cache: 'no-cache', signal: AbortSignal.timeout(QUICK) });
    if (fresh.ok) {
      await kept.put(path, fresh.clone());
      return fresh;
    }
  } catch {
    // No network: what is kept is right.
  }

  return await kept.match(path, { ignoreVary: true }) ?? Response.error();
}
