/** The protocol as the vault uses it: one name for each thing, whatever file of frontend/sealed it lives in. */

export { openBlob as ageOpen, recipientOf as recipient } from "../../sealed/age";
export { b64, unb64 } from "../../sealed/bytes";
export { canonicalText as canonical } from "../../sealed/canonical";
export { derive, sha256 } from "../../sealed/hash";
