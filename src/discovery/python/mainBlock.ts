/** What a Python script does below `if __name__ == "__main__":`, which `flask run` and uvicorn skip. */
import { oncePerSource } from '../read/source';

/** Calls that only prepare the server or say something. */
const harmless =
  /(?:^|\.)(?:run|print|info|debug|warning|basicConfig|getLogger|ArgumentParser|add_argument|parse_args|getenv|get|int|str|bool|float|len|format|lower|join|exit|open|strip|load_dotenv|freeze_support|set_start_method|set_event_loop_policy|WindowsSelectorEventLoopPolicy|WindowsProactorEventLoopPolicy|Path|resolve|dirname|abspath|insert|append|main|exists|setdefault|getLevelName|StreamHandler|Config|Server|serve|startswith|isdigit|setup_logging|configure_logging|gethostname|environ)$/;

const maxCharacters = 4000;

/** Returns the text of the block; undefined without one. */
export const mainBlock = oncePerSource(({ text }): string | undefined => {
  const opening = /^if[ \t]+__name__[ \t]*==[^\n]*:[ \t]*(?:\n|(\S[^\n]*))/m.exec(text);
  if (opening === null) return undefined;
  const after = text.slice(opening.index + opening[0].length, opening.index + opening[0].length + maxCharacters);
  const end = /^(?![ \t]|\n|$)/m.exec(after);
  return `${opening[1] ?? ''}\n${end === null ? after : after.slice(0, end.index)}`;
});

/** Whether the block does more than to run the server, for example create tables. */
export const doesMore = oncePerSource((source): boolean => {
  const block = mainBlock(source);
  if (block === undefined) return false;
  const calls = [...block.replace(/f?"[^"\n]{0,500}"|f?'[^'\n]{0,500}'/g, '""').matchAll(/([A-Za-z_][\w.]{0,100})[ \t]*\(/g)];
  return calls.some(
    ([, name = '']) =>
      !harmless.test(name) && !/^(?:if|elif|while|for|in|not|and|or|with|except|return|raise|lambda|print)$/.test(name),
  );
});
