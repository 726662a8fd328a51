/** What a platform's fake did for one person: what it brought to the house, and what it showed of the house's answers. */
export interface Platform {
  name: string;
  settings: Record<string, string>;
  /** told where the house is now, as an operator does in the platform's console */
  house(address: string): Promise<void>;
  /** A person writes. Resolves when the platform's first attempt to bring it is over, however it went. */
  says(person: number, text: string): Promise<void>;
  /** what was not taken is brought again, in the platform's own time; meanwhile others may have written */
  later(): Promise<void>;
  /** the same event once more, though it was taken: the newest first */
  again(person: number): Promise<void>;
  /** the next message of ours is shown, and its answer never comes */
  keepsSilent(): void;
  /** the next message of ours is lost with its connection: the house cannot know whether it was taken */
  drops?(): void;
  /** texts on the person's screen, in order */
  shown(person: number): Promise<string[]>;
  close(): Promise<void>;
}
