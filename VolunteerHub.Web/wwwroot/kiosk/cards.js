// Personal codes: read as the server reads them, and matched with the people of the run without network.

const LETTERS = /^[0-9A-HJKMNP-TV-Z]{16}$/;

/** What was scanned or typed, as it is hashed; null where it cannot be a code. */
export function read(typed) {
  const text = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return LETTERS.test(text) ? text : null;
}

/** The person of the run to whom the code belongs; null where it is nobody's, or where the browser cannot tell (without HTTPS). */
export async function find(code, people, salt) {
  if (!crypto.subtle || !salt) return null;
  const bytes = new TextEncoder();
  const hash = btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.encode(`card:${code}`)))));
  const raw = Uint8Array.from(atob(salt.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0));
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const card = btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes.encode(hash))))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  return people.find(p => p.card === card) ?? null;
}

/** Scans by the camera into a video until it is stopped. */
export async function camera(video, scanned) {
  const { default: QrScanner } = await import('/lib/qr-scanner/qr-scanner.min.js');
  const scanner = new QrScanner(video, result => scanned(result.data), { returnDetailedScanResult: true, maxScansPerSecond: 8, highlightScanRegion: true });
  await scanner.start();
  const cameras = await QrScanner.listCameras();
  let at = 0;
  return {
    many: cameras.length > 1,
    turn: () => scanner.setCamera(cameras[at = (at + 1) % cameras.length].id),
    stop: () => scanner.destroy(),
  };
}
