/*
packages: ['@nestjs/platform-express', reflect-metadata, rxjs]
steps:
  - GET /
  - signal: SIGTERM
  - stdout: destroyed
ends: itself
*/
import 'reflect-metadata';
import { Controller, Get, Module, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

@Controller()
class Root implements OnModuleDestroy, OnApplicationShutdown {
  @Get()
  index(): string {
    return 'up';
  }

  onModuleDestroy(): void {
    console.log('destroyed');
  }

  async onApplicationShutdown(signal?: string): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 20));
    console.log('shut down by', signal);
  }
}

@Module({ controllers: [Root] })
class AppModule {}

NestFactory.create(AppModule, { logger: false }).then(async (app) => {
  app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  console.log(`port ${app.getHttpServer().address().port}`);
});
