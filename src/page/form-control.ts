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

/** The name of a control; empty where it has none. */
export function nameOf(control: Control): string {
  return control.attr('name') ?? '';
}

/** The type of a control, with the defaults of HTML, sections 4.10.5 and 4.10.6. */
export function typeOf(control: Control): string {
  const type = control.attr('type')?.toLowerCase() ?? '';
  if (control.is('input')) return type === '' ? 'text' : type;
  if (!control.is('button')) return control.prop('tagName')?.toLowerCase() ?? '';
  if (['submit', 'reset', 'button'].includes(type)) return type;
  // HTML, section 4.10.6: a button without a type that commands another element submits nothing.
  return control.is('[command], [commandfor]') ? 'button' : 'submit';
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

/** Input types that send their direction (HTML, section 4.10.18.2). */
const directedTypes = ['text', 'textarea', 'search', 'hidden', 'tel', 'url', 'email', 'password'];

/** The first letter that has a direction, and whether it is one of a script written to the left. */
const directed = /([\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}])|\p{L}/u;

/** The direction of a text, where a control asks for it (HTML, sections 3.2.6.4 and 4.10.18.2). */
export function directionEntries(control: Control, type: string, value: string): FormEntry[] {
  const name = control.attr('dirname') ?? '';
  if (name === '' || !directedTypes.includes(type)) return [];
  const own = control.attr('dir')?.toLowerCase();
  // A telephone number is written from left to right, whatever is around it.
  const dir = own ?? (type === 'tel' ? 'ltr' : control.closest('[dir]').attr('dir')?.toLowerCase());
  const isRightToLeft = dir === 'auto' ? directed.exec(value)?.[1] !== undefined : dir === 'rtl';
  return [{ name, value: isRightToLeft ? 'rtl' : 'ltr' }];
}
