export type Field = { id: number; type: string; rule?: string };
export type Message = { fields: Record<string, Field>; oneofs?: Record<string, { oneof: string[] }> };

export const one = (id: number, type: string): Field => ({ id, type });
export const many = (id: number, type: string): Field => ({ id, type, rule: 'repeated' });
