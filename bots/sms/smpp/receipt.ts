import type { Pdu } from 'smpp';
import type { Receipt } from '../../../core/events';

export interface SmppReceipt {
  /** the id as written, then as it reads in the other base: submit ids are often hexadecimal and receipt ids decimal */
  ids: string[];
  state: Receipt['state'];
  why?: string;
}

const STATES: Record<number, string> = {
  2: 'DELIVRD',
  3: 'EXPIRED',
  4: 'DELETED',
  5: 'UNDELIV',
  8: 'REJECTD',
};

/** A receipt in a deliver_sm (its TLVs, else its text); undefined while the message is still under way, or unreadable. */
export const receiptIn = (pdu: Pdu, text: string): SmppReceipt | undefined => {
  const given = typeof pdu.receipted_message_id === 'string' ? pdu.receipted_message_id : undefined;
  const id = (given ?? /\bid:\s?(\S{1,64})/i.exec(text)?.[1] ?? '').replace(/\0+$/, '');
  const number = Number(pdu.message_state ?? Number.NaN);
  const state =
    STATES[number] ?? (Number.isNaN(number) ? /\bstat:\s?(\w{1,10})/i.exec(text)?.[1]?.toUpperCase() : undefined);
  if (!id || id.length > 64 || !state) return undefined;
  if (state === 'DELIVRD') return { ids: inBothBases(id), state: 'delivered' };
  if (!Object.values(STATES).includes(state)) return undefined;
  const error = /\berr:\s?(\w{1,8})/i.exec(text)?.[1];
  return { ids: inBothBases(id), state: 'failed', why: `${state}${error ? ` ${error}` : ''}` };
};

export const inBothBases = (id: string): string[] => {
  const decimal = /^\d{1,20}$/.test(id) ? [BigInt(id).toString(16), BigInt(id).toString(16).toUpperCase()] : [];
  const hexadecimal = /^[\da-f]{1,16}$/i.test(id) ? [BigInt(`0x${id}`).toString()] : [];
  return [...new Set([id, ...decimal, ...hexadecimal])];
};
