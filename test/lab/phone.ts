/** A button on a phone's screen; `tap` is what the lab is told when it is touched. */
export interface Button {
  title: string;
  tap: string;
}

/** One thing on a phone's screen. What is shown never changes; what comes is added. */
export interface Bubble {
  from: 'me' | 'them' | 'note';
  text?: string;
  picture?: { url: string; alt: string };
  /** rows of buttons that stay under this message */
  buttons?: Button[][];
  /** a line under the message: what an SMS takes */
  meter?: string;
}

export interface Screen {
  bubbles: Bubble[];
  /** offered until something is said: Messenger's quick replies */
  quick: Button[];
  /** a line at the foot of the phone: what the conversation has cost */
  total?: string;
}

/** A customer's telephone with one app open. */
export interface Phone {
  name: PhoneName;
  type(text: string): Promise<void>;
  tap(button: string): Promise<void>;
  /** takes in what has come since, and tells what stands on the screen */
  look(): Screen;
}

/** The phones that the lab draws itself; the fifth is the web widget, which draws itself. */
export const PHONES = ['zalo', 'messenger', 'telegram', 'sms'] as const;
export type PhoneName = (typeof PHONES)[number];

/** Keeps a picture that a platform was given; returns where the page finds it. */
export type KeepPicture = (bytes: Blob) => string;
