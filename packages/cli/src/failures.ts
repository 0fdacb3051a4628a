/** Stops a command with a sentence and an exit status. No message quotes what the user gave: it may hold a secret. */
export class CommandFailure extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The arguments are wrong. */
export class UsageError extends CommandFailure {
  constructor(message: string) {
    super(message, 2);
  }
}

/** The input cannot be read as a request. */
export class Unreadable extends CommandFailure {
  constructor(message: string) {
    super(message, 2);
  }
}

/** The user stopped the command. */
export class Cancelled extends CommandFailure {
  constructor() {
    super('Cancelled.', 130);
  }
}
