export const two = 2;
export class Three {}
