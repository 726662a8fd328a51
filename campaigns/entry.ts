import type { Campaign, Ticket, TicketRequest, Trigger } from '../core/campaign';
import type { Customer } from '../core/records';
import { dayOf } from '../core/time';

/** Whether an act at this time and on this channel makes a ticket of the campaign. */
export const counts = (
  campaign: Campaign,
  trigger: Trigger,
  { at, channel }: Pick<TicketRequest, 'at' | 'channel'>,
): boolean => {
  const { entry, channels, period, selection } = campaign;
  if (selection.kind === 'none' || !entry.includes(trigger)) return false;
  if (channels.length > 0 && !channels.includes(channel)) return false;
  const on = dayOf(at);
  return on >= period.from && (period.to === undefined || on <= period.to);
};

/** `yes`, or why a ticket may not win, as the list says it. */
export type Eligible = 'yes' | 'unknown' | 'foreign' | 'audience' | 'excluded' | (string & {});

/** A ticket held against the rules, with the utility's record of its customer where there is one. */
export const eligible = (
  campaign: Campaign,
  ticket: Pick<Ticket, 'customer' | 'kind' | 'met' | 'points' | 'guess'>,
  customer: Pick<Customer, 'kind'> | undefined,
  isExcluded: (customer: string) => boolean,
): Eligible => {
  const { customer: code } = ticket;
  if (code === undefined) return 'unknown';
  if (!campaign.territory.heads.some((head) => code.startsWith(head))) return 'foreign';
  const kind = customer?.kind ?? ticket.kind;
  if (campaign.audience.length > 0 && !campaign.audience.some((one) => one === kind)) return 'audience';
  if (isExcluded(code)) return 'excluded';
  const { selection } = campaign;
  if (selection.kind === 'first') return selection.conditions.find((one) => !ticket.met?.includes(one)) ?? 'yes';
  if (selection.kind === 'stratified') return stratumOf(campaign, code) === undefined ? 'foreign' : 'yes';
  if (selection.kind === 'score')
    return ticket.points === undefined || ticket.guess === undefined ? 'unanswered' : 'yes';
  return 'yes';
};

export const stratumOf = ({ selection }: Pick<Campaign, 'selection'>, code: string): string | undefined =>
  selection.kind === 'stratified'
    ? selection.strata.find(({ heads }) => heads.some((head) => code.startsWith(head)))?.name
    : undefined;

/** The row of a ticket in the frozen list; undefined where it is left out of it (lists by number hold every ticket). */
export const rowOf = (campaign: Campaign, ticket: Ticket, key: string, may: Eligible): string | undefined => {
  switch (campaign.selection.kind) {
    case 'ordinal':
    case 'first':
      return `${ticket.number},${key},${may}`;
    case 'stratified':
      return may === 'yes' ? `${key},${stratumOf(campaign, ticket.customer!)}` : undefined;
    case 'score':
      return may === 'yes' ? `${key},${ticket.points},${ticket.guess}` : undefined;
    case 'none':
      return undefined;
  }
};

/** Whether the list is in the order of its keys, so that who came first tells nothing. */
export const byKey = ({ selection }: Pick<Campaign, 'selection'>): boolean =>
  selection.kind === 'stratified' || selection.kind === 'score';
