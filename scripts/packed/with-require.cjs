'use strict';

void import('./use-packages.mjs').then(({ usePackages }) => usePackages(require));
