/*
packages: ['@nestjs/platform-express', reflect-metadata, rxjs]
steps:
  - GET /cats/7
  - GET /cats/x
  - GET /cats/secret/1
  - GET /cats/fails/now
  - GET /missing
*/
import 'reflect-metadata';
import { type CanActivate, Controller, Get, Injectable, Module, Param, ParseIntPipe, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

@Injectable()
class Cats {
  find(id: number): object {
    return { id, name: 'cat' };
  }
}

@Injectable()
class Never implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

@Controller('cats')
class CatsController {
  constructor(private readonly cats: Cats) {}

  @Get(':id')
  one(@Param('id', ParseIntPipe) id: number): object {
    return this.cats.find(id);
  }

  @Get('secret/:id')
  @UseGuards(Never)
  secret(): string {
    return 'never';
  }

  @Get('fails/now')
  fails(): string {
    throw new Error('broken');
  }
}

@Module({ controllers: [CatsController], providers: [Cats] })
class AppModule {}

async function main(): Promise<void> {
  const app = await NestFactory.create(AppModule, { logger: false });
  await app.listen(0, '127.0.0.1');
  console.log(`port ${app.getHttpServer().address().port}`);
}
main();
