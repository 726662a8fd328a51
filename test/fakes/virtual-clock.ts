/** Time that passes when a test says so; what is planned for a moment runs when it is reached, in order. */
export class VirtualClock {
  private planned: { at: number; run(): unknown }[] = [];
  constructor(private ms: number) {}

  now = (): Date => new Date(this.ms);

  in(ms: number, run: () => unknown): void {
    this.planned.push({ at: this.ms + ms, run });
  }

  async advance(ms: number): Promise<void> {
    const until = this.ms + ms;
    for (;;) {
      const [next] = this.planned.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.planned.splice(this.planned.indexOf(next), 1);
      this.ms = Math.max(this.ms, next.at);
      await next.run();
    }
    this.ms = until;
  }
}
