/* The constellation: drawn from its scene. */
export {};
