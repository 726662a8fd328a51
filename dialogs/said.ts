import type { Turn } from '../core/dialog';
import type { Entity, EntityType, EntityValues } from '../core/understanding';

export const entitiesOf = <T extends EntityType>(turn: Turn, type: T) =>
  turn.meaning.entities.filter((e) => e.type === type) as Extract<Entity, { type: T }>[];

/** The first entity of a type; after a correction ("t9, í lộn t8") the last. */
export const entityOf = <T extends EntityType>(turn: Turn, type: T): Extract<Entity, { type: T }> | undefined =>
  entitiesOf(turn, type).at(turn.meaning.cues.correcting ? -1 : 0);

export const valueSaid = <T extends EntityType>(turn: Turn, type: T): EntityValues[T] | undefined =>
  entityOf(turn, type)?.value as EntityValues[T] | undefined;
