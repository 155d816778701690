// The way to the server. Everything goes through the queue: what the server answers within two seconds is judged at once,
// what it does not is a fact that is sent until it has been answered for.

const AT_ONCE = 100;
const JUDGED_WITHIN = 2000;
const GIVEN_UP_AFTER = 10000;

/** A request id; browsers give ready ones only under HTTPS. */
export const newId = () => {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6] & 0x0f | 0x40;
  bytes[8] = bytes[8] & 0x3f | 0x80;
  const hex = [...bytes].map(b => b.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

export class Door {
  online = navigator.onLine;
  #store;
  #heard;
  #asked = new Map();
  #sending = false;
  #again = false;
  #revoked = false;
  #most = AT_ONCE;

  /** @param heard what to do with news: changed(), answered(moment, result, asked), run(answer), refused(type, title) */
  constructor(store, heard) {
    this.#store = store;
    this.#heard = heard;
  }

  /** Stores the moment, sends it, and answers the server's result; null where it is kept to be sent later. */
  async tell(moment) {
    const answered = new Promise(resolve => this.#asked.set(moment.requestId, resolve));
    await this.#store.add(moment);
    this.send();
    const result = await Promise.race([answered, new Promise(resolve => setTimeout(resolve, JUDGED_WITHIN, null))]);
    this.#asked.delete(moment.requestId);
    this.#heard.changed();
    return result;
  }

  /** Asks without keeping anything on the device; null where nobody answers. */
  async ask(moment) {
    const answer = await this.#post([{ ...moment, queued: false }]);
    return answer?.results?.[0] ?? (answer ? { problem: answer } : null);
  }

  /** Sends all that waits, in its order. */
  async send() {
    if (!await this.#store.get('token')) return;
    if (this.#sending) {
      this.#again = true;
      return;
    }

    this.#sending = true;
    try {
      do {
        this.#again = false;
        while (await this.#sendSome());
      } while (this.#again);
    } finally {
      this.#sending = false;
      this.#heard.changed();
    }
  }

  /** Looks how the run stands. */
  async look() {
    const response = await this.#fetch('/api/kiosk/run', {});
    if (!response) return;
    if (response.ok) await this.#heard.run(await response.json());
    else await this.#refused(response.status, await body(response));
  }

  /** Says that the tablet is alive. */
  alive() { return this.#post([]); }

  async pair(code) {
    const response = await this.#fetch('/api/kiosk/pair', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ code }) });
    return response ? { ok: response.ok, answer: await body(response) } : null;
  }

  async #sendSome() {
    const waiting = (await this.#store.moments()).filter(m => !m.stuck).slice(0, this.#most);
    if (waiting.length === 0) {
      if (this.#revoked) await this.#erase();
      return false;
    }

    const sent = waiting.map(({ order, name, stuck, ...moment }) => ({ ...moment, queued: !this.#asked.has(moment.requestId) }));
    const answer = await this.#post(sent);
    if (!answer?.results) {
      if (answer?.status === 400 || answer?.status === 413) return this.#narrow(waiting);
      sent.forEach(m => this.#asked.get(m.requestId)?.(null));
      return false;
    }

    this.#most = AT_ONCE;
    const results = new Map(answer.results.map(r => [r.requestId, r]));
    const gone = [];
    let stays = 0;
    for (const [index, moment] of waiting.entries()) {
      const result = results.get(moment.requestId);
      const asked = this.#asked.get(moment.requestId);
      const judged = result && (result.receipt || result.kept || asked && !sent[index].queued);
      if (judged || this.#revoked) gone.push(moment.order);
      else if (sent[index].queued) stays++;
      if (!judged) continue;
      await this.#heard.answered(moment, result, Boolean(asked));
      asked?.(result);
    }

    await this.#store.remove(gone);
    this.#heard.changed();
    return stays === 0;
  }

  /** One moment that cannot be read must not hold up the others: it stays, and a person looks at it. */
  async #narrow(waiting) {
    if (waiting.length === 1) {
      await this.#store.put({ ...waiting[0], stuck: true });
      this.#asked.get(waiting[0].requestId)?.(null);
    }

    this.#most = 1;
    return true;
  }

  async #post(moments) {
    const response = await this.#fetch('/api/kiosk/moments', {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ sentAt: new Date().toISOString(), moments }),
    });
    if (!response) return null;
    const answer = await body(response);
    if (response.status === 403 || response.status === 401) await this.#refused(response.status, answer);
    return response.ok || answer ? { status: response.status, ...answer } : null;
  }

  async #refused(status, problem) {
    if (status === 403 && problem?.type === 'device-revoked') {
      this.#revoked = true;
      if ((await this.#store.moments()).length === 0) await this.#erase();
      else if (!this.#sending) await this.send();
    } else if (status === 401) {
      await this.#store.unpair();
      await this.#heard.refused('device-unknown');
    }
  }

  async #erase() {
    this.#revoked = false;
    await this.#store.erase();
    await this.#heard.refused('device-revoked');
  }

  /** The response, or null where the server could not be reached. */
  async #fetch(path, init) {
    const token = await this.#store.get('token');
    const headers = { ...init.headers, ...(token ? { Authorization: `Bearer ${token}` } : {}) };
    try {
      const response = await fetch(path, { ...init, headers, cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(GIVEN_UP_AFTER) });
      this.#turn(response.status < 500);
      return response.status < 500 ? response : null;
    } catch {
      this.#turn(false);
      return null;
    }
  }

  #turn(online) {
    if (this.online === online) return;
    this.online = online;
    this.#heard.changed();
  }
}

async function body(response) {
  try {
    return await response.json();
  } catch {
    return null;
  }
}
