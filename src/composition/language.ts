/** The first import of every bundle: texts that are made while the others load are in the display language already. */
import * as vscode from 'vscode';
import { useTranslations } from '../core/wording/l10n';

useTranslations(vscode.l10n.bundle, vscode.env.language);
