// An ES module that does nothing: what Node takes to import it is the least that any import costs.
export const nothing = undefined;
