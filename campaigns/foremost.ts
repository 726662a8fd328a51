export interface Placed {
  key: string;
  order: string;
}

/** Before another in the shuffle. */
export const before = (a: Placed, b: Placed): boolean => (a.order === b.order ? a.key < b.key : a.order < b.order);

/** The `size` foremost of any number, in memory for no more than these: a heap whose root is the last of them. */
export const foremost = (size: number, kept: Placed[] = []) => {
  const swap = (a: number, b: number) => {
    [kept[a], kept[b]] = [kept[b]!, kept[a]!];
  };
  const sink = () => {
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const right = left + 1;
      let last = at;
      if (left < kept.length && before(kept[last]!, kept[left]!)) last = left;
      if (right < kept.length && before(kept[last]!, kept[right]!)) last = right;
      if (last === at) return;
      swap(at, last);
      at = last;
    }
  };
  const rise = () => {
    for (let at = kept.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!before(kept[parent]!, kept[at]!)) return;
      swap(at, parent);
      at = parent;
    }
  };
  return {
    kept,
    add(key: string, order: string) {
      if (kept.length < size) {
        kept.push({ key, order });
        rise();
      } else if (size > 0 && before({ key, order }, kept[0]!)) {
        kept[0] = { key, order };
        sink();
      }
    },
    inOrder: (): Placed[] => [...kept].sort((a, b) => (before(a, b) ? -1 : 1)),
  };
};
