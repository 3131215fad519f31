import { Module } from '@nestjs/common';
import { FilmsModule } from './films/films.module';
import { HealthController } from './health.controller';

@Module({ imports: [FilmsModule], controllers: [HealthController] })
export class AppModule {}
