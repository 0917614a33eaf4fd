/** The help dialog. */

import { byId } from "./dom";

/** Opens and closes. */
export class HelpDialog {
  private readonly dialog = byId<HTMLDialogElement>("help-dialog");

  open(): void {
    this.dialog.showModal();
  }
}
