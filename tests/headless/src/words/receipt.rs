//! What a refused receipt means to whoever holds it, and what to do next.

use tapo_care::receipt::{AccessReason, Bound, Check, Sold};

/// What it means that a check fails.
pub fn meaning(check: Check) -> &'static str {
    use Check as C;
    match check {
        C::Size => "it is longer than anything a store sends",
        C::Segments | C::Encoding => {
            "it is no signed receipt in the store's form: cut short, wrapped or changed on its way"
        }
        C::Header | C::Algorithm | C::CriticalHeader => "its header is not one the App Store writes",
        C::ChainLength | C::CertificateEncoding => "it does not carry the store's three certificates",
        C::LeafKey
        | C::LeafPurpose
        | C::LeafAuthority
        | C::LeafExtensions
        | C::LeafKeyUsage
        | C::IntermediatePurpose
        | C::IntermediateAuthority
        | C::IntermediateExtensions
        | C::IntermediateKeyUsage
        | C::SignatureAlgorithms => "its certificates were not made to sign receipts",
        C::Names | C::ChainSignature => "its certificates do not lead to a root that is believed here",
        C::Validity => "a certificate was not valid when it was signed",
        C::SignedDate => "it has no date, or one that is still to come",
        C::SignatureEncoding | C::SignatureLength => "its signature is none of this key: cut short, or of another app",
        C::Signature => "the store did not sign these bytes",
        C::DuplicateKey | C::Payload => "what is signed is not what a store writes",
        C::Environment => "it is of a ledger that is not accepted here",
        C::Bundle | C::AppId | C::Package => "it is another app's",
        C::Device => "it was made for another device",
        C::RenewalBelongs => "it speaks of another subscription",
    }
}

/// What to do next.
pub fn next(check: Check) -> &'static str {
    use Check as C;
    match check {
        C::Size | C::Segments | C::Encoding | C::SignatureEncoding | C::SignatureLength => {
            "Ask for it again as a file: mail and chat programs cut and wrap long lines."
        }
        C::Names | C::ChainSignature | C::ChainLength => {
            "A receipt of Xcode or of a care-sandbox is verified with --root CERT or --trust FILE. Under Apple's own root it is nobody's purchase."
        }
        C::SignedDate => "Compare the clock of this machine, or say with --at as of when to ask.",
        C::Validity => "Apple's own receipts never show this; look the transaction up at the store.",
        C::Environment => {
            "Testers' purchases are of the Sandbox, and Xcode's are of no store. Leave --environment out to accept both ledgers."
        }
        C::Bundle | C::AppId | C::Package => "Compare --bundle-id, --app-id or --package with the app in question.",
        C::Device => "It may still be this customer's: the cloud asks the store, whatever the device.",
        C::RenewalBelongs => "Ask for the transaction and the renewal info of the same subscription.",
        _ => "Grant nothing on it by hand.",
    }
}

/// What holds after every refusal.
pub const NOT_FINAL: &str = "This is not final, for money may have moved: ask the store by the order or transaction number on the customer's own bill.";

/// Whose it is.
pub fn whose(bound: Option<Bound>) -> &'static str {
    match bound {
        None => "not asked; --account-tag UUID asks",
        Some(Bound::Ours) => "this account's",
        Some(Bound::Other) => "another account's: nothing of it may be granted here",
        Some(Bound::None) => "names no account; the customer says whose it is",
    }
}

/// Whether its product is one of ours.
pub fn sold(sold: Option<Sold>) -> &'static str {
    match sold {
        None | Some(Sold::NotLoaded) => "not asked; --products FILE|ID,… asks",
        Some(Sold::OnSale) => "on sale",
        Some(Sold::Withdrawn) => "sold once, and not on sale any more; who bought it keeps it",
        Some(Sold::NeverOurs) => "never one of ours; the cloud decides all the same",
    }
}

/// Why there is access, or none.
pub fn access(reason: AccessReason) -> &'static str {
    match reason {
        AccessReason::Active => "the paid period runs",
        AccessReason::Purchased => "paid; until when, only the store says",
        AccessReason::Grace => "the period is over, and the store's grace period runs",
        AccessReason::Revoked => "the store gave the money back, or took the purchase away",
        AccessReason::Upgraded => "another plan took its place",
        AccessReason::FamilyShared => "somebody else of the family paid",
        AccessReason::UnknownOwnership => "it names an owner of a kind this version does not know",
        AccessReason::Incomplete => "it lacks an id, an owner, a state or an end",
        AccessReason::TimeUnknown => "nobody said as of when",
        AccessReason::BillingRetry => "the period is over, and the store is still trying to be paid",
        AccessReason::Expired => "the period is over",
        AccessReason::Pending => "it waits for a payment",
        AccessReason::UnknownState => "it is in a state this version does not know",
    }
}
