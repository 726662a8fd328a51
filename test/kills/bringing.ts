/** What a sender was not told that we took, it brings again. Two answers to one message are a failure of the house. */
export const bringing = (ask: (person: number, n: number, text: string) => Promise<unknown>) => {
  const brought = new Map<number, string[]>();
  let untaken: (() => Promise<void>)[] = [];
  const bring = (person: number, n: number, text: string): Promise<void> =>
    ask(person, n, text).then(
      () => {},
      (error: Error) => {
        if (error.message.startsWith('two answers')) throw error;
        untaken.push(() => bring(person, n, text));
      },
    );
  return {
    says(person: number, text: string) {
      const texts = [...(brought.get(person) ?? []), text];
      brought.set(person, texts);
      return bring(person, texts.length, text);
    },
    async later() {
      const again = untaken.reverse();
      untaken = [];
      for (const one of again) await one();
    },
    async again(person: number) {
      for (const [n, text] of [...(brought.get(person) ?? []).entries()].reverse()) await bring(person, n + 1, text);
    },
  };
};
