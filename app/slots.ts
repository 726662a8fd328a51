/** Resolves when its decision may begin; `urgent` where a request stays open until the reply. */
export type Slots = (urgent: boolean) => Promise<void>;

/**
 * A decision takes a millisecond of the processor. One begins in each turn of the event loop, so that under load what arrives
 * is accepted first, and turns lag behind instead of the answers to platforms.
 */
export const makeSlots = (): Slots => {
  const urgent: (() => void)[] = [];
  const others: (() => void)[] = [];
  let ticking = false;
  const tick = (): void => {
    const next = urgent.shift() ?? others.shift();
    ticking = next !== undefined;
    if (!next) return;
    next();
    setImmediate(tick);
  };
  return (isUrgent) =>
    new Promise((begin) => {
      (isUrgent ? urgent : others).push(begin);
      if (!ticking) tick();
    });
};
