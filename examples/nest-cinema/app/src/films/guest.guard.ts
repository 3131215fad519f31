import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';

@Injectable()
export class GuestGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return context.switchToHttp().getRequest().headers['x-role'] !== 'guest';
  }
}
