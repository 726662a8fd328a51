import { engineContract } from './engine.contract';
import { mongoPlace } from './places';
import { storesContract } from './stores.contract';

describe('the MongoDB engine', () => engineContract(mongoPlace));
describe('the stores on MongoDB', () => storesContract(mongoPlace));
