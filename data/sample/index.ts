export { CAST, type CastMember, demoCustomers } from './cast';
export type { Batch } from './document';
export { CUSTOMERS, type SampleBatch, type SampleOptions, sampleUtility } from './generate';
export { type LoadOptions, type LoadProgress, loadSample } from './load';
export type { ComputeBill } from './usage';
