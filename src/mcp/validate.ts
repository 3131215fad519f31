import { TracewrightError } from '../contract/index.ts';
import type { InputSchema } from './tool.ts';

type Judge = (input: unknown) => { readonly valid: boolean; readonly errorMessage?: string | undefined };

const judges = new Map<InputSchema, Judge>();

/** Refuses arguments that a tool does not take, naming the first. Throws TW1094. */
export async function validate(schema: InputSchema, input: unknown): Promise<void> {
  const judge = judges.get(schema) ?? (await openJudge(schema));
  const { valid, errorMessage = '' } = judge(input);
  if (!valid) throw new TracewrightError('TW1094', errorMessage.replaceAll(/\bdata\b\/?/g, '').trim());
}

/** The validator is loaded by the first call, not by the start. */
async function openJudge(schema: InputSchema): Promise<Judge> {
  const { AjvJsonSchemaValidator } = await import('@modelcontextprotocol/server/validators/ajv');
  const judge = new AjvJsonSchemaValidator().getValidator({ ...schema });
  judges.set(schema, judge);
  return judge;
}
