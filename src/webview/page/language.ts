/** The first import of every page: its texts are in the display language. */
import { useTranslations } from '../../core/wording/l10n';
import type { Translations } from '../../core/wording/l10n';

interface Written {
  readonly bundle: Translations | null;
  readonly language: string;
}

const written = document.body.dataset['translations'];
if (written !== undefined) {
  const { bundle, language } = JSON.parse(written) as Written;
  useTranslations(bundle ?? undefined, language);
}
