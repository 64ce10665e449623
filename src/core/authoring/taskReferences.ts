/** Finds where tasks.json and launch.json name a service. */
import type { Node } from '../config/find';
import { readSyntax } from '../config/syntax';
import { propertiesOf } from '../config/tree';
import type { TextEdit } from './edit';
import { replace } from './edit';

/** A service by its id and by its key, which differ in a multi-root workspace. */
export interface ServiceName {
  readonly id: string;
  readonly key: string;
}

/**
 * Renames `"service": "<id>"` in tasks of that type, and `"service: <key>"`, the name that VS Code gives a task of a service
 * that tasks.json does not define. The label of a task, and references to it, stay.
 */
export function taskEdits(text: string, from: ServiceName, to: ServiceName): readonly TextEdit[] {
  const { root } = readSyntax(text);
  const own = new Set(labelsIn(root));
  const label = (key: string) => `service: ${key}`;
  const edits: TextEdit[] = [];
  walk(root, (node, key, isService) => {
    if (key === 'service' && isService && node.value === from.id) edits.push(replace(node, JSON.stringify(to.id)));
    else if (isTaskName(key) && node.value === label(from.key) && !own.has(label(from.key)))
      edits.push(replace(node, JSON.stringify(label(to.key))));
  });
  return edits;
}

const isTaskName = (key: string): boolean => key === 'preLaunchTask' || key === 'postDebugTask' || key === 'dependsOn';

const labelsIn = (root: Node | undefined): readonly string[] => {
  const labels: string[] = [];
  walk(root, (node, key) => {
    if (key === 'label' && typeof node.value === 'string') labels.push(node.value);
  });
  return labels;
};

type Visit = (text: Node, key: string, isService: boolean) => void;

/** Visits every string with the key it belongs to. An item of a list belongs to the key of the list. */
function walk(node: Node | undefined, visit: Visit, key = '', isService = false): void {
  if (node === undefined) return;
  if (node.type === 'string') visit(node, key, isService);
  else if (node.type === 'array') for (const item of node.children ?? []) walk(item, visit, key);
  else {
    const properties = propertiesOf(node);
    const ofService = properties.some((property) => property.key === 'type' && property.value?.value === 'service');
    for (const property of properties) walk(property.value, visit, property.key, ofService);
  }
}
