import {
  buttonEntries,
  type Control,
  directionEntries,
  type FormEntry,
  isButton,
  isCheckable,
  isSubmitButton,
  nameOf,
  typeOf,
} from './form-control.js';
import type { HtmlDocument } from './html-document.js';
import type { Page } from './page.js';
import { presetValue } from './preset-value.js';

type FormElement = ReturnType<Control['toArray']>[number];

const controls = 'button, input, select, textarea';

/** A form of a page, with the controls that belong to it in tree order. */
export class Form {
  readonly #form: Control;
  readonly $: HtmlDocument;

  /**
   * @param page where the form is
   * @param form the form element
   */
  constructor(
    private readonly page: Pick<Page, 'document' | 'openForms'>,
    form: Control,
  ) {
    this.$ = page.document;
    this.#form = form;
  }

  /** The value of an attribute of the form, or undefined. */
  attribute(name: string): string | undefined {
    return this.#form.attr(name);
  }

  /**
   * The button that is pressed: the one that a selector names, else the form's default button, which
   * is its first submit button (HTML, section 4.10.21.2). Undefined where the form has none, or where
   * that button is disabled.
   */
  submitter(select: string | undefined): Control | undefined {
    const [first] = this.controls().filter(
      (control) => isSubmitButton(control) && (select === undefined || control.is(select)),
    );
    return first === undefined || this.#isDisabled(first) ? undefined : first;
  }

  /**
   * Constructs the entry list (HTML, section 4.10.21.4).
   *
   * @param filled values by names of controls, as if a person had typed or chosen them. A name that
   *   no control has is added at the end, since scripts of a page add fields too
   * @param encoding the encoding's name, for the field `_charset_`
   */
  entries(
    submitter: Control | undefined,
    filled: Readonly<Record<string, string>>,
    encoding: string,
  ): FormEntry[] {
    const open = new Map(Object.entries(filled));
    const targets = this.#targets(filled);
    const entries = this.controls().flatMap((control) => {
      if (control.closest('datalist').length > 0 || this.#isDisabled(control)) return [];
      const [element] = control.toArray();
      const value = element && targets.has(element) ? open.get(nameOf(control)) : undefined;
      const found = this.#entriesOf(control, submitter, value, encoding);
      if (value !== undefined && found.some((entry) => entry.value === value)) {
        open.delete(nameOf(control));
      }
      return found;
    });
    return [...entries, ...[...open].map(([name, value]) => ({ name, value }))];
  }

  /**
   * Returns the controls whose form owner this is (HTML, section 4.10.18.3): that of `form=`, else the form
   * that was open when the control was parsed (section 13.2.6.1), else the nearest around it.
   */
  controls(): Control[] {
    return this.$(controls)
      .toArray()
      .map((element) => this.$(element) as Control)
      .filter((control) => this.#owns(control));
  }

  #owns(control: Control): boolean {
    const id = control.attr('form');
    if (id !== undefined) return id !== '' && this.#isFirstWithId(id);
    const [element] = control.toArray();
    const open = element && this.page.openForms.get(element);
    return open === undefined
      ? control.closest('form').is(this.#form)
      : this.#form.is(this.$(open) as Control);
  }

  /** An id that several elements have means the first of them (DOM, section 4.2.4). */
  #isFirstWithId(id: string): boolean {
    return this.$('[id]')
      .filter((_, one) => this.$(one).attr('id') === id)
      .first()
      .is(this.#form);
  }

  /** Of controls of one name, what is filled in goes to the last that a person sees and can use. */
  #targets(filled: Readonly<Record<string, string>>): Set<FormElement> {
    const targets = new Set<FormElement>();
    for (const name of Object.keys(filled)) {
      const named = this.controls().filter(
        (control) => nameOf(control) === name && !isButton(control) && !this.#isDisabled(control),
      );
      const seen = named.filter((control) => typeOf(control) !== 'hidden');
      const chosen = seen.filter(isCheckable);
      const target = chosen.length > 0 ? chosen : [seen.at(-1) ?? named.at(-1)];
      for (const control of target) for (const one of control?.toArray() ?? []) targets.add(one);
    }
    return targets;
  }

  #entriesOf(
    control: Control,
    submitter: Control | undefined,
    filled: string | undefined,
    encoding: string,
  ): FormEntry[] {
    const name = nameOf(control);
    const type = typeOf(control);
    if (isButton(control)) return submitter?.is(control) ? buttonEntries(control, name, type) : [];
    if (name === '') return [];
    if (control.is('select')) {
      return this.#chosen(control, filled).map((value) => ({ name, value }));
    }
    if (isCheckable(control)) {
      const value = control.attr('value') ?? 'on';
      const isChecked = filled === undefined ? this.#isChecked(control) : value === filled;
      return isChecked ? [{ name, value }] : [];
    }
    if (type === 'file') return [{ name, value: '', isFile: true }];
    if (type === 'hidden' && name.toLowerCase() === '_charset_') return [{ name, value: encoding }];
    const value = filled ?? presetValue(control, type);
    return [{ name, value }, ...directionEntries(control, type, value)];
  }

  /** Of radio buttons of one group only the last that is checked counts (section 4.10.5.1.16). */
  #isChecked(control: Control): boolean {
    if (control.attr('checked') === undefined) return false;
    if (typeOf(control) !== 'radio') return true;
    const group = this.controls().filter(
      (one) =>
        typeOf(one) === 'radio' &&
        nameOf(one) === nameOf(control) &&
        one.attr('checked') !== undefined,
    );
    return group.at(-1)?.is(control) === true;
  }

  /** The values of the options that are selected (HTML, section 4.10.7). */
  #chosen(select: Control, filled: string | undefined): string[] {
    const options = select
      .find('option')
      .toArray()
      .map((element) => this.$(element) as Control);
    const isOff = (option: Control) =>
      option.is('[disabled]') || option.parent('optgroup').is('[disabled]');
    // For an option without a value cheerio's attr gives the text, as it stands.
    const valueOfOption = (option: Control) =>
      option.is('[value]')
        ? (option.attr('value') ?? '')
        : option
            .text()
            .replace(/[\t\n\f\r ]+/g, ' ')
            .replace(/^ | $/g, '');
    if (filled !== undefined) {
      return options.map(valueOfOption).includes(filled) ? [filled] : [];
    }
    const selected = options.filter((option) => option.attr('selected') !== undefined);
    if (select.attr('multiple') !== undefined) {
      return selected.filter((option) => !isOff(option)).map(valueOfOption);
    }
    const isDropDown = !(Number.parseInt(select.attr('size') ?? '', 10) > 1);
    const chosen =
      selected.at(-1) ?? (isDropDown ? options.find((option) => !isOff(option)) : undefined);
    return chosen === undefined || isOff(chosen) ? [] : [valueOfOption(chosen)];
  }

  /** HTML, sections 4.10.18.5 and 4.10.15: the first legend of a disabled fieldset stays enabled. */
  #isDisabled(control: Control): boolean {
    if (control.attr('disabled') !== undefined) return true;
    return control
      .parents('fieldset[disabled]')
      .toArray()
      .some((fieldset) => {
        const legend = this.$(fieldset).children('legend').first();
        return (
          legend.length === 0 || control.parents().filter((_, one) => legend.is(one)).length === 0
        );
      });
  }
}
