import type { Activity } from '../../core/activity';
import type { Abilities } from '../../core/channel';
import { shape } from '../shape';
import { type Segments, segmentsOf } from './segments';

/** One SMS as it leaves, with the segments that it takes: counted before it is sent. */
export interface Sms extends Segments {
  text: string;
}

export const smsOf = (activity: Activity, abilities: Abilities): Sms[] =>
  shape(activity, abilities).flatMap(({ text }) => (text ? [{ text, ...segmentsOf(text) }] : []));
