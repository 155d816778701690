// What the tablet keeps: its token, the run with its people, and every moment until the server has answered for it.
// A moment stands here before anything is sent, so that a tablet that is switched off loses nothing.

const NAME = 'kiosk';
const ABOUT = 'about';
const MOMENTS = 'moments';

const done = request => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const committed = transaction => new Promise((resolve, reject) => {
  transaction.oncomplete = () => resolve();
  transaction.onabort = transaction.onerror = () => reject(transaction.error);
});

export class Store {
  #db;

  static async open() {
    const store = new Store();
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(ABOUT);
      request.result.createObjectStore(MOMENTS, { keyPath: 'order', autoIncrement: true });
    };
    store.#db = await done(request);
    return store;
  }

  get(key) { return done(this.#db.transaction(ABOUT).objectStore(ABOUT).get(key)); }

  set(key, value) { return this.#change(ABOUT, about => about.put(value, key)); }

  /** All moments that the server has not answered for, oldest first. */
  moments() { return done(this.#db.transaction(MOMENTS).objectStore(MOMENTS).getAll()); }

  /** Resolves when the moment is on the disk. */
  add(moment) { return this.#change(MOMENTS, moments => moments.add(moment)); }

  put(moment) { return this.#change(MOMENTS, moments => moments.put(moment)); }

  remove(orders) { return this.#change(MOMENTS, moments => orders.forEach(order => moments.delete(order))); }

  /** Names leave the device; that it is paired stays. */
  forgetNames() {
    return this.#change(ABOUT, about => ['people', 'last', 'attention', 'salt'].forEach(key => about.delete(key)));
  }

  /** The token and all names go; moments that nobody took stay for the next pairing. */
  unpair() { return this.#change(ABOUT, about => about.clear()); }

  async erase() {
    await this.unpair();
    await this.#change(MOMENTS, moments => moments.clear());
  }

  #change(name, act) {
    const transaction = this.#db.transaction(name, 'readwrite', { durability: 'strict' });
    act(transaction.objectStore(name));
    return committed(transaction);
  }
}
