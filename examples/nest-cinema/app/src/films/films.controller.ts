import { BadRequestException, Body, Controller, Get, Param, ParseIntPipe, Post, UseFilters, UseGuards } from '@nestjs/common';
import { FilmsService } from './films.service';
import { GuestGuard } from './guest.guard';
import { ShowsFilter } from './shows.filter';

@Controller({ path: 'films', version: '1' })
export class FilmsController {
  constructor(private readonly films: FilmsService) {}

  @Get(':id')
  find(@Param('id', ParseIntPipe) id: number) {
    return this.films.find(id);
  }

  @Get(':id/shows/last')
  @UseFilters(ShowsFilter)
  async lastShow(@Param('id', ParseIntPipe) id: number) {
    return { at: await this.films.lastShow(id) };
  }

  @Post()
  @UseGuards(GuestGuard)
  add(@Body('title') title: string) {
    if (!title) throw new BadRequestException('A film has a title');
    return this.films.add(title);
  }
}
