/*
packages: ['@nestjs/platform-express', reflect-metadata, rxjs]
steps:
  - GET /work
*/
import 'reflect-metadata';
import {
  type CallHandler,
  Controller,
  type ExecutionContext,
  Get,
  Injectable,
  type MiddlewareConsumer,
  Module,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { map, type Observable, of, tap } from 'rxjs';

@Injectable()
class Order implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    console.log('interceptor before', context.getHandler().name, context.getClass().name);
    return next.handle().pipe(
      map((value) => `[${value}]`),
      tap(() => console.log('interceptor after')),
    );
  }
}

@Controller()
@UseInterceptors(Order)
class Work {
  @Get('work')
  work(): Observable<string> {
    console.log('handler');
    return of('done');
  }
}

@Module({ controllers: [Work] })
class AppModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer
      .apply((req: { url: string }, res: unknown, next: () => void) => {
        console.log('middleware', req.url);
        next();
      })
      .forRoutes('*path');
  }
}

NestFactory.create(AppModule, { logger: false }).then(async (app) => {
  await app.listen(0, '127.0.0.1');
  console.log(`port ${app.getHttpServer().address().port}`);
});
