/**
 * The protocol of docs/reference/wire.md, without a page around it. Everything is promises and bytes; the one error is
 * SealedError. `engine()` may be called early: it loads the browser's own cryptography or the library.
 */

export { openBlob, recipientOf, sealBlob } from "./age";
export { type AppealInput, type RequestPart, type SealedAppeal, sealAppeal } from "./appeal";
export { type Bytes, b64, random, unb64 } from "./bytes";
export { type Child, deriveChild, verificationWords } from "./child";
export { type Engine, engine } from "./engine";
export { type Fault, SealedError } from "./errors";
export { fingerprint, schoolTag } from "./fingerprint";
export { type Holder, openGrant, type Referral, sealGrant } from "./grant";
export type { Appeal, Enclosure, FileKind, FileNote, Letter, Message, Safe } from "./letter";
export { type MailboxAnswer, type OpenedMailbox, openMailbox } from "./mailbox";
export { commitmentOf, coreOf, type Manifest, type Part, readManifest } from "./manifest";
export { openFile, openMessage, type SealedMessage, sealMessage, sealReply } from "./message";
export { type Custodian, type Kept, type Promised, verifyPromise } from "./note";
export { LONGEST_TEXT } from "./padding";
export { parcel } from "./parcel";
export {
  newReceipt,
  type Receipt,
  receiptDigits,
  receiptFromDigits,
  receiptFromWords,
  receiptsFromWords,
  receiptWords,
} from "./receipt";
export { eraseSignature, eventSignature, isEventSigned, verifyKeyOf } from "./signed";
export { type OpenedMessage, type OpenedThread, openThread, type WireMessage } from "./thread";
export { fold, keyOf, type Wordlist } from "./words";
