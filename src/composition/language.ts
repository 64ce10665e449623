/** The first import of every bundle, so that strings made while the other modules load are already in the user's language. */
import * as vscode from 'vscode';
import { useTranslations } from '../core/wording/l10n';

useTranslations(vscode.l10n.bundle, vscode.env.language);
