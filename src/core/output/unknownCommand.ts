/** How cmd and PowerShell say in languages other than English that they know no such command. */

/**
 * German, the Romance languages, Chinese, Japanese, Korean and Russian. In every language Windows PowerShell ends with the name of the
 * exception, and `cmd /c` with exit code 1.
 */
export const unknownCommand =
  /ist entweder falsch geschrieben|nicht als Name eines Cmdlet|n(?:.est pas reconnu|o se reconoce|on è riconosciuto|ão é reconhecido) (?:com[eo]|comme|en tant que) |不是[内內]部或外部命令|[识識][别別]?[为為] cmdlet|外部コマンド|コマンドレット、関数|외부 명령|cmdlet, 함수|внешней командой|имени командлета|\bCommandNotFoundException\b/i;
