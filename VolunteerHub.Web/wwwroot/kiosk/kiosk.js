// The page of the tablet: what it shows, and what a tap, a card or a PIN does. All words come from the server with the page.

import { Store } from './queue.js';
import { Door, newId } from './door.js';
import * as cards from './cards.js';
import { sound, wake } from './sounds.js';

const LOOKS_EVERY = 10000;
const ALIVE_EVERY = 60000;
const TICK = 5000;
const LAST = 5;
const SAME_CARD = 8000;

const texts = JSON.parse(document.body.dataset.texts);
const t = (key, ...values) => texts[key].replace(/\{(\d)\}/g, (_, i) => values[i]);
const $ = id => document.getElementById(id);

const store = await Store.open();
const door = new Door(store, { changed: show, answered, run: take, refused });
const tiles = new Map();
const busy = new Set();
let token = await store.get('token');
let run = await store.get('run');
let people = await store.get('people') ?? [];
let salt = await store.get('salt');
let last = await store.get('last') ?? [];
let attention = await store.get('attention') ?? [];
let waiting = [];
let letter = '';
let lookedAt = 0;
let aliveAt = 0;
let sawCard = { code: '', at: 0 };
let scanner = null;

const time = instant => new Intl.DateTimeFormat(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hour12: false, timeZone: run?.timeZone }).format(new Date(instant));
const now = () => Date.now() + (run?.offset ?? 0);
const isClosed = () => !run || run.closed || now() >= Date.parse(run.closesAt);

// What is known of the run.

async function take(answer) {
  const closed = answer.run.closed;
  const other = run?.id !== answer.run.id;
  run = { ...answer.run, device: answer.device, timeZone: answer.timeZone, offset: Date.parse(answer.serverTime) - Date.now() };
  await store.set('run', run);
  waiting = await store.moments();
  if (other && !closed) await keepLast([]);
  if (!closed) {
    [people, salt] = [answer.people, answer.cardSalt];
    await store.set('people', people);
    await store.set('salt', salt);
  }

  await forgetNames();
  await show();
}

/** Names are here only as long as they are needed: until check-in is over and everything was sent. */
async function forgetNames() {
  if (!run || !isClosed() || (await store.moments()).some(m => !m.stuck)) return;
  if (people.length === 0 && last.length === 0 && attention.length === 0) return;
  [people, last, attention, salt] = [[], [], [], undefined];
  await store.forgetNames();
  [...document.querySelectorAll('dialog[open]')].forEach(d => d.close());
  say('', '');
}

async function refused(why) {
  [token, run, people, last, attention, salt] = [undefined, undefined, [], [], [], undefined];
  say('', '');
  await show();
  $('pair-said').textContent = t(why === 'device-revoked' ? 'Revoked' : 'Unknown');
  $('pair-said').hidden = false;
}

// What happens at the door.

/** Tells that somebody came or left, and says what became of it. */
async function tell(moment, person) {
  const name = person?.name ?? t('Card');
  if (person) busy.add(person.id);
  show();
  const result = await door.tell({ ...moment, requestId: newId(), runId: run.id, occurredAt: new Date().toISOString(), name });
  if (person) busy.delete(person.id);
  await said(result, name, moment.arriving);
}

async function said(result, name, arriving) {
  if (!result) {
    await note({ name, kind: 'waits', text: t(arriving ? 'InLater' : 'OutLater', name) });
    sound(true);
  } else if (result.receipt) {
    const { name: whose, at, arrived } = result.receipt;
    await note({ name: whose, kind: 'good', text: t(arrived ? 'CameIn' : 'WentOut', whose, time(at)) });
    sound(true);
  } else {
    await note({ name, kind: 'bad', text: t('Refused', name, result.problem?.title ?? '') });
    sound(false);
  }

  await show();
}

/** The server has answered for a moment; where nobody waits for it any more, it is noted only. */
async function answered(moment, result, asked) {
  if (result.receipt) {
    const { volunteerId, arrived } = result.receipt;
    people = people.map(p => p.id === volunteerId ? { ...p, state: arrived ? 'present' : 'left' } : p);
    await store.set('people', people);
    if (!asked) await keepLast(last.map(l => l.kind === 'waits' && l.name === moment.name ? { ...l, name: result.receipt.name, kind: 'good', text: t('SentNow', result.receipt.name, time(result.receipt.at)) } : l));
  } else if (result.kept) {
    attention = [...attention, { name: moment.name, at: moment.occurredAt, title: result.problem?.title ?? '' }];
    await store.set('attention', attention);
  }
}

async function note(line) {
  say(line.kind, line.text);
  await keepLast([{ ...line, at: new Date(now()).toISOString() }, ...last].slice(0, LAST));
}

async function keepLast(lines) {
  last = lines;
  await store.set('last', last);
}

async function tap(person) {
  if (busy.has(person.id)) return;
  const state = stateOf(person).state;
  if (state === 'present' && !await sure(t('OutTitle', person.name), t('OutYes'))) return;
  if (state === 'left' && !await sure(t('AgainTitle', person.name), t('AgainYes'))) return;
  await tell({ volunteerId: person.id, arriving: state !== 'present' }, person);
}

async function scanned(typed) {
  const code = cards.read(typed);
  if (!code) {
    say('bad', t('NoCode'));
    sound(false);
    return;
  }

  if (sawCard.code === code && Date.now() - sawCard.at < SAME_CARD) return;
  sawCard = { code, at: Date.now() };
  const person = await cards.find(code, people, salt);
  if (person && busy.has(person.id)) return;
  const here = person && stateOf(person).state === 'present';
  if (here && !await sure(t('OutTitle', person.name), t('OutYes'))) return;
  sawCard.at = Date.now();
  await tell({ code, arriving: !here }, person);
}

async function byPin(arriving) {
  const [tail, pin] = [$('tail').value.trim(), $('pin').value.trim()];
  if (!/^\d{4}$/.test(tail) || !/^\d{4}$/.test(pin)) return pinSays(t('PinForm'));
  const form = $('pin-form');
  // The same id while the same is tried again: an answer that was lost is answered again.
  if (form.dataset.asks !== `${tail}${arriving}`) [form.dataset.asks, form.dataset.id] = [`${tail}${arriving}`, newId()];
  const result = await door.ask({ requestId: form.dataset.id, runId: run.id, proof: { lastFour: tail, pin }, arriving, occurredAt: new Date().toISOString() });
  $('pin').value = '';
  if (!result) return pinSays(t('PinOffline'));
  delete form.dataset.asks;
  if (!result.receipt) {
    sound(false);
    return pinSays(result.problem?.title ?? '');
  }

  $('by-pin').close();
  await answered({ name: result.receipt.name }, result, true);
  await said(result, result.receipt.name, arriving);
}

function pinSays(text) {
  $('pin-said').textContent = text;
  $('pin').focus();
}

/** Asks before somebody is signed out; the way back is where the focus is. */
function sure(title, yes) {
  const ask = $('ask');
  $('ask-title').textContent = title;
  $('ask-yes').textContent = yes;
  return new Promise(resolve => {
    ask.onclose = () => resolve(ask.returnValue === 'yes');
    ask.returnValue = '';
    ask.showModal();
    $('ask-no').focus();
  });
}

// What is shown.

/** How a person stands, with what was not sent yet. */
function stateOf(person) {
  const own = waiting.filter(m => m.volunteerId === person.id).at(-1);
  return own ? { state: own.arriving ? 'present' : 'left', waits: true } : { state: person.state, waits: false };
}

async function show() {
  waiting = await store.moments();
  document.body.dataset.ready = token ? 'paired' : 'unpaired';
  const closed = isClosed();
  $('pairing').hidden = Boolean(token);
  $('door').hidden = !token || !run || closed;
  $('closed').hidden = !token || !run || !closed;
  $('title').textContent = token && run ? run.title : t('Title');
  $('where').textContent = token && run ? `${run.site} · ${time(run.startsAt)}–${time(run.endsAt)} · ${run.device}` : '';
  $('closed-said').textContent = t(waiting.length > 0 ? 'ClosedWaiting' : 'Closed');
  showStates();
  if (!$('door').hidden) showTiles();
  // What went well says its time itself.
  $('last').replaceChildren(...last.map(line => item(line.kind, line.kind === 'good' ? line.text : `${time(line.at)} ${line.text}`)));
}

function showStates() {
  const needs = attention.length + waiting.filter(m => m.stuck).length;
  const count = waiting.filter(m => !m.stuck).length;
  $('states').hidden = !token;
  set('net', door.online ? 'good' : 'bad', t(door.online ? 'Online' : 'Offline'));
  set('waiting', 'waits', t('Waiting', count), count === 0);
  set('needs', 'bad', t('Needs', needs), needs === 0);

  function set(id, kind, text, hidden = false) {
    const element = $(id);
    element.dataset.kind = kind;
    if (element.textContent !== text) element.textContent = text;
    element.hidden = hidden;
  }
}

function showTiles() {
  const wanted = $('search').value.trim();
  const letters = [...new Set(people.map(p => p.letter).filter(Boolean))].sort();
  if ($('letters').dataset.of !== letters.join('')) {
    $('letters').dataset.of = letters.join('');
    $('letters').replaceChildren(...['', ...letters].map(l => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = l || t('All');
      button.dataset.letter = l;
      button.onclick = () => { letter = l; show(); };
      return button;
    }));
  }

  for (const button of $('letters').children) button.setAttribute('aria-pressed', String(button.dataset.letter === letter));
  const order = people.map(p => p.id).join();
  for (const person of people) {
    const tile = tiles.get(person.id) ?? newTile(person.id);
    const { state, waits } = stateOf(person);
    const kind = waits ? 'waits' : state;
    tile.dataset.kind = kind;
    tile.querySelector('b').textContent = person.name + (person.number ? ` ${person.number}` : '');
    tile.querySelector('.post').textContent = person.post;
    tile.querySelector('.state').textContent = t(waits ? state === 'present' ? 'TileInWaits' : 'TileOutWaits' : { expected: 'TileExpected', present: 'TilePresent', left: 'TileLeft' }[state]);
    tile.setAttribute('aria-busy', String(busy.has(person.id)));
    tile.hidden = letter && person.letter !== letter || wanted && !person.name.includes(wanted);
  }

  if ($('tiles').dataset.order !== order) {
    $('tiles').dataset.order = order;
    $('tiles').replaceChildren(...people.map(p => tiles.get(p.id)));
  }

  $('nobody').hidden = [...$('tiles').children].some(tile => !tile.hidden);
}

function newTile(id) {
  const tile = document.createElement('button');
  tile.type = 'button';
  tile.className = 'tile';
  tile.append(document.createElement('b'), part('post'), part('state'));
  tile.onclick = () => tap(people.find(p => p.id === id));
  tiles.set(id, tile);
  return tile;

  function part(name) {
    const span = document.createElement('span');
    span.className = name;
    return span;
  }
}

function item(kind, text) {
  const line = document.createElement('li');
  line.dataset.kind = kind;
  line.textContent = text;
  return line;
}

function say(kind, text) {
  $('said').dataset.kind = kind;
  $('said').textContent = text;
}

// What hands do.

$('pair-form').onsubmit = async event => {
  event.preventDefault();
  const paired = await door.pair($('code').value);
  if (!paired?.ok) {
    $('pair-said').textContent = paired?.answer?.title ?? t('PairOffline');
    $('pair-said').hidden = false;
    sound(false);
    return;
  }

  $('pair-said').hidden = true;
  $('code').value = '';
  token = paired.answer.token;
  await store.set('token', token);
  navigator.storage?.persist?.();
  await door.look();
  await door.send();
  $('search').focus();
};

$('scan-form').onsubmit = event => {
  event.preventDefault();
  const typed = $('card').value;
  $('card').value = '';
  if (typed.trim()) scanned(typed);
};

$('search').oninput = show;
$('open-pin').onclick = () => {
  $('pin-form').reset();
  pinSays(door.online ? '' : t('PinOffline'));
  $('by-pin').showModal();
  $('tail').focus();
};
$('pin-form').onsubmit = event => event.preventDefault();
$('pin-in').onclick = () => byPin(true);
$('pin-out').onclick = () => byPin(false);
$('needs').onclick = () => {
  $('problems').replaceChildren(...attention.map(a => item('bad', `${time(a.at)} ${a.name}: ${a.title}`)), ...waiting.filter(m => m.stuck).map(m => item('bad', `${time(m.occurredAt)} ${m.name}: ${t('Stuck')}`)));
  $('attention').showModal();
};
$('attention').onclose = async () => {
  if ($('attention').returnValue !== 'seen') return;
  attention = [];
  await store.set('attention', attention);
  await show();
};

$('open-camera').onclick = async () => {
  $('camera').showModal();
  $('camera-said').textContent = t('CameraHint');
  try {
    scanner = await cards.camera($('video'), data => scanned(data));
    $('camera-turn').hidden = !scanner.many;
    if (!$('camera').open) stopCamera();
  } catch {
    $('camera-said').textContent = t('NoCamera');
  }
};
$('camera-turn').onclick = () => scanner?.turn();
$('camera').onclose = stopCamera;

function stopCamera() {
  scanner?.stop();
  scanner = null;
}

for (const close of document.querySelectorAll('[data-close]')) close.onclick = () => close.closest('dialog').close('');

// A scanner that types finds its field, wherever the hands were.
document.addEventListener('keydown', event => {
  wake();
  if (event.key.length === 1 && /[0-9a-z]/i.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey && !$('door').hidden
    && !document.querySelector('dialog[open]') && !(event.target instanceof HTMLInputElement)) $('card').focus();
});
document.addEventListener('pointerdown', wake);

// What the clock does.

async function tick() {
  if (!token) return;
  await forgetNames();
  if (waiting.length > 0) await door.send();
  if (Date.now() - lookedAt >= LOOKS_EVERY || !door.online) {
    lookedAt = Date.now();
    await door.look();
    // It may have been told just now that it is out of service: what it was told stays on the screen.
    if (!token) return;
  }

  if (door.online && Date.now() - aliveAt >= ALIVE_EVERY) {
    aliveAt = Date.now();
    await door.alive();
  }

  await show();
}

addEventListener('online', tick);
addEventListener('offline', () => { door.online = false; show(); });
setInterval(tick, TICK);

$('insecure').hidden = isSecureContext;
$('open-camera').hidden = !isSecureContext;
await show();
if (isSecureContext && 'serviceWorker' in navigator) {
  navigator.serviceWorker.register('/kiosk/sw.js', { scope: '/kiosk' }).catch(() => {});
  navigator.serviceWorker.ready.then(() => { $('keeps').hidden = false; });
}

tick();
