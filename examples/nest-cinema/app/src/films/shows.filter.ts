import { ArgumentsHost, Catch, ExceptionFilter } from '@nestjs/common';

/** Films whose shows are not planned yet. */
@Catch(TypeError)
export class ShowsFilter implements ExceptionFilter {
  catch(exception: TypeError, host: ArgumentsHost) {
    host.switchToHttp().getResponse().status(500).json({ error: 'the projectionist is looking into it' });
  }
}
