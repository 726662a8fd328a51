import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';
import type { RecordKind, RecordKinds } from '../../core/records';
import type { Lag, Records } from '../../core/services';
import type { Clock, Instant } from '../../core/time';
import { type Answer, believed, type Question, Untrue } from './answers';
import { type CallOptions, callGateway, NoAnswer, type Trouble } from './call';

export interface GatewayOptions extends CallOptions {
  clock: Clock;
  deadline(ms: number): AbortSignal;
  /** what was imported: answers when the gateway does not */
  imported: Records;
  /** all live calls of one turn together, at most 3000 */
  patienceMs: number;
  /** an answer of this age is not asked for again */
  freshMs: number;
  alarm(what: string, facts?: Record<string, string | number>): void;
}

/** A utility's own system behind the records. */
export interface Gateway {
  /** The records as one turn reads them, and afterwards whether they lag behind. */
  open(): { records: Records; lag(): Lag | undefined };
}

const PATHS: Record<RecordKind, string> = {
  customers: 'customers',
  points: 'points',
  readings: 'readings',
  bills: 'bills',
  debts: 'debts',
  planned_outages: 'planned-outages',
  incidents: 'incidents',
};
const FAILURES = 3;
const REST_MS = 20_000;
const HARD_CAP_MS = 3_000;
/** older answers of the gateway are no better than an import */
const KEPT_MS = 24 * 3_600_000;
const KEPT = 5_000;
/** what the utility's own system has not renewed for so long is said to be old */
const OLD_MS = 6 * 3_600_000;
const NEWEST = 24;

type Kept = Answer<RecordKind> & { heardAt: number };

/**
 * The records of a utility's CMIS, asked live (docs/gateway.openapi.yaml). What it does not answer in time, or answers
 * untruly, comes from its last answer or from the import, whichever is newer; `lag` then tells why and how old that is.
 */
export const openGateway = (options: GatewayOptions): Gateway => {
  const { clock, imported, alarm } = options;
  const patienceMs = Math.min(options.patienceMs, HARD_CAP_MS);
  const kept = new Map<string, Kept>();
  const breaker = circuitBreaker(handleAll, { halfOpenAfter: REST_MS, breaker: new ConsecutiveBreaker(FAILURES) });
  breaker.onBreak(() => alarm('the gateway of the utility fails and is left alone for a while'));

  const keep = (key: string, answer: Kept): void => {
    kept.delete(key);
    kept.set(key, answer);
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
  };

  const live = async <K extends RecordKind>(kind: K, question: Question, signal: AbortSignal): Promise<Answer<K>> => {
    // time that an earlier call of the turn used up is no failure of this one
    if (signal.aborted) throw new NoAnswer('slow', 'the time of this turn is used up');
    return breaker.execute(async () => {
      const json = await callGateway(options, PATHS[kind], question, signal);
      return believed(kind, json, question, clock());
    });
  };

  const troubleOf = (kind: RecordKind, error: unknown): Trouble => {
    if (error instanceof BrokenCircuitError) return 'down';
    const trouble = error instanceof NoAnswer ? error.trouble : 'wrong';
    if (trouble === 'wrong')
      alarm('the gateway of the utility answers wrongly', {
        kind,
        why: error instanceof Untrue || error instanceof NoAnswer ? error.message : 'unknown',
      });
    return trouble;
  };

  const open: Gateway['open'] = () => {
    let signal: AbortSignal | undefined;
    let lag: Lag | undefined;
    const behind = (why: Lag['why'], asOf: Instant | undefined) => {
      const oldest = lag && (!lag.asOf || !asOf ? undefined : lag.asOf < asOf ? lag.asOf : asOf);
      lag = { why: lag?.why ?? why, ...((lag ? oldest : asOf) && { asOf: lag ? oldest! : asOf! }) };
    };

    const read = async <K extends RecordKind>(
      kind: K,
      question: Question,
      fallback: () => Promise<RecordKinds[K][]>,
    ): Promise<RecordKinds[K][]> => {
      const key = JSON.stringify([kind, question]);
      const now = clock().getTime();
      const known = kept.get(key) as (Answer<K> & Kept) | undefined;
      const took = (answer: Answer<K>): RecordKinds[K][] => {
        if (Date.parse(answer.asOf) < now - OLD_MS) behind('old', answer.asOf);
        return answer.rows;
      };
      if (known && now - known.heardAt < options.freshMs) return took(known);
      try {
        signal ??= options.deadline(patienceMs);
        const answer = await live(kind, question, signal);
        keep(key, { ...answer, heardAt: now } as Kept);
        return took(answer);
      } catch (error) {
        const trouble = troubleOf(kind, error);
        const rows = await fallback();
        const about = 'customer' in question && !rows.length ? await imported.customer(question.customer) : undefined;
        const importedAt = [...rows, ...(about ? [about] : [])].map(({ source }) => source.at).sort()[0];
        if (known && now - known.heardAt < KEPT_MS && !(importedAt && importedAt > known.asOf)) {
          behind(trouble, known.asOf);
          return known.rows;
        }
        behind(trouble, importedAt);
        return rows;
      }
    };

    const monthly = (code: string, when: Parameters<Records['bills']>[1], limit: number | undefined): Question => ({
      customer: code,
      ...(when && {
        when: { year: when.year, month: when.month, ...(when.period !== undefined && { period: when.period }) },
      }),
      limit: limit ?? NEWEST,
    });
    const newestFirst = <T extends { year: number; month: number; period: number }>(rows: T[], limit = NEWEST): T[] =>
      [...rows].sort((a, b) => b.year - a.year || b.month - a.month || b.period - a.period).slice(0, limit);

    return {
      lag: () => lag,
      records: {
        customer: async (code) =>
          (
            await read('customers', { customer: code }, async () => {
              const one = await imported.customer(code);
              return one ? [one] : [];
            })
          )[0],
        points: (code) => read('points', { customer: code }, () => imported.points(code)),
        bills: async (code, when, limit) =>
          newestFirst(await read('bills', monthly(code, when, limit), () => imported.bills(code, when, limit)), limit),
        readings: async (code, when, limit) =>
          newestFirst(
            await read('readings', monthly(code, when, limit), () => imported.readings(code, when, limit)),
            limit,
          ),
        debts: async (code) =>
          newestFirst(await read('debts', { customer: code }, () => imported.debts(code)), 1_000).reverse(),
        plannedOutages: async (where, now) =>
          (await read('planned_outages', where, () => imported.plannedOutages(where, now)))
            .filter(({ to, cancelled }) => !cancelled && to > now)
            .sort((a, b) => (a.from < b.from ? -1 : 1)),
        incidents: async (where, now) =>
          [...(await read('incidents', where, () => imported.incidents(where, now)))]
            .filter(({ startedAt }) => startedAt <= now)
            .sort((a, b) => (a.startedAt > b.startedAt ? -1 : 1)),
      },
    };
  };
  return { open };
};
