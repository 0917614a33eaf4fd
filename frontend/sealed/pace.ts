/** Long sums in short steps, so that the page stays alive. */

const STEP = 12;

/** A breath that is taken at most every 12 ms: timers, taps and painting come in between. */
export function breather(): () => Promise<void> {
  let last = Date.now();
  return async () => {
    if (Date.now() - last < STEP) return;
    await breathe();
    last = Date.now();
  };
}

/** Let everything else that waits happen. A message, because nested timers are held back by 4 ms. */
function breathe(): Promise<void> {
  return new Promise((resume) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resume();
    };
    port2.postMessage(0);
  });
}
