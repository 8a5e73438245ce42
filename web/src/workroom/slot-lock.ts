/** Holds a slot for this tab, so that two tabs never write the same answer. Lets go when called. */
export type LetGo = () => void;

/**
 * Takes a slot for this tab.
 * @param take Takes it from another tab, which is told.
 * @param lost Another tab took it from this one.
 * @returns How to let go; null while another tab holds it.
 * @remarks Browsers without Web Locks let every tab through: the server's draft versions still tell them apart.
 */
export function holdSlot(slot: string, take: boolean, lost: () => void): Promise<LetGo | null> {
  if (!('locks' in navigator)) return Promise.resolve(() => {});
  return new Promise((resolve, reject) => {
    let held = false;
    navigator.locks
      .request(`cofferdam-slot-${slot}`, take ? { steal: true } : { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(null);
        held = true;
        return new Promise<void>((letGo) => resolve(letGo));
      })
      .catch((error: unknown) => (held ? lost() : reject(error)));
  });
}
