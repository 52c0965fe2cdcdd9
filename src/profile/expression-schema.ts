import { z } from 'zod';
import { compile } from './regular-expression.js';

/** A regular expression (JavaScript, with the flag `u`). */
export const expressionSchema = z.string().superRefine((text, context) => {
  try {
    compile(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
  }
});
