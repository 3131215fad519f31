export const name = 'only';

export default class Only {
  say() {
    return `${name} ${this.constructor.name}`;
  }
}
