import { ADAPTERS } from '../../adapters.mjs';
import { contractOf } from '../../test/contract/adapter-contract.ts';
import { pairOf } from '../../test/contract/pairs.ts';
import { frameworksOf } from '../../test/support/frameworks.ts';
import { BUN, BUN_VERSION, startProcess } from '../start.ts';

for (const { folder } of ADAPTERS) {
  for (const { name } of await frameworksOf(folder)) {
    contractOf(pairOf(BUN_VERSION, name), (settings) =>
      startProcess([...BUN, 'runtimes/serve.ts', folder, name], settings),
    );
  }
}
