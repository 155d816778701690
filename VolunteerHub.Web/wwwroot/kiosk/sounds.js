// One sound for yes, one for no.

const YES = [[660, 0], [880, 0.12]];
const NO = [[220, 0], [196, 0.2]];
let audio = null;

/** Browsers let a page sound only after somebody touched it. */
export function wake() {
  try {
    audio ??= new AudioContext();
    if (audio.state === 'suspended') audio.resume();
  } catch {
    audio = null;
  }
}

export function sound(good) {
  if (!audio) return;
  for (const [pitch, after] of good ? YES : NO) {
    const at = audio.currentTime + after;
    const tone = new OscillatorNode(audio, { frequency: pitch, type: good ? 'sine' : 'square' });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(good ? 0.4 : 0.15, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.25);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.26);
  }
}
