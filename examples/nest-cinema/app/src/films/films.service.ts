import { Injectable, Logger, NotFoundException } from '@nestjs/common';

export interface Film {
  id: number;
  title: string;
  shows?: string[];
}

@Injectable()
export class FilmsService {
  private readonly logger = new Logger(FilmsService.name);
  private readonly films: Film[] = [
    { id: 1, title: 'Playtime', shows: ['20:15', '22:30'] },
    { id: 2, title: 'Stalker' },
  ];

  async find(id: number): Promise<Film> {
    const film = this.films.find((one) => one.id === id);
    if (!film) throw new NotFoundException(`Film ${id} is not shown here`);
    this.logger.log(`film ${film.title}`);
    return film;
  }

  async lastShow(id: number): Promise<string> {
    const { shows } = await this.find(id);
    return shows[shows.length - 1];
  }

  async add(title: string): Promise<Film> {
    const film = { id: this.films.length + 1, title, shows: [] };
    this.films.push(film);
    return film;
  }
}
