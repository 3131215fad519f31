export { renderScores } from './render-scores.ts';
export { type ServiceScore, scoreServices } from './score-services.ts';
