import { choices, say } from '../core/activity';
import type { Step, Turn } from '../core/dialog';
import type { Bill } from '../core/records';
import { type Asked, accountDialog } from './account';
import { afterBill, billFacts, billSms, billTable, billText } from './bill-words';
import { want } from './choosing';
import { nothingFor, rowsFor } from './months';
import { PERSON } from './offers';
import { spanFor, spokenOf } from './outstanding';

const MOST_FACTS = 12;

const answer = async (turn: Turn, of: Asked): Promise<Step> => {
  const asked = { ...of, when: spanFor(turn, of.when) };
  const { records } = turn.services;
  const bills: Bill[] = [];
  const notes: string[] = [];
  let newest: Bill | undefined;
  for (const { house } of asked.accounts) {
    const found = await rowsFor(asked.when, (month, limit) => records.bills(house.code, month, limit));
    bills.push(...found);
    if (found.length) continue;
    newest = (await records.bills(house.code, undefined, 1))[0];
    notes.push(nothingFor(turn, asked.when, 'hóa đơn', house.code, newest));
  }
  const [only, ...more] = bills;
  const facts = bills.slice(0, MOST_FACTS).flatMap((bill) => billFacts(turn, bill));
  const rest = { remember: { ...spokenOf(turn.text, bills), facts }, then: { is: 'done' } } as const;

  if (turn.channel.abilities.oneReply) return { say: [...billSms(turn, bills, asked), ...notes].map(say), ...rest };
  if (more.length) return { say: [billTable(turn.text, notes, bills, asked)], ...rest };
  if (only)
    return { say: [choices([...notes, billText(turn, only, asked.when)].join('\n'), afterBill(only))], ...rest };
  const offer = newest && want('Hóa đơn mới nhất', 'bill.lookup', { code: newest.customer, month: newest });
  return { say: [choices(notes.join('\n'), [...(offer ? [offer] : []), PERSON])], ...rest };
};

/** "Tiền điện tháng này bao nhiêu": the amount of one bill, or a table of several. */
export const bill = accountDialog({ id: 'bill', version: 1, intents: ['bill.lookup'], amounts: true }, answer);
