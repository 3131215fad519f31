require('reflect-metadata');
const { BadRequestException, Controller, Get, Logger, Module, Param, Catch, UseFilters } = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');

class Items {
  logger = new Logger('Items');
  item(id) {
    this.logger.log('looked up');
    return { id };
  }
  fails(id) {
    throw new TypeError(`broken ${id}`);
  }
  refuses() {
    throw new BadRequestException('wrong');
  }
  caught(id) {
    throw new RangeError(`caught ${id}`);
  }
  slow() {
    return new Promise(() => undefined);
  }
}
class Teapot {
  catch(error, host) {
    const answer = host.switchToHttp().getResponse();
    if (answer.code) answer.code(500).send(error.name);
    else answer.status(500).send(error.name);
  }
}
Catch(RangeError)(Teapot);
for (const [method, path] of [
  ['item', 'items/:id'],
  ['fails', 'fails/:id'],
  ['refuses', 'refuses/:id'],
  ['caught', 'caught/:id'],
  ['slow', 'slow/:id'],
]) {
  Get(path)(Items.prototype, method, Object.getOwnPropertyDescriptor(Items.prototype, method));
  Param('id')(Items.prototype, method, 0);
}
UseFilters(Teapot)(Items.prototype, 'caught', Object.getOwnPropertyDescriptor(Items.prototype, 'caught'));
Controller('v1')(Items);
class Plain {
  plain() {
    return 'plain';
  }
}
Get('plain')(Plain.prototype, 'plain', Object.getOwnPropertyDescriptor(Plain.prototype, 'plain'));
Controller()(Plain);
class App {}
Module({ controllers: [Plain, Items] })(App);

async function start() {
  const app = await NestFactory.create(App);
  app.setGlobalPrefix('api', { exclude: ['plain'] });
  await app.listen(0, '127.0.0.1');
  console.log(`port ${app.getHttpServer().address().port}`);
}
start();
