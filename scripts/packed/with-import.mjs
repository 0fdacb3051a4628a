import { usePackages } from './use-packages.mjs';

await usePackages((name) => import(name));
