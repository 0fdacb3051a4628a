declare namespace App {
  interface Locals {
    user?: { id: string } | undefined;
  }
}
