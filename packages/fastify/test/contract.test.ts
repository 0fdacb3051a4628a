import { adapterContract } from '../../../test/contract/adapter-contract.ts';
import { FRAMEWORKS } from './frameworks.ts';

for (const framework of FRAMEWORKS) adapterContract(framework);
