import { engineContract } from './engine.contract';
import { embeddedPlace } from './places';
import { storesContract } from './stores.contract';

describe('the embedded engine', () => engineContract(embeddedPlace));
describe('the stores on the embedded engine', () => storesContract(embeddedPlace));
