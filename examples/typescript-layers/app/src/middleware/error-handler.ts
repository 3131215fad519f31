import type { ErrorRequestHandler, RequestHandler } from 'express';
import axios from 'axios';
import { HttpError, NotFound } from './http-error';

export const notFound: RequestHandler = (req, _res, next) => {
  next(new NotFound(req.path));
};

export const errorHandler: ErrorRequestHandler = (error, _req, res, _next) => {
  if (error instanceof HttpError) {
    res.status(error.status).json({ message: error.message });
    return;
  }

  console.error('unexpected', error instanceof Error ? error.message : error);
  res.status(axios.isAxiosError(error) ? 502 : 500).json({ message: 'something went wrong' });
};
