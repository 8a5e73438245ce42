import type { QuestionType } from '../../api/types';
import { choice } from './choice';
import type { Kind } from './kind';
import { number } from './number';
import { pairwise } from './pairwise';
import { ranking } from './ranking';
import { rating } from './rating';
import { spans } from './spans';
import { text } from './text';

/** Every type of question that a form can have. A new type is one file and one line here. */
export const kinds: Record<QuestionType, Kind> = { pairwise, ranking, choice, rating, number, text, spans };
