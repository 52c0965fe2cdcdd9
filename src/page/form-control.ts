import type { HtmlDocument } from './html-document.js';

/** One entry of a form's data set. */
export interface FormEntry {
  name: string;
  value: string;
  /** Whether it is a file, of which none was chosen. */
  isFile?: boolean;
}

/** A control of a form. */
export type Control = ReturnType<HtmlDocument>;

/** Input types whose value holds no line breaks (HTML, section 4.10.5.1). */
const linedTypes = ['button', 'hidden', 'submit', 'reset', 'image', 'checkbox', 'radio', 'file'];

/** The name of a control; empty where it has none. */
export function nameOf(control: Control): string {
  return control.attr('name') ?? '';
}

/** The type of a control, with the defaults of HTML, sections 4.10.5 and 4.10.6. */
export function typeOf(control: Control): string {
  const type = control.attr('type')?.toLowerCase() ?? '';
  if (control.is('input')) return type === '' ? 'text' : type;
  if (!control.is('button')) return control.prop('tagName')?.toLowerCase() ?? '';
  return type === 'reset' || type === 'button' ? type : 'submit';
}

/** Whether a control is a check box or a radio button. */
export function isCheckable(control: Control): boolean {
  return control.is('input') && ['checkbox', 'radio'].includes(typeOf(control));
}

/** Whether a control is a button of any type. */
export function isButton(control: Control): boolean {
  if (control.is('button')) return true;
  return control.is('input') && ['submit', 'image', 'reset', 'button'].includes(typeOf(control));
}

/** Whether a control submits its form when it is pressed. */
export function isSubmitButton(control: Control): boolean {
  return isButton(control) && ['submit', 'image'].includes(typeOf(control));
}

/** An image is pressed at its corner; the others send their value. */
export function buttonEntries(control: Control, name: string, type: string): FormEntry[] {
  if (type === 'image') {
    const prefix = name === '' ? '' : `${name}.`;
    return [
      { name: `${prefix}x`, value: '0' },
      { name: `${prefix}y`, value: '0' },
    ];
  }
  return name === '' ? [] : [{ name, value: control.attr('value') ?? '' }];
}

/** The value as the page presets it, after the type's sanitization (HTML, section 4.10.5.1). */
export function presetValue(control: Control, type: string): string {
  if (control.is('textarea')) return control.text();
  const value = control.attr('value') ?? '';
  if (linedTypes.includes(type)) return value;
  const line = value.replace(/[\n\r]/g, '');
  if (type === 'email' || type === 'url') return line.trim();
  if (type === 'color') return /^#[\da-f]{6}$/i.test(line) ? line.toLowerCase() : '#000000';
  if (type === 'number') return isNumber(line) ? line : '';
  return type === 'range' ? rangeValue(control, line) : line;
}

function isNumber(text: string): boolean {
  return /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text);
}

/** HTML, section 4.10.5.1.13: the middle of the range, unless a value is preset. */
function rangeValue(control: Control, value: string): string {
  const bound = (name: string, otherwise: number) => {
    const text = control.attr(name) ?? '';
    return isNumber(text) ? Number(text) : otherwise;
  };
  const least = bound('min', 0);
  const most = bound('max', 100);
  const middle = most < least ? least : least + (most - least) / 2;
  const number = isNumber(value) ? Number(value) : middle;
  return String(Math.max(least, Math.min(most, number)));
}

/** The direction of a text, where a control asks for it (HTML, section 4.10.18.2). */
export function directionEntries(control: Control): FormEntry[] {
  const name = control.attr('dirname') ?? '';
  if (name === '') return [];
  const isRightToLeft = control.closest('[dir]').attr('dir')?.toLowerCase() === 'rtl';
  return [{ name, value: isRightToLeft ? 'rtl' : 'ltr' }];
}
