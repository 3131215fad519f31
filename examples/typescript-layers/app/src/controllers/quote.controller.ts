import { NextFunction, Request, Response, Router } from 'express';
import { BadRequest, NotFound } from '../middleware/http-error';
import type { QuoteRequest, QuoteService } from '../services/quote.service';

export class QuoteController {
  readonly router: Router = Router();

  constructor(private readonly quotes: QuoteService) {
    this.router.get('/', this.list);
    this.router.post('/', this.create);
    this.router.route('/:quoteId').get(this.show);
  }

  private list = (_req: Request, res: Response): void => {
    res.json(this.quotes.list());
  };

  private create = async (req: Request<unknown, unknown, Partial<QuoteRequest>>, res: Response, next: NextFunction): Promise<void> => {
    try {
      const { customer, items } = req.body;
      if (!customer || !items?.length) {
        throw new BadRequest('customer and items are required');
      }
      res.status(201).json(await this.quotes.create({ customer, items }));
    } catch (error) {
      next(error);
    }
  };

  private show = (req: Request<{ quoteId: string }>, res: Response, next: NextFunction): void => {
    const quote = this.quotes.find(req.params.quoteId);
    if (!quote) {
      next(new NotFound(`quote ${req.params.quoteId}`));
      return;
    }
    res.json(quote);
  };
}
