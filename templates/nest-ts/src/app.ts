import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Module, type NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Response } from 'express';
import { CONFIG, type Config } from './config.js';
import { HealthController, OrdersController, STATE, type State } from './controllers.js';
import { log } from './log.js';
import { Stock } from './stock.js';

/** Nest says what it does in the form of all other lines; only what went wrong is of interest. */
const logger: NestApplicationOptions['logger'] = {
  log: () => undefined,
  warn: (message) => log('info', String(message)),
  error: (message, stack) => log('error', String(message), { stack }),
};

/** The app with its controllers. `state.ready` is what /ready says. */
export async function createApp(config: Config, state: State): Promise<NestExpressApplication> {
  @Module({
    controllers: [HealthController, OrdersController],
    providers: [Stock, { provide: CONFIG, useValue: config }, { provide: STATE, useValue: state }],
  })
  class AppModule {}

  const app = await NestFactory.create<NestExpressApplication>(AppModule, { logger });
  app.disable('x-powered-by');
  app.useGlobalFilters(new SendError());
  return app;
}

/** Every error has one form; what is no HttpException of Nest stays in the log. */
@Catch()
class SendError implements ExceptionFilter {
  catch(cause: unknown, host: ArgumentsHost): void {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    const [status, code, message] = answerOf(error);
    if (status >= 500) log('error', error.message, {}, error);
    host.switchToHttp().getResponse<Response>().status(status).json({ error: { code, message } });
  }
}

function answerOf(error: Error): readonly [number, string, string] {
  const status = error instanceof HttpException ? error.getStatus() : 500;
  if (status === 404) return [404, 'not_found', error.message];
  if (status < 500) return [status, 'bad_request', error.message];
  return [502, 'upstream_failed', 'Another service did not answer as expected'];
}
